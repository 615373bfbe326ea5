import { childIn, has, listIn, textIn, valueAt } from '../../manifests/json';
import { Json, Note, Rule } from '../../rule';
import { listGate, must, mustBeOneOf, needsGate, show } from '../shared/wording';
import { cite, DEVICES, gated, Machine, machineRule, TEMPLATE, vmiCreate } from './machine';

const DRA = cite('pkg/dra/admitter/dra_admitter.go', 'validateCreationDRA');
/** The webhook appends the path of the devices to the spec's once more. */
const GPUS = `${TEMPLATE}.spec.domain.devices.gpus`;
const GPU_GATE = 'GPUsWithDRA';
const VIDEO_GATE = 'VideoConfig';
const PANIC_GATE = 'PanicDevices';

const INPUT_BUSES = ['usb', 'virtio'];
const SOUND_MODELS = ['ac97', 'ich9'];
const PANIC_MODELS = ['hyperv', 'isa', 'pvpanic'];

/** Devices that a gate alone opens. */
const GATED = [
  {
    id: 'host-device-gate',
    gate: 'HostDevices',
    property: 'hostDevices',
    field: `${TEMPLATE}.HostDevices`,
    source: 'validateHostDevicesWithPassthroughEnabled',
    used: (devices: Json) => listIn(devices, 'hostDevices').length > 0,
  },
  {
    id: 'vsock-gate',
    gate: 'VSOCK',
    property: 'autoattachVSOCK',
    field: `${DEVICES}.autoattachVSOCK`,
    source: 'validateVSOCK',
    used: (devices: Json) => devices.autoattachVSOCK === true,
  },
  {
    id: 'downward-metrics-gate',
    gate: 'DownwardMetrics',
    property: 'downwardMetrics',
    field: `${DEVICES}.downwardMetrics`,
    source: 'validateDownwardMetrics',
    used: (devices: Json) => has(devices, 'downwardMetrics'),
  },
  {
    id: 'video-gate',
    gate: VIDEO_GATE,
    property: 'video',
    field: `${TEMPLATE}.video`,
    source: 'validateVideoConfig',
    used: (devices: Json) => has(devices, 'video'),
  },
  {
    id: 'panic-device-gate',
    gate: PANIC_GATE,
    property: 'panicDevices',
    field: `${DEVICES}.panicDevices`,
    source: 'validatePanicDevices',
    used: (devices: Json) => listIn(devices, 'panicDevices').length > 0,
  },
] as const;

/** Devices beside disks and interfaces. */
export const DEVICE_RULES: readonly Rule[] = [
  ...GATED.map(({ id, gate, property, field, source, used }) =>
    machineRule(id, vmiCreate(source), (machine, note) => {
      if (used(machine.devices) && !gated(machine, gate)) note(field, needsGate(property, gate), listGate(gate));
    }),
  ),
  machineRule('input-bus-known', vmiCreate('validateInputDevices'), ({ devices }, note) => {
    listIn(devices, 'inputs').forEach((input, index) => {
      const bus = textIn(input, 'bus');
      if (bus === '' || INPUT_BUSES.includes(bus)) return;
      note(`${DEVICES}.inputs[${index}].bus`, mustBeOneOf('bus', INPUT_BUSES, bus));
    });
  }),
  machineRule('input-type-known', vmiCreate('validateInputDevices'), ({ devices, hasPreference }, note) => {
    listIn(devices, 'inputs').forEach((input, index) => {
      const type = textIn(input, 'type');
      // A preference fills in what is left open.
      if (type === 'tablet' || (type === '' && hasPreference)) return;
      note(`${DEVICES}.inputs[${index}].type`, must('type', "be 'tablet'", input.type));
    });
  }),
  machineRule('sound-model-known', vmiCreate('validateSoundDevices'), ({ devices }, note) => {
    const model = textIn(childIn(devices, 'sound'), 'model');
    if (model === '' || SOUND_MODELS.includes(model)) return;
    note(`${TEMPLATE}.Sound`, mustBeOneOf('model', SOUND_MODELS, model));
  }),
  machineRule('sound-name', vmiCreate('validateSoundDevices'), ({ devices }, note) => {
    if (!has(devices, 'sound') || textIn(childIn(devices, 'sound'), 'name') !== '') return;
    note(`${TEMPLATE}.Sound`, must('sound.name', 'be given', valueAt(devices, 'sound', 'name')));
  }),
  machineRule('video-graphics', vmiCreate('validateVideoConfig'), (machine, note) => {
    const { devices } = machine;
    if (!has(devices, 'video') || devices.autoattachGraphicsDevice !== false || !gated(machine, VIDEO_GATE)) return;
    note(`${TEMPLATE}.video`, must('video', "be left out with 'autoattachGraphicsDevice: false'", devices.video));
  }),
  panicRule('panic-device-architecture', ({ architecture }, note) => {
    if (architecture !== 's390x' && architecture !== 'ppc64le') return;
    note(`${DEVICES}.panicDevices`, `'panicDevices' must be left out on ${architecture}`);
  }),
  panicRule('panic-device-model-known', ({ devices }, note) => {
    listIn(devices, 'panicDevices').forEach(({ model }, index) => {
      if (typeof model !== 'string' || PANIC_MODELS.includes(model)) return;
      note(`${DEVICES}.panicDevices[${index}].model`, mustBeOneOf('model', PANIC_MODELS, model));
    });
  }),
];

