import { claimSpecs } from '../cluster/claim-request';
import { factsOf } from '../cluster/cluster';
import { keyOf, nameKey, titleOf } from '../cluster/identity';
import { Severity } from '../finding';
import { objectAt, objectsAt, textAt, valueAt } from '../manifests/json';
import { Reviewed } from '../manifests/manifest';
import { Json } from '../rule';
import { SetRule } from './rule';

/** Rules that two guests do not write to one disk without knowing of each other. */
export const SHARED_DISK_RULES: readonly SetRule[] = [
  {
    id: 'disk-shared-unlocked',
    source:
      'Kubernetes, access mode ReadWriteMany: many nodes at a time; KubeVirt v1.6.2, pkg/virt-launcher/virtwrap/converter/converter.go:Convert_v1_Disk_To_api_Disk (shareable)',
    severity: Severity.WARNING,
    check: (set, note) => {
      const running = lastStates(factsOf(set).machines).filter(runs);
      const named = namedTwice(running);
      if (named.size === 0) return;
      const shared = claimSpecs(set).filter(
        ({ key, accessModes }) => named.has(key) && accessModes.includes('ReadWriteMany'),
      );
      const keys = new Set(shared.map(({ key }) => key));
      const first = new Map<string, Use>();
      for (const machine of running) {
        for (const use of usesOf(machine)) {
          const key = nameKey(machine, use.name);
          const before = first.get(key);
          if (!keys.has(key)) continue;
          if (before === undefined) first.set(key, use);
          else if (before.machine !== machine && !(before.shareable && use.shareable)) {
            note(machine, use.field, messageOf(use, before), REMEDY);
          }
        }
      }
    },
  },
];

const REMEDY =
  "give each its own clone, halt one of them, or write 'shareable: true' on both for a file system that is made for it";

/** A claim in a machine, as a disk that its guest may write to. */
interface Use {
  readonly machine: Reviewed;
  readonly name: string;
  readonly field: string;
  readonly shareable: boolean;
}

function messageOf({ name, field }: Use, { machine }: Use): string {
  const word = field.split('.').at(-1);
  const got = `got ${JSON.stringify(name)} of ${titleOf(machine)}, too`;
  return `'${word}' must be a disk of one machine that runs, ${got}; nothing keeps two guests from writing to a ReadWriteMany disk at once`;
}

/** What a later step says of a machine replaces what an earlier one said. */
function lastStates(machines: readonly Reviewed[]): Reviewed[] {
  return [...new Map(machines.map((machine) => [keyOf(machine), machine] as const)).values()];
}

const STARTED: ReadonlySet<string> = new Set(['Always', 'RerunOnFailure', 'Once']);

/** Whether KubeVirt starts it: `Manual` leaves that to its owner, who may take turns. */
function runs({ object }: Reviewed): boolean {
  return STARTED.has(textAt(object, 'spec', 'runStrategy')) || valueAt(object, 'spec', 'running') === true;
}

/** The claims that more than one machine names, however: most manifests have none, and nothing else is looked at. */
function namedTwice(machines: readonly Reviewed[]): Set<string> {
  const users = new Map<string, Reviewed>();
  const twice = new Set<string>();
  for (const machine of machines) {
    for (const volume of objectsAt(machine.object, 'spec', 'template', 'spec', 'volumes')) {
      for (const path of CLAIM_PATHS) {
        const name = textAt(volume, ...path);
        if (name === '') continue;
        const key = nameKey(machine, name);
        const user = users.get(key);
        if (user === undefined) users.set(key, machine);
        else if (user !== machine) twice.add(key);
      }
    }
  }
  return twice;
}

function usesOf(machine: Reviewed): Use[] {
  const spec = objectAt(machine.object, 'spec', 'template', 'spec');
  const devices = objectAt(spec, 'domain', 'devices');
  const disks = new Map(objectsAt(devices, 'disks').map((disk) => [disk.name, disk] as const));
  const filesystems = new Set(objectsAt(devices, 'filesystems').map(({ name }) => name));
  return objectsAt(spec, 'volumes').flatMap((volume, index) => {
    const disk = disks.get(volume.name);
    if (filesystems.has(volume.name) || !isWritten(volume, disk)) return [];
    return CLAIM_PATHS.flatMap((path): Use[] => {
      const name = textAt(volume, ...path);
      const field = `spec.template.spec.volumes[${index}].${path.join('.')}`;
      return name === '' ? [] : [{ machine, name, field, shareable: disk?.shareable === true }];
    });
  });
}

const CLAIM_PATHS = [
  ['persistentVolumeClaim', 'claimName'],
  ['dataVolume', 'name'],
] as const;

/** A LUN is shared by the reservations of its guests; a volume that no disk names gets one that is written. */
function isWritten(volume: Json, disk: Json | undefined): boolean {
  if (valueAt(volume, 'persistentVolumeClaim', 'readOnly') === true) return false;
  if (disk === undefined) return true;
  return disk.cdrom === undefined && disk.lun === undefined && valueAt(disk, 'disk', 'readonly') !== true;
}
