import { childIn, has, listIn, textIn } from '../../manifests/json';
import { Json, Note, Rule } from '../../rule';
import { isDnsLabel, isDnsSubdomain } from '../shared/formats';
import { EVERY_HOLDER } from '../shared/holders';
import { topic } from '../shared/topic';
import { listGate, must, needsGate, show } from '../shared/wording';
import { claimed, claimNames, hasClaim, hasName, pairOf } from './claimed-devices';
import { cite, DEVICES, gated, Machine, MachineCheck, TEMPLATE } from './machine';

const CLAIMS = `${TEMPLATE}.resourceClaims`;
const ADMITTER = 'pkg/dra/admitter/dra_admitter.go';
const LISTED = cite(ADMITTER, 'validateResourceClaims');
const DEVICE = cite(ADMITTER, 'validateDRADevices');
const KEYS = ['resourceClaimName', 'resourceClaimTemplateName'] as const;

/** The lists of devices, and the gate of each. */
const LISTS = [
  { list: 'gpus', gate: 'GPUsWithDRA', what: 'GPU' },
  { list: 'hostDevices', gate: 'HostDevicesWithDRA', what: 'host device' },
] as const;

/** From this release on host devices are asked of claims, and pairs of names are looked at. */
const DEVICES_SINCE = 'v1.8.4';
/** From this release on the list of claims is looked at as a whole. */
const CLAIMS_SINCE = 'v1.9.0';

