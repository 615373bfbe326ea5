import { childIn, has, numberIn, textIn } from '../../manifests/json';
import { Json, Rule } from '../../rule';
import { isDnsLabel } from '../shared/formats';
import { EVERY_HOLDER } from '../shared/holders';
import { topic } from '../shared/topic';
import { must, mustBeOneOf, show } from '../shared/wording';
import { cite, DEVICES, each, Machine, vmiCreate, inDisks } from './machine';

const DISKS = `${DEVICES}.disks`;
/** The webhook appends the path of the disks to itself where it names some of their fields. */
export const DISKS_TWICE = `${DISKS}.domain.devices.disks`;

const CACHES: ReadonlySet<string> = new Set(['none', 'writeback', 'writethrough']);
const IO_MODES: ReadonlySet<string> = new Set(['native', 'threads']);
const ERROR_POLICIES: ReadonlySet<string> = new Set(['enospace', 'ignore', 'report', 'stop']);

/** Characters that libvirt takes in a serial number: vmi-create-admitter.go, isValidExpression. */
const SERIAL = /^[A-Za-z0-9_.+-]+$/;
const LONGEST_SERIAL = 256;

const SMALLEST_BLOCK = 512;
const LARGEST_BLOCK = 2097152;

const LABEL = "be an RFC 1123 label: at most 63 lowercase letters, digits and '-', no '-' at its ends";

