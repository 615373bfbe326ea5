import { editsBetween } from '../../constructs/shared/likeness';
import { guestField } from '../cluster/machine';
import { Severity } from '../finding';
import { childIn, isObject, textIn } from '../manifests/json';
import { isCloudConfig, parsed } from './cloud-config';
import { OutcomeRule } from './rule';
import { seedsOf } from './seeds';

/** The rule that a time zone is one that there is. */
export const TIME_ZONE_RULE: OutcomeRule = {
  id: 'time-zone-known',
  sentence: 'A time zone has a name of the time zone database of IANA.',
  source:
    'libvirt, src/qemu/qemu_command.c (qemuBuildClockCommandLine: TZ); cloud-init, cloudinit/distros/__init__.py (_find_tz_file)',
  severity: Severity.WARNING,
  check: (cluster, note) => {
    const known = new Map<string, Fault | undefined>();
    const faultOf = (zone: string): Fault | undefined => {
      if (!known.has(zone)) known.set(zone, zoneFault(zone));
      return known.get(zone);
    };
    for (const machine of cluster.sampleMachines) {
      const zone = textIn(childIn(childIn(machine.guest, 'domain'), 'clock'), 'timezone');
      const fault = zone === '' ? undefined : faultOf(zone);
      if (fault === undefined) continue;
      const message = `'timezone' must be ${fault.must}, got ${JSON.stringify(zone)}; the clock of the guest is that of UTC`;
      note(machine.from, guestField(machine, 'domain.clock.timezone'), message, fault.remedy);
    }
    for (const seed of seedsOf(cluster, 'userData')) {
      const { data, from, word } = seed;
      if (!KEY.test(data) || !isCloudConfig(data)) continue;
      const config = parsed(data);
      const zone = isObject(config) ? textIn(config, 'timezone') : '';
      const fault = zone === '' ? undefined : faultOf(zone);
      if (fault === undefined) continue;
      const message = `'${word}' must name as 'timezone' ${fault.must}; cloud-init leaves the time zone of the guest as it is`;
      note(from, seed.field, message, fault.remedy);
    }
  },
};

const KEY = /^["']?timezone["']?\s*:/m;

interface Fault {
  readonly must: string;
  readonly remedy?: string;
}

/** Names of files that the database has beside zones. */
const FILES: ReadonlySet<string> = new Set(['localtime', 'posixrules', 'Factory']);

/**
 * Why there is no such zone. A name of an area and a place may be newer than what is known here: it is a fault only where
 * it is nearly one that there is.
 */
function zoneFault(given: string): Fault | undefined {
  const zone = given.replace(/^:?(posix|right)\//, '');
  if (FILES.has(zone) || zone.startsWith('/') || /[{$<]/.test(zone)) return undefined;
  const names = Intl.supportedValuesOf('timeZone');
  const lower = zone.toLowerCase();
  const same = names.find((name) => name.toLowerCase() === lower);
  if (same !== undefined)
    return same === zone ? undefined : { must: 'a time zone as it is written', remedy: `write '${same}'` };
  if (isZone(zone)) return undefined;
  const near = names.filter((name) => editsBetween(lower, name.toLowerCase(), MOST_EDITS) <= MOST_EDITS);
  const remedy = near[0] === undefined ? "write one such as 'Europe/Zurich'" : `write '${near[0]}'`;
  if (near.length === 0 && zone.includes('/') && !/\s/.test(zone)) return undefined;
  return { must: 'a time zone of the database of IANA', remedy };
}

const MOST_EDITS = 2;

function isZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
