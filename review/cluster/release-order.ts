const known = new Map<string, readonly number[]>();

/** Whether a release, `v1.9.0`, is this one or a later one. */
export function isAtLeast(release: string, least: string): boolean {
  const [x, y] = [numbersOf(release), numbersOf(least)];
  const order = x[0]! - y[0]! || x[1]! - y[1]! || x[2]! - y[2]!;
  return order >= 0;
}

/** The three numbers of a release, each release read once. */
function numbersOf(release: string): readonly number[] {
  let numbers = known.get(release);
  if (numbers === undefined) {
    const [, ...parts] = /^v?(\d+)\.(\d+)\.(\d+)/.exec(release) ?? ['', '0', '0', '0'];
    known.set(release, (numbers = parts.map(Number)));
  }
  return numbers;
}
