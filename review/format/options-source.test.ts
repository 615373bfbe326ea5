import { report } from '../engine';
import { github } from './github';
import { fileOfOption } from './options-source';
import { sarif } from './sarif';

const SOURCES = ['cdk8s-kubevirt.yaml (accept, closed)', 'cdk8s.yaml (kubevirt)'];
const claim = {
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: { name: 'data', namespace: 'shop' },
  spec: { accessModes: ['ReadWriteOnce'], storageClassName: 'fast', resources: { requests: { storage: '1Gi' } } },
};
const accept = [{ rule: 'storage-class-exists', object: {}, reason: 'the cluster has it' }];
const found = report([claim], { closed: true, accept });
const reviewed = { report: found, faults: [], place: () => undefined };

interface Log {
  readonly runs: readonly { readonly results: readonly object[]; readonly invocations: readonly object[] }[];
}
const logOf = (sources?: string[]): Log => JSON.parse([...sarif({ ...reviewed, sources })].join('')) as Log;

test('a file is that of the options that it names', () => {
  expect(fileOfOption(SOURCES, 'closed')).toBe('cdk8s-kubevirt.yaml');
  expect(fileOfOption(SOURCES, 'kubevirt')).toBe('cdk8s.yaml');
  expect(fileOfOption(SOURCES, 'close')).toBeUndefined();
  expect(fileOfOption(undefined, 'closed')).toBeUndefined();
});

describe('SARIF', () => {
  const file = { artifactLocation: { uri: 'cdk8s-kubevirt.yaml' } };

  test('names the file whose option a finding rests on, and the one that accepts it', () => {
    const [run] = logOf(SOURCES).runs;
    expect(run!.results).toEqual([
      expect.objectContaining({
        ruleId: 'namespace-exists',
        relatedLocations: [{ physicalLocation: file, message: { text: "'closed' stands in cdk8s-kubevirt.yaml" } }],
      }),
      expect.objectContaining({
        ruleId: 'storage-class-exists',
        suppressions: [{ kind: 'external', justification: 'the cluster has it', location: { physicalLocation: file } }],
      }),
    ]);
    expect(JSON.stringify(run!.invocations)).toContain('options of cdk8s.yaml (kubevirt)');
  });

  test('names none where the command line says it', () => {
    expect(JSON.stringify(logOf())).not.toMatch(/relatedLocations|options of|"location":/);
  });
});

test('annotations name it, too', () => {
  const text = [...github({ ...reviewed, sources: SOURCES })].join('');
  expect(text).toMatch(/namespace-exists::.* \('closed' stands in cdk8s-kubevirt\.yaml\)\n/);
  expect(text).toMatch(/; options of cdk8s-kubevirt\.yaml \(accept, closed\); options of cdk8s\.yaml \(kubevirt\)\n$/);
  expect([...github(reviewed)].join('')).not.toMatch(/stands in|options of/);
});
