import { clusterConfig, ConfigOptions } from '../../cluster/config';
import { Json } from '../../rule';
import { whileGateIsOn } from './gate-rule';

test.each<[string, ConfigOptions, Json | undefined, number]>([
  ['refuses a new object while the gate is off', {}, undefined, 1],
  ['takes a new object while the gate is on', { featureGates: ['Snapshot'] }, undefined, 0],
  ['takes an update while the gate is off', {}, { kind: 'VirtualMachineClone' }, 0],
  ['takes an update while the gate is on', { featureGates: ['Snapshot'] }, { kind: 'VirtualMachineClone' }, 0],
])('whileGateIsOn %s', (_what, cluster, old, refusals) => {
  const note = jest.fn();
  const object = { kind: 'VirtualMachineClone' };
  const config = clusterConfig(cluster);
  whileGateIsOn('VirtualMachineClone', 'Snapshot')({ object, raw: object, defaulted: object, old, config }, note);
  expect(note).toHaveBeenCalledTimes(refusals);
});
