import { isDeepStrictEqual } from 'node:util';
import { isOfOneNode } from '../cluster/access-modes';
import { Cluster } from '../cluster/cluster';
import { groupOf, keyOf, kindNameOf, nameKey, nameOf, namespaceOf, titleOf } from '../cluster/identity';
import { claimUses, diskTemplateField, diskTemplates, guestField, Machine } from '../cluster/machine';
import { Places } from '../cluster/places';
import { Severity } from '../finding';
import { objectsAt, textAt } from '../manifests/json';
import { Reviewed } from '../manifests/manifest';
import { NoteOn, ReferenceRule } from './rule';

/** Rules that two objects do not claim to be the same, nor to own the same. */
export const COLLISION_RULES: readonly ReferenceRule[] = [
  {
    id: 'object-once',
    sentence: 'Each object stands among the manifests once.',
    source: 'what is applied together: the last one wins',
    severity: Severity.WARNING,
    check: ({ objects }, note) => {
      // By what many objects share, and then by place: a file may have a million.
      const firsts = new Map<string, Places<Reviewed>>();
      for (const reviewed of objects) {
        const name = nameOf(reviewed);
        if (name === '') continue;
        const { step, file = '' } = reviewed.origin;
        const shelf = `${step ?? file}\0${groupOf(reviewed)}\0${kindNameOf(reviewed)}`;
        const first = firsts.get(shelf) ?? new Places<Reviewed>();
        firsts.set(shelf, first);
        const namespace = namespaceOf(reviewed);
        const before = first.get(namespace, name);
        if (before === undefined) first.set(namespace, name, reviewed);
        else if (!isDeepStrictEqual(before.object, reviewed.object)) {
          const message = `'name' must be of one object in what is applied together, got ${titleOf(reviewed)} with two contents`;
          note(reviewed, 'metadata.name', message, 'put the change into a later step');
        }
      }
    },
  },
  {
    id: 'data-volume-template-or-standalone',
    sentence: 'A DataVolume is made by a machine or stands by itself, not both.',
    source: 'KubeVirt, pkg/virt-controller/watch/vm/vm.go:handleDataVolumes',
    severity: Severity.WARNING,
    check: (cluster, note) => {
      let alone: ReadonlySet<string> | undefined;
      const noteOnce = oncePerField(note);
      eachTemplate(cluster, (machine, name, field) => {
        alone ??= new Set(cluster.ofKind('DataVolume').map((reviewed) => nameKey(reviewed, nameOf(reviewed))));
        if (!alone.has(nameKey(machine.from, name))) return;
        const message = `'name' must be of a template or of a DataVolume among the manifests, got ${JSON.stringify(name)} of both`;
        noteOnce(machine.from, field, message, 'leave out one of them: the volume names the other');
      });
    },
  },
  {
    id: 'data-volume-template-of-one-machine',
    sentence: 'A DataVolume is made by one machine.',
    source: 'KubeVirt, pkg/virt-controller/watch/vm/vm.go:handleDataVolumes',
    severity: Severity.WARNING,
    check: (cluster, note) => {
      const taken = holders(oncePerField(note));
      eachTemplate(cluster, (machine, name, field) => taken(machine, nameKey(machine.from, name), name, field));
    },
  },
  machineRule('firmware-uuid-of-one-machine', 'A firmware UUID is that of one machine.', (machine, taken) => {
    const uuid = textAt(machine.guest, 'domain', 'firmware', 'uuid');
    taken(machine, uuid.toLowerCase(), uuid, 'domain.firmware.uuid');
  }),
  machineRule('firmware-serial-of-one-machine', 'A serial number is that of one machine.', (machine, taken) => {
    const serial = textAt(machine.guest, 'domain', 'firmware', 'serial');
    taken(machine, serial, serial, 'domain.firmware.serial');
  }),
  machineRule('mac-address-of-one-machine', 'A MAC address is that of one machine.', (machine, taken) => {
    for (const [index, face] of objectsAt(machine.guest, 'domain', 'devices', 'interfaces').entries()) {
      // Behind a masquerade nobody sees it.
      const mac = face.masquerade === undefined ? textAt(face, 'macAddress') : '';
      const key = mac.toLowerCase().replace(/[^\da-f]/g, '');
      taken(machine, key, mac, `domain.devices.interfaces[${index}].macAddress`);
    }
  }),
  {
    id: 'disk-of-one-machine',
    sentence: 'A disk is written by one machine.',
    source: 'Kubernetes, access mode ReadWriteOnce: one node at a time',
    severity: Severity.WARNING,
    check: (cluster, note) => {
      if (cluster.withSets.length === 0) return;
      const single = singleClaims(cluster);
      if (single.size === 0) return;
      const taken = holders(note, 'a ReadWriteOnce disk');
      for (const machine of cluster.withSets) {
        for (const use of claimUses(machine)) {
          const key = nameKey(machine.from, use.name);
          if (single.has(key)) taken(machine, key, use.name, use.field);
        }
      }
    },
  },
];

