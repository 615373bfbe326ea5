import { gateIsOn } from '../../cluster/config';
import { Severity } from '../../finding';
import { has, textAt, textIn } from '../../manifests/json';
import { Rule } from '../../rule';
import { EVERY_HOLDER } from '../shared/holders';
import { topic } from '../shared/topic';
import { listGate, must, needsGate } from '../shared/wording';
import { cite, each, Machine, TEMPLATE, vmiCreate } from './machine';

const VOLUMES = `${TEMPLATE}.volumes`;
/** The webhook names the volumes as if they were in the domain. */
const SERVER_VOLUMES = `${TEMPLATE}.domain.volumes`;
const SOURCE = vmiCreate('validateVirtualMachineInstanceSpecVolumeDisks');
const SINCE = 'v1.8.4';
const GATE = 'ContainerPathVolumes';
/** What KubeVirt keeps to itself in the pod. */
const RESERVED = ['/var/run/kubevirt', '/var/run/libvirt'];

/** Volumes that are a path of the pod's container. */
export const CONTAINER_PATH_RULES: readonly Rule<Machine>[] = topic<Machine>(
  { kinds: EVERY_HOLDER, about: ['containerPath'] },
  [
    {
      id: 'container-path-filesystem',
      since: SINCE,
      sentence: 'A path of the container is shown as a file system, not as a disk.',
      source: SOURCE,
      check: each('volumes', (volume, index, note, { disks, filesystems }) => {
        if (!has(volume, 'containerPath')) return;
        const name = textIn(volume, 'name');
        const [isDisk, isFilesystem] = [disks, filesystems].map((list) => list.some((one) => one.name === name));
        if (isFilesystem === true && isDisk !== true) return;
        const message = must('name', "be the name of one of 'devices.filesystems', and of no disk", name);
        note(`${VOLUMES}[${index}].name`, message, undefined, `${SERVER_VOLUMES}[${index}]`);
      }),
    },
    {
      id: 'container-path-gate',
      since: SINCE,
      severity: Severity.WARNING,
      sentence: 'A machine with a path of the container starts while the gate is on.',
      source: cite('pkg/virt-controller/watch/vmi/lifecycle.go', 'sync'),
      check: each('volumes', (volume, index, note, { filesystems, config }) => {
        const name = textIn(volume, 'name');
        if (!has(volume, 'containerPath') || !filesystems.some((one) => one.name === name)) return;
        if (gateIsOn(config, GATE)) return;
        note(`${VOLUMES}[${index}].containerPath`, needsGate('containerPath', GATE), listGate(GATE));
      }),
    },
    {
      id: 'container-path-reserved',
      since: SINCE,
      sentence: 'A path of the container is none that KubeVirt keeps to itself.',
      source: SOURCE,
      check: each('volumes', (volume, index, note) => {
        const path = textAt(volume, 'containerPath', 'path');
        if (!RESERVED.some((prefix) => path.startsWith(prefix))) return;
        const message = must('path', `be outside of ${RESERVED.join(' and ')}, which KubeVirt uses`, path);
        const place = `[${index}].containerPath.path`;
        note(`${VOLUMES}${place}`, message, undefined, `${SERVER_VOLUMES}${place}`);
      }),
    },
  ],
);
