import { childIn, has, listIn, textIn, valueAt } from '../../manifests/json';
import { Json, Note, Rule } from '../../rule';
import { EVERY_HOLDER, MAKERS } from '../shared/holders';
import { topic } from '../shared/topic';
import { listGate, must, mustBeOneOf, needsGate, show } from '../shared/wording';
import { claimed, claimNames, hasClaim, hasName, pairOf } from './claimed-devices';
import { cite, DEVICES, gated, hasRelease, Machine, MachineCheck, TEMPLATE, vmiCreate } from './machine';

const DRA = cite('pkg/dra/admitter/dra_admitter.go', 'validateCreationDRA');
/** Before this release the webhook appends the path of the devices to the spec's once more. */
const ONE_PATH = 'v1.8.4';
const GPUS = `${DEVICES}.gpus`;
const GPU_GATE = 'GPUsWithDRA';
const VIDEO_GATE = 'VideoConfig';
const PANIC_GATE = 'PanicDevices';

const INPUT_BUSES = ['usb', 'virtio'];
const SOUND_MODELS = ['ac97', 'ich9'];
const PANIC_MODELS = ['hyperv', 'isa', 'pvpanic'];

/** Devices beside disks and interfaces. */
export const DEVICE_RULES: readonly Rule<Machine>[] = topic<Machine>({ kinds: EVERY_HOLDER }, [
  {
    id: 'host-device-gate',
    about: ['hostDevices'],
    sentence: 'Host devices are used while their feature gate is on.',
    source: vmiCreate('validateHostDevicesWithPassthroughEnabled'),
    check: (machine, note) => {
      const { devices } = machine;
      if (listIn(devices, 'hostDevices').length === 0 || gated(machine, 'HostDevices')) return;
      note(
        `${DEVICES}.hostDevices`,
        needsGate('hostDevices', 'HostDevices'),
        listGate('HostDevices'),
        `${TEMPLATE}.HostDevices`,
      );
    },
  },
  {
    id: 'vsock-gate',
    about: ['autoattachVSOCK'],
    sentence: 'VSOCK is used while its feature gate is on.',
    source: vmiCreate('validateVSOCK'),
    check: (machine, note) => {
      const { devices } = machine;
      if (devices.autoattachVSOCK !== true || gated(machine, 'VSOCK')) return;
      note(`${DEVICES}.autoattachVSOCK`, needsGate('autoattachVSOCK', 'VSOCK'), listGate('VSOCK'));
    },
  },
  {
    id: 'downward-metrics-gate',
    about: ['downwardMetrics'],
    sentence: 'The downward metrics device is used while its feature gate is on.',
    source: vmiCreate('validateDownwardMetrics'),
    check: (machine, note) => {
      const { devices } = machine;
      if (!has(devices, 'downwardMetrics') || gated(machine, 'DownwardMetrics')) return;
      note(`${DEVICES}.downwardMetrics`, needsGate('downwardMetrics', 'DownwardMetrics'), listGate('DownwardMetrics'));
    },
  },
  {
    id: 'video-gate',
    since: 'v1.6.2',
    about: ['video'],
    sentence: 'A video device is configured while its feature gate is on.',
    source: vmiCreate('validateVideoConfig'),
    check: (machine, note) => {
      const { devices } = machine;
      if (!has(devices, 'video') || gated(machine, VIDEO_GATE)) return;
      note(`${DEVICES}.video`, needsGate('video', VIDEO_GATE), listGate(VIDEO_GATE), `${TEMPLATE}.video`);
    },
  },
  {
    id: 'panic-device-gate',
    since: 'v1.6.2',
    about: ['panicDevices'],
    sentence: 'Panic devices are used while their feature gate is on.',
    source: vmiCreate('validatePanicDevices'),
    check: (machine, note) => {
      const { devices } = machine;
      if (listIn(devices, 'panicDevices').length === 0 || gated(machine, PANIC_GATE)) return;
      note(`${DEVICES}.panicDevices`, needsGate('panicDevices', PANIC_GATE), listGate(PANIC_GATE));
    },
  },
  {
    id: 'input-bus-known',
    about: ['inputs'],
    sentence: 'The bus of an input device is usb or virtio.',
    source: vmiCreate('validateInputDevices'),
    check: ({ devices }, note) => {
      listIn(devices, 'inputs').forEach((input, index) => {
        const bus = textIn(input, 'bus');
        if (bus === '' || INPUT_BUSES.includes(bus)) return;
        note(`${DEVICES}.inputs[${index}].bus`, mustBeOneOf('bus', INPUT_BUSES, bus));
      });
    },
  },
  {
    id: 'input-type-known',
    about: ['inputs'],
    sentence: 'The type of an input device is tablet.',
    source: vmiCreate('validateInputDevices'),
    check: ({ devices, hasPreference }, note) => {
      listIn(devices, 'inputs').forEach((input, index) => {
        const type = textIn(input, 'type');
        // A preference fills in what is left open.
        if (type === 'tablet' || (type === '' && hasPreference)) return;
        note(`${DEVICES}.inputs[${index}].type`, must('type', "be 'tablet'", input.type));
      });
    },
  },
  {
    id: 'sound-model-known',
    about: ['sound'],
    sentence: 'The model of a sound device is ac97 or ich9.',
    source: vmiCreate('validateSoundDevices'),
    check: ({ devices }, note) => {
      const model = textIn(childIn(devices, 'sound'), 'model');
      if (model === '' || SOUND_MODELS.includes(model)) return;
      note(`${DEVICES}.sound.model`, mustBeOneOf('model', SOUND_MODELS, model), undefined, `${TEMPLATE}.Sound`);
    },
  },
  {
    id: 'sound-name',
    about: ['sound'],
    sentence: 'A sound device has a name.',
    source: vmiCreate('validateSoundDevices'),
    check: ({ devices }, note) => {
      if (!has(devices, 'sound') || textIn(childIn(devices, 'sound'), 'name') !== '') return;
      const message = must('sound.name', 'be given', valueAt(devices, 'sound', 'name'));
      note(`${DEVICES}.sound.name`, message, undefined, `${TEMPLATE}.Sound`);
    },
  },
  {
    id: 'video-graphics',
    since: 'v1.6.2',
    about: ['video'],
    sentence: 'A video device is configured only on a machine with a graphics device.',
    source: vmiCreate('validateVideoConfig'),
    check: (machine, note) => {
      const { devices } = machine;
      if (!has(devices, 'video') || devices.autoattachGraphicsDevice !== false || !gated(machine, VIDEO_GATE)) return;
      const message = must('video', "be left out with 'autoattachGraphicsDevice: false'", devices.video);
      note(`${DEVICES}.video`, message, undefined, `${TEMPLATE}.video`);
    },
  },
  {
    id: 'panic-device-architecture',
    since: 'v1.6.2',
    about: ['panicDevices'],
    sentence: 'Panic devices are used on architectures that have them.',
    source: vmiCreate('validatePanicDevices'),
    check: panicDevices((machine, note) => {
      const { architecture } = machine;
      const isOld = architecture === 'ppc64le' && !hasRelease(machine, 'v1.7.4');
      if (architecture !== 's390x' && !isOld) return;
      note(`${DEVICES}.panicDevices`, `'panicDevices' must be left out on ${architecture}`);
    }),
  },
  {
    id: 'panic-device-model-known',
    since: 'v1.6.2',
    about: ['panicDevices'],
    sentence: 'The model of a panic device is one that QEMU knows.',
    source: vmiCreate('validatePanicDevices'),
    check: panicDevices(({ devices }, note) => {
      listIn(devices, 'panicDevices').forEach(({ model }, index) => {
        if (typeof model !== 'string' || PANIC_MODELS.includes(model)) return;
        note(`${DEVICES}.panicDevices[${index}].model`, mustBeOneOf('model', PANIC_MODELS, model));
      });
    }),
  },
]);