/** Notes that a machine holds what another one holds; an empty key is held by no machine. */
type Taken = (machine: Machine, key: string, value: string, field: string) => void;

/** A machine that stands twice, changed by a later step, is still one. */
function holders(note: NoteOn, what = 'one'): Taken {
  const first = new Map<string, Reviewed>();
  return ({ from }, key, value, field) => {
    if (key === '') return;
    const holder = first.get(key);
    if (holder === undefined) first.set(key, from);
    else if (keyOf(holder) !== keyOf(from) || nameOf(from) === '') {
      const name = field.split('.').at(-1);
      const got = `got ${JSON.stringify(value)} of ${titleOf(holder)}`;
      note(from, field, `'${name}' must be ${what} that no other machine has, ${got}`);
    }
  };
}

/** A rule about what one machine alone may have; fields are named as below the spec of the instance. */
function machineRule(id: string, sentence: string, check: (machine: Machine, taken: Taken) => void): ReferenceRule {
  return {
    id,
    sentence,
    source: 'accepted by every webhook: two machines that say they are one',
    severity: Severity.WARNING,
    check: (cluster, note) => {
      const held = holders(note);
      const taken: Taken = (machine, key, value, field) => {
        if (key === '') return;
        if ((machine.replicas ?? 1) < 2) held(machine, key, value, guestField(machine, field));
        else noteOfSet(machine, value, guestField(machine, field), note);
      };
      for (const machine of cluster.withSets) check(machine, taken);
    },
  };
}

/** What the template of a set says is said of each of its machines. */
function noteOfSet({ from, replicas }: Machine, value: string, field: string, note: NoteOn): void {
  const name = field.split('.').at(-1);
  const got = `got ${JSON.stringify(value)} of each of the ${replicas} machines of ${titleOf(from)}`;
  note(
    from,
    field,
    `'${name}' must be one that no other machine has, ${got}`,
    'leave it out: each machine then gets its own',
  );
}

/** Claims that one node at a time may use, by namespace and name. */
function singleClaims({ claimRequests }: Cluster): Set<string> {
  const single = claimRequests.filter(({ accessModes }) => isOfOneNode(accessModes));
  return new Set(single.map(({ key }) => key));
}

function eachTemplate(cluster: Cluster, visit: (machine: Machine, name: string, field: string) => void): void {
  for (const machine of cluster.withSets) {
    for (const [index, template] of diskTemplates(machine).entries()) {
      const name = textAt(template, 'metadata', 'name');
      const field = diskTemplateField(machine, index, 'metadata', 'name');
      if (name === '') continue;
      for (const its of namesInSet(machine, name)) visit(machine, its, field);
    }
  }
}

/** The template of a set stands for as many as it has machines: what is wrong with it is said once. */
function oncePerField(note: NoteOn): NoteOn {
  const said = new Map<Reviewed, Set<string>>();
  return (reviewed, field, ...rest) => {
    const fields = said.get(reviewed) ?? new Set();
    said.set(reviewed, fields);
    if (fields.has(field)) return;
    fields.add(field);
    note(reviewed, field, ...rest);
  };
}

/** As many machines of a set are looked at. */
const MOST_MEMBERS = 1000;

/** The names that the template of a set has in its machines: that of the first ends in `-0`. */
function namesInSet({ replicas = 1 }: Machine, first: string): string[] {
  if (replicas < 2) return [first];
  const stem = first.replace(/-0$/, '');
  return Array.from({ length: Math.min(replicas, MOST_MEMBERS) }, (_, index) => `${stem}-${index}`);
}
