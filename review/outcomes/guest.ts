import { clearSecrets } from '../../constructs/shared/clear-secrets';
import { Machine } from '../cluster/machine';
import { Severity } from '../finding';
import { isObject, objectAt, objectsAt, textAt } from '../manifests/json';
import { placeholdersIn } from '../manifests/template';
import type { Json } from '../rule';
import {
  dataFault,
  DataFault,
  hasHeader,
  isCloudConfig,
  isMeantForCloudInit,
  isTemplate,
  parsed,
} from './cloud-config';
import { OutcomeRule } from './rule';
import { Seed, SeedPart, seedsOf } from './seeds';

/** What the guest finds when it starts. No message shows what it is given. */
export const GUEST_RULES: readonly OutcomeRule[] = [
  {
    id: 'network-data-mac',
    sentence: 'Network data that looks for a MAC address finds an interface that has it.',
    source:
      'cloud-init, cloudinit/net/__init__.py (apply_network_config_names); KubeVirt: an interface without macAddress gets one of its own',
    severity: Severity.WARNING,
    check: (cluster, note) => {
      for (const seed of seedsOf(cluster, 'networkData')) {
        const { data, from, word, machine } = seed;
        if (!MAC_IN.test(data) || from.isChanged === true || machine.from.isChanged === true) continue;
        const own = interfaceMacs(machine.guest);
        for (const mac of macsIn(parsed(data)).filter((one) => !own.has(plainMac(one)))) {
          const has = own.size === 0 ? 'no interface of the machine states one' : `no interface has ${mac}`;
          const message = `'${word}' must look for a MAC address that an interface of the machine has; ${has}, so that the guest comes up without that address`;
          note(from, seed.field, message, `write 'macAddress: ${mac}' on its interface`);
        }
      }
    },
  },
  {
    id: 'network-data-yaml',
    sentence: 'Network data is YAML.',
    source: 'cloud-init, cloudinit/sources/DataSourceNoCloud.py (_pp2d_callback), cloudinit/util.py (load_yaml)',
    severity: Severity.WARNING,
    check: dataRule('networkData', (data) => !isTemplate(data)),
  },
  {
    id: 'user-data-header',
    sentence: 'User data for cloud-init begins with a line that says what it is.',
    source: 'cloud-init, cloudinit/user_data.py and cloudinit/handlers/__init__.py (INCLUSION_TYPES_MAP)',
    severity: Severity.WARNING,
    check: (cluster, note) => {
      for (const seed of seedsOf(cluster, 'userData')) {
        const { data, from, word } = seed;
        if (hasHeader(data) || !isMeantForCloudInit(data)) continue;
        const message = `'${word}' must begin with '#cloud-config'; cloud-init does not know what it is otherwise, and does nothing of it`;
        note(from, seed.field, message, "write '#cloud-config' in its first line, with nothing before it");
      }
    },
  },
  {
    id: 'user-data-yaml',
    sentence: 'A cloud-config is YAML: a map in which each key stands once.',
    source: 'cloud-init, cloudinit/util.py (load_yaml)',
    severity: Severity.WARNING,
    check: dataRule('userData', isCloudConfig),
  },
  {
    id: 'user-data-secret',
    sentence: 'User data in a machine holds no password that everybody can read who reads the machine.',
    source: 'cloud-init, cloudinit/config/cc_set_passwords.py, cc_users_groups.py',
    severity: Severity.WARNING,
    check: (cluster, note) => {
      for (const seed of seedsOf(cluster, 'userData')) {
        const { data, from, word, machine } = seed;
        if (from !== machine.from || !mayHoldSecret(data) || !/^\s*#cloud-config(?!-)/i.test(data)) continue;
        const [first, ...others] = clearSecrets(withoutPlaceholders(parsed(data)));
        if (first === undefined) continue;
        const more = others.length === 0 ? '' : ` and ${others.length} more`;
        const message = `'${word}' must hold no secret that everybody reads who reads the machine, and holds one at ${first}${more}`;
        note(
          from,
          seed.field,
          message,
          "write a hash ('openssl passwd -6'), or put the data into a Secret, and name it in 'secretRef'",
        );
      }
    },
  },
];

/** A rule that data of a kind are read by cloud-init at all. */
function dataRule(part: SeedPart, isAsked: (data: string) => boolean): OutcomeRule['check'] {
  return (cluster, note) => {
    const sound = new Set<string>();
    for (const seed of seedsOf(cluster, part)) {
      const { data, from, word } = seed;
      if (!isAsked(data)) continue;
      const fault = faultOf(data, sound);
      if (fault !== undefined) note(from, seed.field, `'${word}' must be ${fault.must}; ${fault.effect}`);
    }
  };
}

/** The data of a fleet differ in their numbers, which make no YAML unsound. */
function faultOf(data: Seed['data'], sound: Set<string>): DataFault | undefined {
  const skeleton = data.replace(/\d+/g, '0');
  if (sound.has(skeleton)) return undefined;
  const fault = dataFault(data);
  if (fault === undefined) sound.add(skeleton);
  return fault;
}

/** What user data holds at least if it holds a secret: the names of its keys. */
const SECRET_IN = /passw|chpasswd|secret|token|key|auth|PRIVATE KEY/i;

/** Public keys are no secret: most machines have no other, and their data need not be read for it. */
function mayHoldSecret(data: string): boolean {
  return SECRET_IN.test(data.replaceAll('ssh_authorized_keys:', ''));
}

/** A value that is filled in before the apply is none yet. */
function withoutPlaceholders(value: unknown): unknown {
  if (typeof value === 'string') return placeholdersIn(`, got ${JSON.stringify(value)}`).length > 0 ? '' : value;
  if (Array.isArray(value)) return value.map(withoutPlaceholders);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, withoutPlaceholders(one)]));
}

/** The MAC addresses that network data of version 1 or 2 looks for, as they are written. */
function macsIn(value: unknown): string[] {
  const data = objectAt(value, 'network') ?? (isObject(value) ? value : undefined);
  const first = objectsAt(data, 'config').flatMap((one) => (one.type === 'physical' ? textAt(one, 'mac_address') : []));
  const second = Object.values(objectAt(data, 'ethernets') ?? {}).map((one) => textAt(one, 'match', 'macaddress'));
  return [...new Set([...first, ...second])].filter((mac) => MAC.test(mac));
}

const MAC = /^[\da-f]{2}([:-][\da-f]{2}){5}$/i;
const MAC_IN = /[\da-f]{2}([:-][\da-f]{2}){5}/i;

function interfaceMacs(guest: Machine['guest']): Set<string> {
  const interfaces: readonly Json[] = objectsAt(guest, 'domain', 'devices', 'interfaces');
  return new Set(interfaces.map((one) => plainMac(textAt(one, 'macAddress'))).filter((mac) => mac !== ''));
}

function plainMac(mac: string): string {
  return mac.toLowerCase().replaceAll('-', ':');
}