/** The resource claims of a machine, and the devices that are asked of them. */
export const RESOURCE_CLAIM_RULES: readonly Rule<Machine>[] = topic<Machine>(
  { kinds: EVERY_HOLDER, about: ['resourceClaims', 'resourceClaim', 'hostDevices', 'gpus'] },
  [
    {
      id: 'resource-claim-name',
      since: CLAIMS_SINCE,
      sentence: 'A resource claim has a name, which is an RFC 1123 label.',
      source: LISTED,
      check: eachClaim((claim, path, note) => {
        const name = textIn(claim, 'name');
        if (!isDnsLabel(name)) note(`${path}.name`, must('name', 'be an RFC 1123 label', claim.name));
      }),
    },
    {
      id: 'resource-claim-source-single',
      since: CLAIMS_SINCE,
      sentence: 'A resource claim names a ResourceClaim or the template of one.',
      source: LISTED,
      check: eachClaim((claim, path, note) => {
        const given = KEYS.filter((key) => has(claim, key));
        if (given.length === 1) return;
        const got = given.length === 0 ? 'none' : 'both';
        note(path, `a resource claim must have one of 'resourceClaimName' and 'resourceClaimTemplateName', got ${got}`);
      }),
    },
    {
      id: 'resource-claim-source-name',
      since: CLAIMS_SINCE,
      sentence: 'What a resource claim names is an RFC 1123 subdomain.',
      source: LISTED,
      check: eachClaim((claim, path, note) => {
        for (const key of KEYS) {
          if (!has(claim, key) || isDnsSubdomain(textIn(claim, key))) continue;
          note(`${path}.${key}`, must(key, 'be an RFC 1123 subdomain', claim[key]));
        }
      }),
    },
    {
      id: 'gpu-claim-mixed',
      since: DEVICES_SINCE,
      sentence: 'The GPUs of a machine are all named, or all of resource claims.',
      source: DEVICE,
      check: ({ devices }, note) => {
        const gpus = listIn(devices, 'gpus');
        const own = claimed(devices, 'gpus');
        if (own.length === 0 || own.length === gpus.length) return;
        note(`${DEVICES}.gpus`, `'gpus' must all have 'deviceName', or all a claim, got both`);
      },
    },
    {
      id: 'host-device-given',
      since: DEVICES_SINCE,
      sentence: 'A host device names a device or a claim.',
      source: DEVICE,
      check: ({ devices }, note) => {
        const list = listIn(devices, 'hostDevices');
        const index = list.findIndex((device) => !hasName(device) && !hasClaim(device));
        if (index < 0) return;
        const message = must('deviceName', 'be given, or a claim', list[index]?.deviceName);
        note(`${DEVICES}.hostDevices[${index}]`, message, undefined, `${DEVICES}.hostDevices`);
      },
    },
    {
      id: 'host-device-exclusive',
      since: DEVICES_SINCE,
      sentence: 'A host device names a device or a claim, not both.',
      source: DEVICE,
      check: ({ devices }, note) => {
        for (const [index, device] of listIn(devices, 'hostDevices').entries()) {
          if (!hasName(device) || !hasClaim(device)) continue;
          const message = must('deviceName', 'stand without a claim', device.deviceName);
          note(`${DEVICES}.hostDevices[${index}].deviceName`, message, undefined, `${DEVICES}.hostDevices`);
        }
      },
    },
    {
      id: 'host-device-claim-gate',
      since: DEVICES_SINCE,
      sentence: 'A host device of a resource claim is used while its feature gate is on.',
      source: DEVICE,
      check: (machine, note) => {
        const gate = 'HostDevicesWithDRA';
        if (claimed(machine.devices, 'hostDevices').length === 0 || gated(machine, gate)) return;
        note(`${DEVICES}.hostDevices`, needsGate('hostDevices.claimName', gate), listGate(gate));
      },
    },
    {
      id: 'device-claim-complete',
      since: DEVICES_SINCE,
      sentence: 'A device of a resource claim names the claim and the request.',
      source: DEVICE,
      check: eachClaimedDevice((device, path, note, what) => {
        for (const key of ['claimName', 'requestName']) {
          if (textIn(device, key) === '') note(`${path}.${key}`, must(key, `be given for a ${what}`, device[key]));
        }
      }),
    },
    {
      id: 'host-device-claim-listed',
      since: DEVICES_SINCE,
      sentence: 'The claim of a host device is listed among the resource claims.',
      source: cite(ADMITTER, 'validateCreationDRA'),
      check: (machine, note) => {
        if (!gated(machine, 'HostDevicesWithDRA')) return;
        const listed = claimNames(machine);
        const missing = claimed(machine.devices, 'hostDevices').find(
          (device) => pairOf(device) !== '' && !listed.has(textIn(device, 'claimName')),
        );
        if (missing === undefined) return;
        note(CLAIMS, must('claimName', "be listed in 'resourceClaims'", missing.claimName));
      },
    },
    {
      id: 'device-claim-unique',
      since: DEVICES_SINCE,
      sentence: 'No two devices or networks are of one request of one claim.',
      source: DEVICE,
      check: (machine, note) => {
        const seen = new Set<string>();
        const check = (named: Json | undefined, path: string): void => {
          const pair = pairOf(named);
          if (pair === '') return;
          if (seen.has(pair)) note(path, must('requestName', 'be asked for once', pair));
          seen.add(pair);
        };
        for (const { list, gate } of LISTS) {
          if (!gated(machine, gate)) continue;
          listIn(machine.devices, list).forEach((device, index) => {
            if (!hasName(device)) check(device, `${DEVICES}.${list}[${index}]`);
          });
        }
        if (!gated(machine, 'NetworkDevicesWithDRA')) return;
        machine.networks.forEach((network, index) =>
          check(childIn(network, 'resourceClaim'), `${TEMPLATE}.networks[${index}]`),
        );
      },
    },
  ],
);

function eachClaim(check: (claim: Json, path: string, note: Note) => void): MachineCheck {
  return ({ template }, note) =>
    listIn(template, 'resourceClaims').forEach((claim, index) => check(claim, `${CLAIMS}[${index}]`, note));
}

/** Each device of a claim in a list whose gate is on. */
function eachClaimedDevice(check: (device: Json, path: string, note: Note, what: string) => void): MachineCheck {
  return (machine, note) => {
    for (const { list, gate, what } of LISTS) {
      if (!gated(machine, gate)) continue;
      const all = listIn(machine.devices, list);
      const own = claimed(machine.devices, list);
      // Mixed GPUs are refused before.
      if (list === 'gpus' && own.length < all.length) continue;
      all.forEach((device, index) => {
        if (own.includes(device)) check(device, `${DEVICES}.${list}[${index}]`, note, `${what} ${show(device.name)}`);
      });
    }
  };
}