/** GPUs, by the name of a device or by a resource claim. */
export const GPU_RULES: readonly Rule[] = [
  machineRule('gpu-device-given', DRA, ({ devices }, note) => {
    const gpu = listIn(devices, 'gpus').find((entry) => !hasName(entry) && !hasClaim(entry));
    if (gpu === undefined) return;
    note(GPUS, must('deviceName', `be given for GPU ${show(gpu.name)}, or a claim`, gpu.deviceName));
  }),
  machineRule('gpu-device-exclusive', DRA, ({ devices }, note) => {
    for (const gpu of listIn(devices, 'gpus')) {
      if (!hasName(gpu) || !hasClaim(gpu)) continue;
      note(GPUS, must('deviceName', `stand without a claim for GPU ${show(gpu.name)}`, gpu.deviceName));
    }
  }),
  machineRule('gpu-claim-gate', DRA, (machine, note) => {
    if (claimed(machine.devices).length === 0 || gated(machine, GPU_GATE)) return;
    note(GPUS, needsGate('gpus.claimName', GPU_GATE), listGate(GPU_GATE));
  }),
  machineRule('gpu-claim-listed', DRA, (machine, note) => {
    if (!gated(machine, GPU_GATE)) return;
    const listed = new Set(listIn(machine.template, 'resourceClaims').map((claim) => textIn(claim, 'name')));
    const missing = claimed(machine.devices).find((gpu) => !listed.has(textIn(gpu, 'claimName')));
    if (missing === undefined) return;
    note(`${TEMPLATE}.resourceClaims`, must('claimName', "be listed in 'resourceClaims'", missing.claimName));
  }),
  machineRule('gpu-ram-framebuffer-single', vmiCreate('validateMDEVRamFB'), ({ devices }, note) => {
    const names = listIn(devices, 'gpus')
      .filter(hasRamFramebuffer)
      .map(({ name }) => name);
    if (names.length < 2) return;
    const message = `'gpus' must have at most one with a display and its RAM framebuffer, got ${show(names)}`;
    note(`${TEMPLATE}.GPUs`, message, "write 'display: {ramFB: {enabled: false}}' for the others");
  }),
];

/** What panic devices say, once they are allowed at all. */
function panicRule(id: string, check: (machine: Machine, note: Note) => void): Rule {
  return machineRule(id, vmiCreate('validatePanicDevices'), (machine, note) => {
    if (listIn(machine.devices, 'panicDevices').length > 0 && gated(machine, PANIC_GATE)) check(machine, note);
  });
}

function hasName(gpu: Json): boolean {
  return textIn(gpu, 'deviceName') !== '';
}

function hasClaim(gpu: Json): boolean {
  return has(gpu, 'claimName') || has(gpu, 'requestName');
}

function claimed(devices: Json): readonly Json[] {
  return listIn(devices, 'gpus').filter((gpu) => !hasName(gpu) && hasClaim(gpu));
}

/** The framebuffer counts as on where nothing is said of it, and as off where it says nothing of itself. */
function hasRamFramebuffer(gpu: Json): boolean {
  const display = childIn(childIn(gpu, 'virtualGPUOptions'), 'display');
  if (display === undefined || display.enabled === false) return false;
  const framebuffer = childIn(display, 'ramFB');
  return framebuffer === undefined || framebuffer.enabled === true;
}
