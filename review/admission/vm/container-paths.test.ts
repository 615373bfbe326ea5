import { Json } from '../../rule';
import { testRules } from '../../testing/rule-tester';
import { CONTAINER_PATH_RULES } from './container-paths';

const VOLUME = 'spec.template.spec.volumes[1]';
const SERVER = 'spec.template.spec.domain.volumes[1]';
const volume = (path: string): Json => ({ 'T.volumes.1': { name: 'token', containerPath: { path } } });
const shared: Json = { 'D.filesystems': [{ name: 'token', virtiofs: {} }] };

describe('CONTAINER_PATH_RULES', () =>
  testRules(CONTAINER_PATH_RULES, [
    {
      rule: 'container-path-filesystem',
      release: 'v1.8.4',
      accepts: { ...volume('/var/run/secrets'), ...shared },
      refuses: { ...volume('/var/run/secrets'), 'D.disks.1': { name: 'token', disk: { bus: 'virtio' } } },
      field: `${VOLUME}.name`,
      serverField: SERVER,
      says: 'got "token"',
    },
    {
      rule: 'container-path-filesystem',
      release: 'v1.9.0',
      accepts: { ...volume('/var/run/secrets'), ...shared },
      refuses: volume('/var/run/secrets'),
      field: `${VOLUME}.name`,
      serverField: SERVER,
      says: 'got "token"',
    },
    {
      rule: 'container-path-gate',
      release: 'v1.9.0',
      accepts: { ...volume('/var/run/secrets'), ...shared },
      acceptedOn: { featureGates: ['ContainerPathVolumes'] },
      refuses: { ...volume('/var/run/secrets'), ...shared },
      cluster: { featureGates: [] },
      field: `${VOLUME}.containerPath`,
      says: "'ContainerPathVolumes'",
    },
    {
      rule: 'container-path-gate',
      release: 'v1.9.0',
      accepts: { 'T.volumes.1': { name: 'token', persistentVolumeClaim: { claimName: 'c' } }, ...shared },
      refuses: { ...volume('/var/run/secrets'), ...shared },
      cluster: { featureGates: ['EnableVirtioFsStorageVolumes'] },
      field: `${VOLUME}.containerPath`,
      says: "'ContainerPathVolumes'",
    },
    {
      rule: 'container-path-reserved',
      release: 'v1.8.4',
      accepts: { ...volume('/var/run/secrets'), ...shared },
      refuses: { ...volume('/var/run/kubevirt-private'), ...shared },
      field: `${VOLUME}.containerPath.path`,
      serverField: `${SERVER}.containerPath.path`,
      says: 'got "/var/run/kubevirt-private"',
    },
  ]));
