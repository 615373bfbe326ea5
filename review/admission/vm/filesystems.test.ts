import { Json } from '../../rule';
import { refusals, testRules } from '../../testing/rule-tester';
import { FILESYSTEM_RULES } from './filesystems';

const FIELD = 'spec.template.spec.domain.devices.filesystems';

function filesystem(source: object): Json {
  return { 'D.filesystems': [{ name: 'v', virtiofs: {} }], 'T.volumes.1': { name: 'v', ...source } };
}

describe('FILESYSTEM_RULES', () => {
  testRules(FILESYSTEM_RULES, [
    {
      rule: 'filesystem-config-volume-gate',
      accepts: filesystem({ configMap: { name: 'c' } }),
      acceptedOn: { featureGates: ['EnableVirtioFsConfigVolumes'] },
      refuses: filesystem({ configMap: { name: 'c' } }),
      field: FIELD,
      says: "'EnableVirtioFsConfigVolumes'",
    },
    {
      rule: 'filesystem-storage-volume-gate',
      accepts: filesystem({ dataVolume: { name: 'd' } }),
      acceptedOn: { featureGates: ['ExperimentalVirtiofsSupport'] },
      refuses: filesystem({ dataVolume: { name: 'd' } }),
      cluster: { featureGates: ['EnableVirtioFsConfigVolumes'] },
      field: FIELD,
      says: "'EnableVirtioFsStorageVolumes'",
    },
  ]);

  test('lets a filesystem pass that names no volume', () => {
    expect(refusals({ 'D.filesystems': [{ name: 'x', virtiofs: {} }] })).toEqual([]);
  });
});
