import { Json } from '../../rule';
import { ExampleCluster, notes, refusals, testRules } from '../../testing/rule-tester';
import { ARCHITECTURE_RULES } from './architecture';

const TYPE = 'spec.template.spec.domain.machine.type';
const ALL = { featureGates: ['MultiArchitecture'] };

describe('ARCHITECTURE_RULES', () => {
  testRules(ARCHITECTURE_RULES, [
    ...['pc', 'virt', 'Q35', 'pc-i440fx-rhel7.6.0'].map((type) => ({
      rule: 'machine-type-supported',
      accepts: { 'T.domain.machine': { type: 'pc-q35-rhel9.6.0' } },
      refuses: { 'T.domain.machine': { type } },
      field: TYPE,
      says: `'q35*' or 'pc-q35*', got "${type}"`,
    })),
    {
      rule: 'architecture-gate',
      accepts: { 'T.architecture': 'arm64' },
      acceptedOn: ALL,
      refuses: { 'T.architecture': 'arm64' },
      field: 'spec.template.spec.architecture',
      says: "'MultiArchitecture'",
    },
    {
      rule: 'architecture-gate',
      accepts: { 'T.architecture': 'arm64' },
      refuses: { 'T.architecture': 'amd64' },
      cluster: { architecture: 'arm64' },
      field: 'spec.template.spec.architecture',
      says: 'architecture: amd64',
    },
  ]);

  test.each<[string, string, Json, ExampleCluster]>([
    ['assumed', ' on amd64, the architecture by default', {}, {}],
    ['that of the cluster', '', {}, { architecture: 'amd64' }],
    ['that of the machine', '', { 'T.architecture': 'amd64' }, {}],
  ])('says of a machine type that the architecture is %s', (_which, where, changes, cluster) => {
    const machine = { ...changes, 'T.domain.machine': { type: 'virt' } };
    expect(notes(ARCHITECTURE_RULES, 'machine-type-supported', machine, undefined, cluster)).toEqual([
      [TYPE, `'type' must be 'q35*' or 'pc-q35*', got "virt"${where}`],
    ]);
  });

  test('takes any text for an architecture', () => {
    expect(refusals({ 'T.architecture': 'constructor', 'T.domain.machine': { type: 'q35' } }, ALL)).toEqual([]);
  });

  test('takes any machine type where a pattern is no regular expression of JavaScript, before there were globs', () => {
    const own = { configuration: { emulatedMachines: ['(?i)PC'] } };
    const type = { 'T.domain.machine': { type: 'q35' } };
    expect(refusals(type, { ...own, release: 'v1.5.3' })).toEqual([]);
    expect(refusals(type, { configuration: { emulatedMachines: ['^pc'] }, release: 'v1.5.3' })).toEqual([TYPE]);
    expect(refusals(type, { ...own, release: 'v1.6.2' })).toEqual([TYPE]);
  });

  test('takes the machine types of the architecture, and of the cluster', () => {
    const arm = { 'T.architecture': 'arm64', 'T.domain.machine': { type: 'q35' } };
    expect(refusals(arm, ALL)).toEqual([TYPE]);
    const own = { configuration: { architectureConfiguration: { amd64: { emulatedMachines: ['pc'] } } } };
    expect(refusals({ 'T.domain.machine': { type: 'pc' } }, own)).toEqual([]);
    expect(refusals({ 'T.domain.machine': { type: 'q35' } }, own)).toEqual([TYPE]);
  });
});
