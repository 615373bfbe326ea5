import { childIn, has, numberIn, textIn } from '../../manifests/json';
import { Rule } from '../../rule';
import { isDnsLabel } from '../shared/formats';
import { must, mustBeOneOf, show } from '../shared/wording';
import { DEVICES, EntryCheck, entryRule, machineRule, vmiCreate } from './machine';

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
export const DISK_RULES: readonly Rule[] = [
  machineRule('disk-name-unique', vmiCreate('validateDiskName'), ({ disks }, note) => {
    const seen = new Map<string, number>();
    disks.forEach((disk, index) => {
      const name = textIn(disk, 'name');
      const first = seen.get(name);
      if (first === undefined) seen.set(name, index);
      else note(`${DISKS}[${index}].name`, must('name', `differ from the one of disks[${first}]`, name));
    });
  }),
  disk('disk-name-label', 'validateDiskNameAsContainerName', (entry, index, note) => {
    const name = textIn(entry, 'name');
    if (isDnsLabel(name)) return;
    const remedy = 'a volume without a disk entry gets one of its name, so this holds for the names of volumes too';
    note(`${DISKS_TWICE}[${index}].name`, must('name', LABEL, name), remedy);
  }),
  disk('disk-boot-order-positive', 'validateBootOrderValue', (entry, index, note) => {
    // A negative one is the schema's to refuse, since Go's type has no sign.
    if (entry.bootOrder !== 0) return;
    note(`${DISKS}[${index}].bootOrder`, must('bootOrder', 'be at least 1', entry.bootOrder));
  }),
  machineRule(
    'boot-order-unique',
    vmiCreate('validateBootOrder', 'validateInterfaceBootOrder'),
    ({ disks, interfaces }, note) => {
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
  ),
  disk('disk-serial-characters', 'validateSerialNumValue', (entry, index, note) => {
    const serial = textIn(entry, 'serial');
    if (serial === '' || SERIAL.test(serial)) return;
    note(`${DISKS}[${index}].serial`, must('serial', "be made of letters, digits, '_', '.', '+' and '-'", serial));
  }),
  disk('disk-serial-length', 'validateSerialNumLength', (entry, index, note) => {
    const serial = textIn(entry, 'serial');
    // Only longer UTF-16 text can be longer in code points, which is what the webhook counts.
    if (serial.length <= LONGEST_SERIAL || [...serial].length <= LONGEST_SERIAL) return;
    note(`${DISKS}[${index}].serial`, must('serial', `have at most ${LONGEST_SERIAL} characters`, serial));
  }),
  disk('disk-cache-known', 'validateCacheMode', (entry, index, note) => {
    const cache = textIn(entry, 'cache');
    if (cache === '' || CACHES.has(cache)) return;
    note(`${DISKS}[${index}].cache`, mustBeOneOf('cache', CACHES, cache));
  }),
  disk('disk-io-known', 'validateIOMode', (entry, index, note) => {
    const io = textIn(entry, 'io');
    if (io === '' || IO_MODES.has(io)) return;
    note(`${DISKS_TWICE}[${index}].io`, mustBeOneOf('io', IO_MODES, io), "leave it out for the hypervisor's choice");
  }),
  disk('disk-error-policy-known', 'validateErrorPolicy', (entry, index, note) => {
    const policy = entry.errorPolicy;
    if (typeof policy !== 'string' || ERROR_POLICIES.has(policy)) return;
    note(`${DISKS}[${index}].errorPolicy`, mustBeOneOf('errorPolicy', ERROR_POLICIES, policy));
  }),
  disk('disk-block-size-exclusive', 'validateBlockSize', (entry, index, note) => {
    if (!matchesVolume(entry) || childIn(childIn(entry, 'blockSize'), 'custom') === undefined) return;
    const message = must('blockSize', `have 'custom' or 'matchVolume', not both`, entry.blockSize);
    note(`${DISKS}[${index}].blockSize`, message, "remove one of them, or write 'matchVolume: {enabled: false}'");
  }),
  disk('disk-block-size-order', 'validateBlockSize', (entry, index, note) => {
    const custom = childIn(childIn(entry, 'blockSize'), 'custom');
    if (matchesVolume(entry) || numberIn(custom, 'logical') <= numberIn(custom, 'physical')) return;
    const message = `'logical' must be at most 'physical' (${show(custom?.physical)}), got ${show(custom?.logical)}`;
    note(`${DISKS}[${index}].blockSize.custom.logical`, message);
  }),
  disk('disk-block-size-range', 'validateCustomBlockSize', (entry, index, note) => {
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
];

function disk(id: string, name: string, check: EntryCheck): Rule {
  return entryRule('disks', id, vmiCreate(name), check);
}

function matchesVolume(entry: Parameters<EntryCheck>[0]): boolean {
  const match = childIn(childIn(entry, 'blockSize'), 'matchVolume');
  return match !== undefined && match.enabled !== false;
}

function isBlockSize(size: number): boolean {
  return size >= SMALLEST_BLOCK && size <= LARGEST_BLOCK && Number.isInteger(Math.log2(size));
}
