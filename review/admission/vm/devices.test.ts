import { Json } from '../../rule';
import { Example, testRules } from '../../testing/rule-tester';
import { DEVICE_RULES, GPU_RULES } from './devices';

const T = 'spec.template.spec';
const D = `${T}.domain.devices`;
const VIDEO = { featureGates: ['VideoConfig'] };
const PANIC = { featureGates: ['PanicDevices', 'MultiArchitecture'] };

function gate(rule: string, name: string, field: string, changes: Json, serverField = field): Example {
  return {
    rule,
    accepts: changes,
    acceptedOn: { featureGates: [name] },
    refuses: changes,
    field,
    serverField,
    says: `'${name}', which is not listed`,
  };
}

describe('DEVICE_RULES', () => {
  testRules(DEVICE_RULES, [
    gate(
      'host-device-gate',
      'HostDevices',
      `${D}.hostDevices`,
      { 'D.hostDevices': [{ name: 'h', deviceName: 'a/b' }] },
      `${T}.HostDevices`,
    ),
    gate('vsock-gate', 'VSOCK', `${D}.autoattachVSOCK`, { 'D.autoattachVSOCK': true }),
    gate('downward-metrics-gate', 'DownwardMetrics', `${D}.downwardMetrics`, { 'D.downwardMetrics': {} }),
    gate('video-gate', 'VideoConfig', `${D}.video`, { 'D.video': { type: 'virtio' } }, `${T}.video`),
    gate('panic-device-gate', 'PanicDevices', `${D}.panicDevices`, { 'D.panicDevices': [{ model: 'isa' }] }),
    {
      rule: 'input-bus-known',
      accepts: { 'D.inputs': [{ name: 't', type: 'tablet' }] },
      refuses: { 'D.inputs': [{ name: 't', type: 'tablet', bus: 'ps2' }] },
      field: `${D}.inputs[0].bus`,
      says: 'got "ps2"',
    },
    {
      rule: 'input-type-known',
      accepts: { 'D.inputs': [{ name: 't' }], 'spec.preference': { name: 'p' } },
      refuses: { 'D.inputs': [{ name: 't', type: 'mouse' }, { name: 'u' }] },
      field: [`${D}.inputs[0].type`, `${D}.inputs[1].type`],
      says: 'got "mouse"',
    },
    {
      rule: 'sound-model-known',
      accepts: { 'D.sound': { name: 's', model: 'ac97' } },
      refuses: { 'D.sound': { name: 's', model: 'sb16' } },
      field: 'spec.template.spec.domain.devices.sound.model',
      serverField: `${T}.Sound`,
      says: 'got "sb16"',
    },
    {
      rule: 'sound-name',
      accepts: { 'D.sound': { name: 's' } },
      refuses: { 'D.sound': { model: 'ich9' } },
      field: 'spec.template.spec.domain.devices.sound.name',
      serverField: `${T}.Sound`,
      says: "'sound.name' must be given",
    },
    {
      rule: 'video-graphics',
      accepts: { 'D.video': { type: 'vga' }, 'D.autoattachGraphicsDevice': true },
      refuses: { 'D.video': { type: 'vga' }, 'D.autoattachGraphicsDevice': false },
      cluster: VIDEO,
      field: 'spec.template.spec.domain.devices.video',
      serverField: `${T}.video`,
      says: "'autoattachGraphicsDevice: false'",
    },
    {
      rule: 'panic-device-architecture',
      accepts: { 'D.panicDevices': [{}], 'T.architecture': 'arm64' },
      refuses: { 'D.panicDevices': [{}], 'T.architecture': 's390x' },
      cluster: PANIC,
      field: `${D}.panicDevices`,
      says: 'on s390x',
    },
    {
      rule: 'panic-device-model-known',
      accepts: { 'D.panicDevices': [{ model: 'pvpanic' }, {}] },
      refuses: { 'D.panicDevices': [{}, { model: 'x' }] },
      cluster: PANIC,
      field: `${D}.panicDevices[1].model`,
      says: 'got "x"',
    },
  ]);
});

describe('GPU_RULES', () => {
  const gpus = (...list: object[]): Json => ({
    'D.gpus': list.map((gpu, index) => ({ name: `g${index}`, ...gpu })),
  });
  const claim = { claimName: 'c', requestName: 'r' };
  const claims = { 'T.resourceClaims': [{ name: 'c', resourceClaimName: 'x' }] };
  const display = (ramFB?: object): object => ({
    deviceName: 'a/b',
    virtualGPUOptions: { display: ramFB === undefined ? {} : { ramFB } },
  });

  testRules(GPU_RULES, [
    {
      rule: 'gpu-device-given',
      accepts: gpus({ deviceName: 'a/b' }),
      refuses: gpus({}),
      field: 'spec.template.spec.domain.devices.gpus[0]',
      serverField: `${T}.spec.domain.devices.gpus`,
      says: 'GPU "g0"',
    },
    {
      rule: 'gpu-device-exclusive',
      accepts: gpus({ deviceName: 'a/b' }),
      refuses: { ...gpus({ deviceName: 'a/b', ...claim }), ...claims },
      field: 'spec.template.spec.domain.devices.gpus[0].deviceName',
      serverField: `${T}.spec.domain.devices.gpus`,
      says: 'got "a/b"',
    },
    gate('gpu-claim-gate', 'GPUsWithDRA', `${D}.gpus`, { ...gpus(claim), ...claims }, `${T}.spec.domain.devices.gpus`),
    {
      rule: 'gpu-claim-listed',
      accepts: { ...gpus(claim), ...claims },
      refuses: gpus(claim),
      cluster: { featureGates: ['GPUsWithDRA'] },
      field: `${T}.resourceClaims`,
      says: 'got "c"',
    },
    {
      rule: 'gpu-ram-framebuffer-single',
      accepts: gpus(display(), display({ enabled: false }), display({})),
      refuses: gpus(display(), display({ enabled: true })),
      field: 'spec.template.spec.domain.devices.gpus',
      serverField: `${T}.GPUs`,
      says: 'got ["g0","g1"]',
    },
  ]);
});