/** GPUs, by the name of a device or by a resource claim. */
export const GPU_RULES: readonly Rule<Machine>[] = topic<Machine>({ kinds: MAKERS, about: ['gpus'] }, [
  {
    id: 'gpu-device-given',
    since: 'v1.6.2',
    sentence: 'A GPU names a device or a claim.',
    source: DRA,
    check: (machine, note) => {
      const { devices } = machine;
      const gpus = listIn(devices, 'gpus');
      if (isMixed(machine)) return;
      const index = gpus.findIndex((entry) => !hasName(entry) && !hasClaim(entry));
      const gpu = gpus[index];
      if (gpu === undefined) return;
      const message = must('deviceName', `be given for GPU ${show(gpu.name)}, or a claim`, gpu.deviceName);
      note(`${GPUS}[${index}]`, message, undefined, serverGpus(machine));
    },
  },
  {
    id: 'gpu-device-exclusive',
    since: 'v1.6.2',
    sentence: 'A GPU names a device or a claim, not both.',
    source: DRA,
    check: (machine, note) => {
      const { devices } = machine;
      if (isMixed(machine)) return;
      for (const [index, gpu] of listIn(devices, 'gpus').entries()) {
        if (!hasName(gpu) || !hasClaim(gpu)) continue;
        const message = must('deviceName', `stand without a claim for GPU ${show(gpu.name)}`, gpu.deviceName);
        note(`${GPUS}[${index}].deviceName`, message, undefined, serverGpus(machine));
      }
    },
  },
  {
    id: 'gpu-claim-gate',
    since: 'v1.6.2',
    sentence: 'A GPU of a resource claim is used while its feature gate is on.',
    source: DRA,
    check: (machine, note) => {
      if (claimed(machine.devices, 'gpus').length === 0 || isMixed(machine) || gated(machine, GPU_GATE)) return;
      note(GPUS, needsGate('gpus.claimName', GPU_GATE), listGate(GPU_GATE), serverGpus(machine));
    },
  },
  {
    id: 'gpu-claim-listed',
    since: 'v1.6.2',
    sentence: 'The claim of a GPU is listed among the resource claims.',
    source: DRA,
    check: (machine, note) => {
      if (!gated(machine, GPU_GATE) || isMixed(machine)) return;
      const listed = claimNames(machine);
      // Later releases refuse one that is not complete by itself.
      const isAsked = (gpu: Json): boolean => !hasRelease(machine, ONE_PATH) || pairOf(gpu) !== '';
      const missing = claimed(machine.devices, 'gpus').find(
        (gpu) => isAsked(gpu) && !listed.has(textIn(gpu, 'claimName')),
      );
      if (missing === undefined) return;
      note(`${TEMPLATE}.resourceClaims`, must('claimName', "be listed in 'resourceClaims'", missing.claimName));
    },
  },
  {
    id: 'gpu-ram-framebuffer-single',
    kinds: EVERY_HOLDER,
    sentence: 'At most one GPU has a display with a RAM framebuffer.',
    source: vmiCreate('validateMDEVRamFB'),
    check: ({ devices }, note) => {
      const names = listIn(devices, 'gpus')
        .filter(hasRamFramebuffer)
        .map(({ name }) => name);
      if (names.length < 2) return;
      const message = `'gpus' must have at most one with a display and its RAM framebuffer, got ${show(names)}`;
      note(GPUS, message, "write 'display: {ramFB: {enabled: false}}' for the others", `${TEMPLATE}.GPUs`);
    },
  },
]);

/** What panic devices say, once they are allowed at all. */
function panicDevices(check: (machine: Machine, note: Note) => void): MachineCheck {
  return (machine, note) => {
    if (listIn(machine.devices, 'panicDevices').length > 0 && gated(machine, PANIC_GATE)) check(machine, note);
  };
}

/** Whether GPUs are named and asked of claims at once, which later releases refuse before all else. */
function isMixed(machine: Machine): boolean {
  const own = claimed(machine.devices, 'gpus').length;
  return hasRelease(machine, ONE_PATH) && own > 0 && own < listIn(machine.devices, 'gpus').length;
}

function serverGpus(machine: Machine): string {
  return hasRelease(machine, ONE_PATH) ? GPUS : `${TEMPLATE}.spec.domain.devices.gpus`;
}

/** The framebuffer counts as on where nothing is said of it, and as off where it says nothing of itself. */
function hasRamFramebuffer(gpu: Json): boolean {
  const display = childIn(childIn(gpu, 'virtualGPUOptions'), 'display');
  if (display === undefined || display.enabled === false) return false;
  const framebuffer = childIn(display, 'ramFB');
  return framebuffer === undefined || framebuffer.enabled === true;
}
