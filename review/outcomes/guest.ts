import type * as JsYaml from 'js-yaml';
import { guestField, Machine } from '../cluster/machine';
import { Severity } from '../finding';
import { isObject, objectAt, objectsAt, textAt } from '../manifests/json';
import type { Json } from '../rule';
import { OutcomeRule } from './rule';

/** What the guest finds when it starts. */
export const GUEST_RULES: readonly OutcomeRule[] = [
  {
    id: 'network-data-mac',
    sentence: 'Network data that looks for a MAC address finds an interface that has it.',
    source:
      'cloud-init, cloudinit/net/__init__.py (apply_network_config_names); KubeVirt: an interface without macAddress gets one of its own',
    severity: Severity.WARNING,
    check: (cluster, note) => {
      for (const machine of cluster.sampleMachines) {
        for (const { data, field } of seeds(machine, 'networkData')) {
          const macs = macsIn(parsed(data));
          if (macs.length === 0) continue;
          const own = interfaceMacs(machine.guest);
          for (const mac of macs.filter((one) => !own.has(plainMac(one)))) {
            const message = `'networkData' must look for a MAC address of the machine, got ${JSON.stringify(mac)}, which no interface has; the guest comes up without that address`;
            note(machine.from, field, message, `write 'macAddress: ${mac}' on its interface`);
          }
        }
      }
    },
  },
  {
    id: 'user-data-header',
    sentence: 'User data for cloud-init begins with a line that says what it is.',
    source: 'cloud-init, cloudinit/user_data.py and cloudinit/handlers/__init__.py (INCLUSION_TYPES_MAP)',
    severity: Severity.WARNING,
    check: (cluster, note) => {
      for (const machine of cluster.sampleMachines) {
        for (const { data, field } of seeds(machine, 'userData')) {
          if (data.trimStart().startsWith('#') || !looksLikeCloudConfig(parsed(data))) continue;
          const message = `'userData' must begin with '#cloud-config', got ${JSON.stringify(firstLine(data))}; cloud-init does not know what it is, and does nothing of it`;
          note(machine.from, field, message, "write '#cloud-config' in its first line");
        }
      }
    },
  },
  {
    id: 'user-data-yaml',
    sentence: 'A cloud-config is YAML.',
    source: 'cloud-init, cloudinit/util.py (load_yaml)',
    severity: Severity.WARNING,
    check: (cluster, note) => {
      const sound = new Set<string>();
      for (const machine of cluster.sampleMachines) {
        for (const { data, field } of seeds(machine, 'userData')) {
          if (!/^#cloud-config\s*$/m.test(firstLine(data)) || /\{\{|\$\{|\{%/.test(data)) continue;
          // The data of a fleet differ in their numbers, which make no YAML unsound.
          const skeleton = data.replace(/\d+/g, '0');
          if (sound.has(skeleton)) continue;
          const fault = yamlFault(data);
          if (fault === undefined) {
            sound.add(skeleton);
            continue;
          }
          const message = `'userData' must be YAML behind '#cloud-config', got ${fault}; cloud-init does nothing of it`;
          note(machine.from, field, message);
        }
      }
    },
  },
];

/** What cloud-init is given in a volume, and where it stands. */
interface Seed {
  readonly data: string;
  readonly field: string;
}

const SEED_TYPES = ['cloudInitNoCloud', 'cloudInitConfigDrive'];

/** The data of cloud-init that stands in a machine itself. */
function* seeds(machine: Machine, key: 'userData' | 'networkData'): Generator<Seed> {
  for (const [index, volume] of objectsAt(machine.guest, 'volumes').entries()) {
    for (const type of SEED_TYPES) {
      const data = textAt(volume, type, key);
      if (data !== '') yield { data, field: guestField(machine, `volumes[${index}].${type}.${key}`) };
    }
  }
}

/** What a text of YAML says; undefined if it is none. */
function parsed(text: string): unknown {
  try {
    return yaml().load(text);
  } catch {
    return undefined;
  }
}

/** The line at which a text stops being YAML, without a value of it; undefined if it is YAML. */
function yamlFault(text: string): string | undefined {
  const { load, YAMLException } = yaml();
  try {
    load(text);
    return undefined;
  } catch (thrown) {
    const mark = thrown instanceof YAMLException ? thrown.mark : undefined;
    return mark && `a text that is not, from its line ${mark.line + 1} on`;
  }
}

/** Loaded when there is something to read. */
function yaml(): typeof JsYaml {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  return require('js-yaml') as typeof JsYaml;
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? '';
}

/** Keys that cloud-init knows, and hardly anything else. */
const CLOUD_CONFIG: ReadonlySet<string> = new Set([
  ...['users', 'ssh_authorized_keys', 'ssh_pwauth', 'chpasswd', 'runcmd', 'bootcmd', 'write_files', 'packages'],
  ...[
    'package_update',
    'package_upgrade',
    'disable_root',
    'growpart',
    'fqdn',
    'manage_etc_hosts',
    'cloud_final_modules',
  ],
]);

function looksLikeCloudConfig(value: unknown): boolean {
  return isObject(value) && Object.keys(value).some((key) => CLOUD_CONFIG.has(key));
}

/** The MAC addresses that network data of version 1 or 2 looks for, as they are written. */
function macsIn(value: unknown): string[] {
  const data = objectAt(value, 'network') ?? (isObject(value) ? value : undefined);
  const first = objectsAt(data, 'config').flatMap((one) => (one.type === 'physical' ? textAt(one, 'mac_address') : []));
  const second = Object.values(objectAt(data, 'ethernets') ?? {}).map((one) => textAt(one, 'match', 'macaddress'));
  return [...new Set([...first, ...second])].filter((mac) => MAC.test(mac));
}

const MAC = /^[\da-f]{2}([:-][\da-f]{2}){5}$/i;

function interfaceMacs(guest: Json): Set<string> {
  const interfaces = objectsAt(guest, 'domain', 'devices', 'interfaces');
  return new Set(interfaces.map((one) => plainMac(textAt(one, 'macAddress'))));
}

function plainMac(mac: string): string {
  return mac.toLowerCase().replaceAll('-', ':');
}
