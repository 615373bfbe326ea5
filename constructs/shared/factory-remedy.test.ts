import { byName, factoryRemedy } from './factory-remedy';

class Colour {
  public static red(): Colour {
    return new Colour();
  }

  public static mixed(parts: readonly Colour[]): Colour {
    return parts[0] ?? new Colour();
  }
}

test.each<[unknown, string]>([
  ['red', 'write Colour.red()'],
  ['Mixed', 'write Colour.mixed(…)'],
  ['blue', 'write for example Colour.red()'],
  [7, 'write for example Colour.red()'],
])('factoryRemedy for %j is %s', (value, remedy) => expect(factoryRemedy(Colour, value, 'Colour.red()')).toBe(remedy));

test.each<[unknown, string]>([
  ['web', 'write Colour.named("web")'],
  ['', "write for example Colour.named('sky')"],
  [7, "write for example Colour.named('sky')"],
])('byName for %j is %s', (value, remedy) =>
  expect(factoryRemedy(Colour, value, byName('Colour.named', 'sky'))).toBe(remedy),
);
