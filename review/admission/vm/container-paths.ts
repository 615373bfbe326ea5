import { has, textAt, textIn } from '../../manifests/json';
import { Rule } from '../../rule';
import { EVERY_HOLDER } from '../shared/holders';
import { topic } from '../shared/topic';
import { must } from '../shared/wording';
import { each, Machine, TEMPLATE, vmiCreate } from './machine';

const VOLUMES = `${TEMPLATE}.volumes`;
/** The webhook names the volumes as if they were in the domain. */
const SERVER_VOLUMES = `${TEMPLATE}.domain.volumes`;
const SOURCE = vmiCreate('validateVirtualMachineInstanceSpecVolumeDisks');
const SINCE = 'v1.8.4';
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
