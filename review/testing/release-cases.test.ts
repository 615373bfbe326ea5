import * as fs from 'node:fs';
import * as path from 'node:path';
import { load } from 'js-yaml';
import { report, ReviewedManifest } from '..';
import { Json } from '../rule';
import { ReleasePair } from '../schema';

/** One case of release-cases.yaml, whose head says the form. */
interface ReleaseCase {
  readonly title: string;
  readonly gates?: readonly string[];
  /** Whether nobody says how the cluster is set. */
  readonly unknown?: boolean;
  readonly machine?: Json;
  readonly instance?: Json;
  readonly spec?: Json;
  readonly object?: Json;
  readonly objects?: readonly Json[];
  readonly says: Readonly<Record<string, readonly string[]>>;
  /** What messages must hold, each of them. */
  readonly names?: Readonly<Record<string, readonly string[]>>;
}

const RELEASES: readonly ReleasePair[] = [
  { kubevirt: 'v1.6.2', cdi: 'v1.63.1' },
  { kubevirt: 'v1.9.0', cdi: 'v1.66.0' },
];
/** What the cases name and do not hold. */
const EXTERNAL = [
  { kind: 'VirtualMachine', namespace: 'lab', name: 'web' },
  { kind: 'VirtualMachineSnapshot', namespace: 'lab', name: 's' },
];

const cases = load(fs.readFileSync(path.join(__dirname, 'release-cases.yaml'), 'utf8')) as ReleaseCase[];

function objectsOf({ machine, instance, spec, object, objects = [] }: ReleaseCase): readonly Json[] {
  const of = (kind: string, whole: Json): Json => ({
    apiVersion: 'kubevirt.io/v1',
    kind,
    metadata: { name: 'web', namespace: 'lab' },
    spec: whole,
  });
  const guest = (own: Json): Json => ({
    ...own,
    domain: { memory: { guest: '1Gi' }, devices: {}, ...(own.domain as Json | undefined) },
  });
  if (machine !== undefined) {
    return [of('VirtualMachine', { runStrategy: 'Halted', ...spec, template: { spec: guest(machine) } })];
  }
  if (instance !== undefined) return [of('VirtualMachineInstance', guest(instance))];
  return object === undefined ? objects : [object];
}

function findingsOf(one: ReleaseCase, pair: ReleasePair) {
  const objects = objectsOf(one);
  const isKnown = one.unknown === true || objects.some(({ kind }) => kind === 'KubeVirt' || kind === 'HyperConverged');
  const gates = isKnown ? {} : { featureGates: one.gates ?? [] };
  const manifests = objects.map((object) => ReviewedManifest.of(object, { file: 'objects.yaml' }));
  return report(manifests, { ...pair, external: EXTERNAL, ...gates }).findings;
}

describe('what differs between two releases', () => {
  test('holds more than fifty cases, each with another verdict in the two', () => {
    expect(cases.length).toBeGreaterThan(50);
    expect(cases.filter(({ says }) => JSON.stringify(says['v1.6.2']) === JSON.stringify(says['v1.9.0']))).toEqual([]);
  });

  describe.each(RELEASES)('under KubeVirt $kubevirt and CDI $cdi', (pair) => {
    test.each(cases)('$title', (one) => {
      const findings = findingsOf(one, pair);
      const said = findings.map(({ severity, rule, field }) => `${severity} ${rule} ${field}`);
      expect(said).toEqual(one.says[pair.kubevirt]);
      for (const part of one.names?.[pair.kubevirt] ?? []) {
        expect(findings.map(({ message, remedy = '' }) => `${message}; ${remedy}`).join('\n')).toContain(part);
      }
    });
  });
});
