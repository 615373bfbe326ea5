import { Severity } from '../../finding';
import { childIn, has, listIn, textAt, textIn } from '../../manifests/json';
import { parseQuantity } from '../../manifests/quantity';
import { Json, Rule } from '../../rule';
import { isDnsLabel } from '../shared/formats';
import { EVERY_HOLDER, MACHINES } from '../shared/holders';
import { topic, TopicRule } from '../shared/topic';
import { must, mustBeOneOf, show } from '../shared/wording';
import { targetOf } from './disk-targets';
import { BUILT_IN_BINDINGS } from './interface-bindings';
import { cite, DEVICES, each, EntryList, hasRelease, Machine, TEMPLATE } from './machine';

const VOLUMES = `${TEMPLATE}.volumes`;
const RENDER_VOLUMES = 'pkg/virt-controller/services/rendervolumes.go';
const STRATEGIES = ['Migration', 'Replacement'];
/** A pod's containers and volumes have names of at most 63 characters. */
const LONGEST_NAME = 63;
const CREDENTIAL_SUFFIX = '-access-cred';

/** A volume name to which the pod's rendering adds something. */
interface LengthenedName extends Pick<Rule, 'id' | 'sentence' | 'about' | 'source' | 'unchecked'> {
  readonly list: EntryList;
  readonly path: string;
  readonly added: string;
  readonly applies: (entry: Json) => boolean;
}

const LENGTHENED: readonly LengthenedName[] = [
  {
    id: 'run-container-disk-name-length',
    about: ['containerDisk'],
    sentence: 'The name of a container disk is short enough for the volume of the pod.',
    source: cite('pkg/container-disk/container-disk.go', 'toContainerName'),
    list: 'volumes',
    path: VOLUMES,
    added: 'volume',
    applies: (volume) => has(volume, 'containerDisk'),
  },
  {
    id: 'run-filesystem-name-length',
    about: ['filesystems'],
    sentence: 'The name of a file system is short enough for the container of the pod.',
    source: cite('pkg/virt-controller/services/virtiofs.go'),
    list: 'filesystems',
    path: `${DEVICES}.filesystems`,
    added: 'virtiofs-',
    applies: () => true,
  },
  {
    id: 'run-cloud-init-name-length',
    about: ['networkDataSecretRef', 'secretRef'],
    sentence: 'The name of a cloud-init volume with a Secret is short enough for the volume of the pod.',
    source: cite(RENDER_VOLUMES),
    list: 'volumes',
    path: VOLUMES,
    added: '-udata',
    applies: (volume) =>
      ['cloudInitNoCloud', 'cloudInitConfigDrive'].some((kind) =>
        ['secretRef', 'networkDataSecretRef'].some((secret) => textAt(volume, kind, secret, 'name') !== ''),
      ),
  },
];