/** What a disk entry says by itself: name, boot order, serial, cache, I/O, block size. */
export const DISK_RULES: readonly Rule<Machine>[] = topic<Machine>({ kinds: EVERY_HOLDER }, [
  {
    id: 'disk-name-unique',
    sentence: 'Each disk has a name of its own.',
    source: vmiCreate('validateDiskName'),
    moved: inDisks('validateDiskName'),
    check: ({ disks }, note) => {
      const seen = new Map<string, number>();
      disks.forEach((disk, index) => {
        const name = textIn(disk, 'name');
        const first = seen.get(name);
        if (first === undefined) seen.set(name, index);
        else note(`${DISKS}[${index}].name`, must('name', `differ from the one of disks[${first}]`, name));
      });
    },
  },
  {
    id: 'disk-name-label',
    sentence: 'The name of a disk is an RFC 1123 label, since containers are named after it.',
    source: vmiCreate('validateDiskNameAsContainerName'),
    moved: inDisks('validateDiskNameAsContainerName'),
    check: each('disks', (entry, index, note) => {
      const name = textIn(entry, 'name');
      if (isDnsLabel(name)) return;
      const remedy = 'a volume without a disk entry gets one of its name, so this holds for the names of volumes too';
      note(`${DISKS}[${index}].name`, must('name', LABEL, name), remedy, `${DISKS_TWICE}[${index}].name`);
    }),
  },
  {
    id: 'disk-boot-order-positive',
    about: ['bootOrder'],
    sentence: 'The boot order of a disk is at least 1.',
    source: vmiCreate('validateBootOrderValue'),
    moved: inDisks('validateBootOrderValue'),
    check: each('disks', (entry, index, note) => {
      // A negative one is the schema's to refuse, since Go's type has no sign.
      if (entry.bootOrder !== 0) return;
      note(`${DISKS}[${index}].bootOrder`, must('bootOrder', 'be at least 1', entry.bootOrder));
    }),
  },
  {
    id: 'boot-order-unique',
    about: ['bootOrder'],
    sentence: 'No two disks or interfaces have the same boot order.',
    source: vmiCreate('validateBootOrder', 'validateInterfaceBootOrder'),
    check: ({ disks, interfaces }, note) => {
      const used = new Set<unknown>();
      const check = (entry: unknown, path: string): void => {
        if (used.has(entry)) note(path, must('bootOrder', 'be of one disk or interface only', entry));
        used.add(entry);
      };
      disks.forEach((entry, index) => {
        if (has(entry, 'bootOrder')) check(entry.bootOrder, `${DISKS}[${index}].bootOrder`);
      });
      interfaces.forEach((entry, index) => {
        if (numberIn(entry, 'bootOrder') >= 1) check(entry.bootOrder, `${DEVICES}.interfaces[${index}].bootOrder`);
      });
    },
  },
  {
    id: 'disk-serial-characters',
    about: ['serial'],
    sentence: 'A serial number has only the characters that libvirt takes.',
    source: vmiCreate('validateSerialNumValue'),
    moved: inDisks('validateSerialNumValue'),
    check: each('disks', (entry, index, note) => {
      const serial = textIn(entry, 'serial');
      if (serial === '' || SERIAL.test(serial)) return;
      note(`${DISKS}[${index}].serial`, must('serial', "be made of letters, digits, '_', '.', '+' and '-'", serial));
    }),
  },
  {
    id: 'disk-serial-length',
    about: ['serial'],
    sentence: 'A serial number has at most 256 characters.',
    source: vmiCreate('validateSerialNumLength'),
    moved: inDisks('validateSerialNumLength'),
    check: each('disks', (entry, index, note) => {
      const serial = textIn(entry, 'serial');
      // The webhook counts code points.
      if ([...serial].length <= LONGEST_SERIAL) return;
      note(`${DISKS}[${index}].serial`, must('serial', `have at most ${LONGEST_SERIAL} characters`, serial));
    }),
  },
  {
    id: 'disk-cache-known',
    about: ['cache'],
    sentence: 'The cache mode of a disk is one that QEMU knows.',
    source: vmiCreate('validateCacheMode'),
    moved: inDisks('validateCacheMode'),
    check: each('disks', (entry, index, note) => {
      const cache = textIn(entry, 'cache');
      if (cache === '' || CACHES.has(cache)) return;
      note(`${DISKS}[${index}].cache`, mustBeOneOf('cache', CACHES, cache));
    }),
  },
  {
    id: 'disk-io-known',
    about: ['io'],
    sentence: 'The I/O mode of a disk is native or threads.',
    source: vmiCreate('validateIOMode'),
    moved: inDisks('validateIOMode'),
    check: each('disks', (entry, index, note) => {
      const io = textIn(entry, 'io');
      if (io === '' || IO_MODES.has(io)) return;
      const remedy = "leave it out for the hypervisor's choice";
      note(`${DISKS}[${index}].io`, mustBeOneOf('io', IO_MODES, io), remedy, `${DISKS_TWICE}[${index}].io`);
    }),
  },
  {
    id: 'disk-error-policy-known',
    about: ['errorPolicy'],
    sentence: 'The error policy of a disk is one that QEMU knows.',
    source: vmiCreate('validateErrorPolicy'),
    moved: inDisks('validateErrorPolicy'),
    check: each('disks', (entry, index, note) => {
      const policy = entry.errorPolicy;
      if (typeof policy !== 'string' || ERROR_POLICIES.has(policy)) return;
      note(`${DISKS}[${index}].errorPolicy`, mustBeOneOf('errorPolicy', ERROR_POLICIES, policy));
    }),
  },
  {
    id: 'disk-block-size-exclusive',
    about: ['blockSize'],
    sentence: 'A block size is custom or that of the volume, not both.',
    source: vmiCreate('validateBlockSize'),
    moved: inDisks('validateBlockSize'),
    check: each('disks', (entry, index, note) => {
      if (!matchesVolume(entry) || childIn(childIn(entry, 'blockSize'), 'custom') === undefined) return;
      const message = must('blockSize', `have 'custom' or 'matchVolume', not both`, entry.blockSize);
      note(`${DISKS}[${index}].blockSize`, message, "remove one of them, or write 'matchVolume: {enabled: false}'");
    }),
  },
  {
    id: 'disk-block-size-order',
    about: ['blockSize'],
    sentence: 'The logical block size is at most the physical one.',
    source: vmiCreate('validateBlockSize'),
    moved: inDisks('validateBlockSize'),
    check: each('disks', (entry, index, note) => {
      const custom = childIn(childIn(entry, 'blockSize'), 'custom');
      if (matchesVolume(entry) || numberIn(custom, 'logical') <= numberIn(custom, 'physical')) return;
      const message = `'logical' must be at most 'physical' (${show(custom?.physical)}), got ${show(custom?.logical)}`;
      note(`${DISKS}[${index}].blockSize.custom.logical`, message);
    }),
  },
  {
    id: 'disk-block-size-sata',
    since: 'v1.7.4',
    about: ['blockSize'],
    sentence: 'The logical block size of a disk on the sata bus is 512.',
    source: cite('pkg/storage/admitters/disks.go', 'validateBlockSize'),
    check: each('disks', (entry, index, note) => {
      const logical = customSize(entry)?.logical;
      if (logical === undefined || logical === SMALLEST_BLOCK || busOf(entry) !== 'sata') return;
      const message = must('logical', `be ${SMALLEST_BLOCK} on the bus 'sata'`, logical);
      note(`${DISKS}[${index}].blockSize.custom.logical`, message);
    }),
  },
  {
    id: 'disk-block-size-discard',
    since: 'v1.7.4',
    about: ['blockSize'],
    sentence: 'The discard granularity of a disk is a multiple of its logical block size.',
    source: cite('pkg/storage/admitters/disks.go', 'validateBlockSize'),
    check: each('disks', (entry, index, note) => {
      const custom = customSize(entry);
      const [discard, logical] = [custom?.discardGranularity, numberIn(custom, 'logical')];
      if (typeof discard !== 'number' || logical === 0 || discard % logical === 0) return;
      // Of a disk on the sata bus another size is the first that the webhook names.
      if (busOf(entry) === 'sata' && logical !== SMALLEST_BLOCK) return;
      const message = must('discardGranularity', `be a multiple of 'logical' (${logical})`, discard);
      note(`${DISKS}[${index}].blockSize.custom.discardGranularity`, message);
    }),
  },
  {
    id: 'disk-block-size-range',
    about: ['blockSize'],
    sentence: 'A block size is a power of two from 512 to 2097152.',
    source: vmiCreate('validateCustomBlockSize'),
    moved: inDisks('validateCustomBlockSize'),
    check: each('disks', (entry, index, note) => {
      const custom = childIn(childIn(entry, 'blockSize'), 'custom');
      if (custom === undefined || matchesVolume(entry)) return;
      // With the larger one first the webhook looks no further: disk-block-size-order.
      if (numberIn(custom, 'logical') > numberIn(custom, 'physical')) return;
      for (const part of ['logical', 'physical'] as const) {
        if (isBlockSize(numberIn(custom, part)) || numberIn(custom, part) < 0) continue;
        const range = `be a power of two from ${SMALLEST_BLOCK} to ${LARGEST_BLOCK}`;
        note(`${DISKS}[${index}].blockSize.custom.${part}`, must(part, range, custom[part]));
      }
    }),
  },
]);

/** The block size of a disk, where the webhook looks at more of it than its order. */
function customSize(entry: Json): Json | undefined {
  const custom = childIn(childIn(entry, 'blockSize'), 'custom');
  if (matchesVolume(entry) || numberIn(custom, 'logical') > numberIn(custom, 'physical')) return undefined;
  return custom;
}

function busOf(entry: Json): string {
  return ['disk', 'lun', 'cdrom'].map((kind) => textIn(childIn(entry, kind), 'bus')).find((bus) => bus !== '') ?? '';
}

function matchesVolume(entry: Json): boolean {
  const match = childIn(childIn(entry, 'blockSize'), 'matchVolume');
  return match !== undefined && match.enabled !== false;
}

function isBlockSize(size: number): boolean {
  return size >= SMALLEST_BLOCK && size <= LARGEST_BLOCK && Number.isInteger(Math.log2(size));
}
