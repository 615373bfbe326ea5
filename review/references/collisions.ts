import { isDeepStrictEqual } from 'node:util';
import { claimSpecs } from '../cluster/claim-request';
import { factsOf } from '../cluster/cluster';
import { keyOf, nameKey, nameOf, titleOf } from '../cluster/identity';
import { Severity } from '../finding';
import { objectsAt, textAt } from '../manifests/json';
import { Reviewed } from '../manifests/manifest';
import { NoteOn, ReviewedSet, SetRule } from './rule';

/** Rules that one thing does not stand twice. */
export const COLLISION_RULES: readonly SetRule[] = [
  {
    id: 'object-once',
    source: 'what is applied together: the last one wins',
    severity: Severity.WARNING,
    check: ({ objects }, note) => {
      const first = new Map<string, Reviewed>();
      for (const reviewed of objects) {
        if (nameOf(reviewed) === '') continue;
        const key = `${reviewed.origin.step ?? reviewed.origin.file ?? ''}\0${keyOf(reviewed)}`;
        const before = first.get(key);
        if (before === undefined) first.set(key, reviewed);
        else if (!isDeepStrictEqual(before.object, reviewed.object)) {
          const message = `'name' must be of one object in what is applied together, got ${titleOf(reviewed)} with two contents`;
          note(reviewed, 'metadata.name', message, 'put the change into a later step');
        }
      }
    },
  },
  {
    id: 'data-volume-template-or-standalone',
    source: 'KubeVirt v1.6.2, pkg/virt-controller/watch/vm/vm.go:handleDataVolumes',
    severity: Severity.WARNING,
    check: (set, note) => {
      const alone = new Set(factsOf(set).dataVolumes.map((reviewed) => nameKey(reviewed, nameOf(reviewed))));
      eachTemplate(set, (machine, name, field) => {
        if (!alone.has(nameKey(machine, name))) return;
        const message = `'name' must be of a template or of a DataVolume among the manifests, got ${JSON.stringify(name)} of both`;
        note(machine, field, message, 'leave out one of them: the volume names the other');
      });
    },
  },
  {
    id: 'data-volume-template-of-one-machine',
    source: 'KubeVirt v1.6.2, pkg/virt-controller/watch/vm/vm.go:handleDataVolumes',
    severity: Severity.WARNING,
    check: (set, note) => {
      const taken = holders(note, 'name');
      eachTemplate(set, (machine, name, field) => taken(machine, nameKey(machine, name), name, field));
    },
  },
  machineRule('firmware-uuid-of-one-machine', (machine, taken) => {
    const uuid = textAt(machine.object, ...DOMAIN, 'firmware', 'uuid');
    taken(machine, uuid.toLowerCase(), uuid, `${DOMAIN.join('.')}.firmware.uuid`);
  }),
  machineRule('firmware-serial-of-one-machine', (machine, taken) => {
    const serial = textAt(machine.object, ...DOMAIN, 'firmware', 'serial');
    taken(machine, serial, serial, `${DOMAIN.join('.')}.firmware.serial`);
  }),
  machineRule('mac-address-of-one-machine', (machine, taken) => {
    for (const [index, face] of objectsAt(machine.object, ...DOMAIN, 'devices', 'interfaces').entries()) {
      const mac = textAt(face, 'macAddress');
      const field = `${DOMAIN.join('.')}.devices.interfaces[${index}].macAddress`;
      taken(machine, mac.toLowerCase().replace(/[^\da-f]/g, ''), mac, field);
    }
  }),
  {
    id: 'disk-of-one-machine',
    source: 'Kubernetes, access mode ReadWriteOnce: one node at a time',
    severity: Severity.WARNING,
    check: (set, note) => {
      const single = singleClaims(set);
      if (single.size === 0) return;
      const taken = holders(note, 'name', 'a ReadWriteOnce disk');
      for (const machine of factsOf(set).machines) {
        for (const [index, volume] of objectsAt(machine.object, ...SPEC, 'volumes').entries()) {
          for (const path of CLAIM_PATHS) {
            const name = textAt(volume, ...path);
            const key = nameKey(machine, name);
            if (name === '' || !single.has(key)) continue;
            taken(machine, key, name, `${SPEC.join('.')}.volumes[${index}].${path.join('.')}`);
          }
        }
      }
    },
  },
];

const SPEC = ['spec', 'template', 'spec'] as const;
const DOMAIN = [...SPEC, 'domain'] as const;
const CLAIM_PATHS = [
  ['persistentVolumeClaim', 'claimName'],
  ['dataVolume', 'name'],
] as const;
const SINGLE_MODES: ReadonlySet<unknown> = new Set(['ReadWriteOnce', 'ReadWriteOncePod']);

/** Notes that a machine holds what another one holds; nothing is held by an empty key. */
type Taken = (machine: Reviewed, key: string, value: string, field: string) => void;

/** A machine that stands twice, changed by a later step, is still one. */
function holders(note: NoteOn, property: string, what = 'one'): Taken {
  const first = new Map<string, Reviewed>();
  return (machine, key, value, field) => {
    if (key === '') return;
    const holder = first.get(key);
    if (holder === undefined) first.set(key, machine);
    else if (keyOf(holder) !== keyOf(machine) || nameOf(machine) === '') {
      const name = field.split('.').at(-1) ?? property;
      note(
        machine,
        field,
        `'${name}' must be ${what} that no other machine has, got ${JSON.stringify(value)} of ${titleOf(holder)}`,
      );
    }
  };
}

function machineRule(id: string, check: (machine: Reviewed, taken: Taken) => void): SetRule {
  return {
    id,
    source: 'accepted by every webhook: two machines that say they are one',
    severity: Severity.WARNING,
    check: (set, note) => {
      const taken = holders(note, id);
      for (const machine of factsOf(set).machines) check(machine, taken);
    },
  };
}

/** Claims that one node at a time may use, by namespace and name. */
function singleClaims(set: ReviewedSet): Set<string> {
  const single = claimSpecs(set).filter(
    ({ accessModes }) => accessModes.length > 0 && accessModes.every((mode) => SINGLE_MODES.has(mode)),
  );
  return new Set(single.map(({ key }) => key));
}

function eachTemplate(set: ReviewedSet, visit: (machine: Reviewed, name: string, field: string) => void): void {
  for (const machine of factsOf(set).machines) {
    for (const [index, template] of objectsAt(machine.object, 'spec', 'dataVolumeTemplates').entries()) {
      const name = textAt(template, 'metadata', 'name');
      if (name !== '') visit(machine, name, `spec.dataVolumeTemplates[${index}].metadata.name`);
    }
  }
}