/** Accepted by every webhook, and fails in the pod or has no effect. */
export const RUN_TIME_RULES: readonly Rule<Machine>[] = topic<Machine>(
  { kinds: EVERY_HOLDER, severity: Severity.WARNING },
  [
    {
      id: 'run-interface-binding',
      until: 'v1.8.4',
      sentence: 'Every interface has a binding, or the machine does not start.',
      source: cite('pkg/network/domainspec/interface.go', 'DomainAttachmentByInterfaceName'),
      check: each('interfaces', (entry, index, note, { hasPreference }) => {
        // A preference may bring masquerade.
        if (hasPreference || has(entry, 'binding') || BUILT_IN_BINDINGS.some((binding) => has(entry, binding))) return;
        const message = `interface ${show(entry.name)} must have a binding to start, got none`;
        note(
          `${DEVICES}.interfaces[${index}]`,
          message,
          "write 'masquerade: {}' on the pod network, else 'bridge: {}'",
        );
      }),
    },
    ...LENGTHENED.map(lengthRule),
    {
      id: 'run-access-credential-secret-name',
      about: ['accessCredentials'],
      sentence: "The name of a credential's Secret can be the name of a volume of the pod.",
      source: cite(RENDER_VOLUMES),
      check: ({ template }, note) => {
        listIn(template, 'accessCredentials').forEach((credential, index) => {
          for (const kind of ['sshPublicKey', 'userPassword']) {
            const name = textAt(credential, kind, 'source', 'secret', 'secretName');
            if (name === '' || isDnsLabel(name + CREDENTIAL_SUFFIX)) continue;
            const most = LONGEST_NAME - CREDENTIAL_SUFFIX.length;
            const requirement = `be an RFC 1123 label of at most ${most} characters, a volume of the pod is named after it`;
            const field = `${TEMPLATE}.accessCredentials[${index}].${kind}.source.secret.secretName`;
            note(field, must('secretName', requirement, name));
          }
        });
      },
    },
    {
      id: 'run-disk-shareable-cache',
      about: ['cache'],
      sentence: 'A shareable disk has no cache.',
      source: cite('pkg/virt-launcher/virtwrap/converter'),
      check: each('disks', (disk, index, note) => {
        const cache = textIn(disk, 'cache');
        if (disk.shareable !== true || cache === '' || cache === 'none') return;
        note(`${DEVICES}.disks[${index}].cache`, must('cache', "be 'none' with 'shareable'", cache));
      }),
    },
    {
      id: 'run-disk-hotplug-bus',
      about: ['hotpluggable'],
      sentence: 'A hotpluggable disk is on a bus that takes plugged disks.',
      source: cite('pkg/virt-api/webhooks/validating-webhook/admitters/vmi-update-admitter.go', 'verifyHotplugVolumes'),
      moved: [{ since: 'v1.7.4', source: cite('pkg/storage/admitters/storagehotplug.go', 'verifyHotplugVolumes') }],
      check: each('disks', (disk, index, note, machine) => {
        const { volumesByName, hasPreference } = machine;
        const hasVirtio = hasRelease(machine, 'v1.6.2');
        const target = targetOf(disk);
        const bus = target?.bus ?? '';
        // A CD-ROM drive stays, only its medium comes and goes.
        if (!isHotpluggable(volumesByName.get(textIn(disk, 'name'))) || target?.kind === 'cdrom') return;
        if (
          bus === 'scsi' ||
          (bus === 'virtio' && target?.kind === 'disk' && hasVirtio) ||
          (bus === '' && hasPreference)
        )
          return;
        const allowed = target?.kind === 'lun' || !hasVirtio ? ['scsi'] : ['scsi', 'virtio'];
        const field = `${DEVICES}.disks[${index}].${target?.kind ?? 'disk'}.bus`;
        note(
          field,
          `${mustBeOneOf('bus', allowed, bus || undefined)} for a hotpluggable disk`,
          "write the disk out: 'disk: {bus: scsi}'",
        );
      }),
    },
    {
      id: 'run-update-volumes-strategy-known',
      kinds: MACHINES,
      about: ['updateVolumesStrategy'],
      sentence: 'The strategy for updated volumes is one that KubeVirt knows.',
      source: cite('pkg/virt-controller/watch/vm/vm.go', 'handleVolumeUpdateRequest'),
      check: ({ spec }, note) => {
        const strategy = spec.updateVolumesStrategy;
        if (typeof strategy !== 'string' || STRATEGIES.includes(strategy)) return;
        note('spec.updateVolumesStrategy', mustBeOneOf('updateVolumesStrategy', STRATEGIES, strategy));
      },
    },
    {
      id: 'run-filesystem-volume-exists',
      about: ['filesystems'],
      sentence: 'Every file system has a volume of its name.',
      source: cite('pkg/virt-controller/services/virtiofs.go', 'generateVirtioFSContainers'),
      check: each('filesystems', (filesystem, index, note, { volumesByName }) => {
        const name = textIn(filesystem, 'name');
        if (volumesByName.has(name)) return;
        note(`${DEVICES}.filesystems[${index}].name`, must('name', 'be the name of a volume', name));
      }),
    },
    {
      id: 'run-empty-disk-capacity',
      about: ['emptyDisk'],
      sentence: 'An empty disk has a capacity greater than 0.',
      source: cite('pkg/emptydisk/emptydisk.go'),
      check: each('volumes', (volume, index, note) => {
        const capacity = childIn(volume, 'emptyDisk')?.capacity;
        const size = parseQuantity(capacity);
        if (size === undefined || size > 0) return;
        note(`${VOLUMES}[${index}].emptyDisk.capacity`, must('capacity', 'be greater than 0', capacity));
      }),
    },
    {
      id: 'run-cloud-init-single',
      about: ['cloudInitConfigDrive', 'cloudInitNoCloud'],
      sentence: 'A machine has one cloud-init volume; a second one is not read.',
      source: cite('pkg/cloud-init/cloud-init.go', 'ReadCloudInitVolumeDataSource'),
      check: ({ volumes }, note) => {
        noteLater(volumes, (volume) => ['cloudInitNoCloud', 'cloudInitConfigDrive'].some((kind) => has(volume, kind)))(
          (index) => {
            note(
              `${VOLUMES}[${index}]`,
              'a machine must have one volume of cloud-init, got another one, which is not read',
            );
          },
        );
      },
    },
    {
      id: 'run-data-volume-template-name-unique',
      kinds: MACHINES,
      about: ['dataVolumeTemplates'],
      sentence: 'Each dataVolumeTemplate has a name of its own.',
      source: cite('pkg/virt-controller/watch/vm/vm.go', 'handleDataVolumes'),
      check: (machine, note) => {
        noteRepeated(machine, (index, name) => {
          const message = must(
            'metadata.name',
            "differ from the other templates' names: one DataVolume is made of both",
            name,
          );
          note(`spec.dataVolumeTemplates[${index}].metadata.name`, message);
        });
      },
    },
  ],
);

function lengthRule({ list, path, added, applies, ...rule }: LengthenedName): TopicRule<Machine> {
  return {
    ...rule,
    check: each(list, (entry, index, note) => {
      const name = textIn(entry, 'name');
      const most = LONGEST_NAME - added.length;
      if (name.length <= most || !applies(entry)) return;
      const message = must('name', `have at most ${most} characters, the pod's name for it is longer`, name);
      note(`${path}[${index}].name`, message);
    }),
  };
}

function isHotpluggable(volume: Json | undefined): boolean {
  // A dump has no bus: verifyHotplugVolumes looks at the disk of no memoryDump.
  return ['persistentVolumeClaim', 'dataVolume'].some((kind) => childIn(volume, kind)?.hotpluggable === true);
}

/** The entries after the first of a kind. */
function noteLater(entries: readonly Json[], applies: (entry: Json) => boolean) {
  return (say: (index: number) => void): void => {
    let seen = false;
    entries.forEach((entry, index) => {
      if (!applies(entry)) return;
      if (seen) say(index);
      seen = true;
    });
  };
}

function noteRepeated({ volumeTemplates }: Machine, say: (index: number, name: string) => void): void {
  const seen = new Set<string>();
  volumeTemplates.forEach((template, index) => {
    const name = textIn(childIn(template, 'metadata'), 'name');
    if (name !== '' && seen.has(name)) say(index, name);
    seen.add(name);
  });
}
