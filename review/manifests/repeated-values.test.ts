import { Json } from '../rule';
import { valueAt } from './json';
import { JsonParts } from './json-parts';
import { parseManifests } from './parser';
import { readPlain, readPlainFile } from './plain-yaml';
import { RepeatedValues } from './repeated-values';

const claim = (name: string, size = '50Gi'): string => `apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  labels:
    team: storage
  name: ${name}
spec:
  accessModes:
    - ReadWriteMany
  resources:
    requests:
      storage: ${size}
`;

const machine = (name: string, size = '2Gi'): string => `apiVersion: kubevirt.io/v1
kind: VirtualMachine
metadata:
  name: ${name}
spec:
  template:
    spec:
      domain:
        devices:
          disks:
            - disk:
                bus: virtio
              name: ${name}
          interfaces:
            - masquerade: {}
              name: default
        memory:
          guest: ${size}
      networks:
        - name: default
          pod: {}
      volumes:
        - name: ${name}
          cloudInitNoCloud:
            userData: "${'#'.repeat(600)}"
`;

/** The objects of a text, read with what the texts before it said. */
function read(repeated: RepeatedValues, ...texts: readonly string[]): (Json | undefined)[] {
  return texts.map((text) => readPlain(text, undefined, repeated));
}

describe('RepeatedValues', () => {
  test('keep once what two objects say, and what a third says after them', () => {
    const [, second, third, other] = read(new RepeatedValues(), claim('a'), claim('b'), claim('c'), claim('d', '60Gi'));
    expect(third).toEqual({
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { labels: { team: 'storage' }, name: 'c' },
      spec: { accessModes: ['ReadWriteMany'], resources: { requests: { storage: '50Gi' } } },
    });
    expect(valueAt(third, 'spec')).toBe(valueAt(second, 'spec'));
    expect(valueAt(third, 'metadata', 'labels')).toBe(valueAt(second, 'metadata', 'labels'));
    expect(valueAt(third, 'metadata')).not.toBe(valueAt(second, 'metadata'));
    expect(valueAt(other, 'spec', 'resources', 'requests', 'storage')).toBe('60Gi');
    expect(valueAt(other, 'metadata', 'labels')).toBe(valueAt(third, 'metadata', 'labels'));
  });

  test('keep apart what has one hash: Aa and BB have', () => {
    const labelled = (team: string): string => claim('a').replace('team: storage', `team: ${team}`);
    const objects = read(new RepeatedValues(), labelled('Aa'), labelled('Aa'), labelled('BB'), labelled('Aa'));
    expect(objects.map((object) => valueAt(object, 'metadata', 'labels', 'team'))).toEqual(['Aa', 'Aa', 'BB', 'Aa']);
    expect(valueAt(objects[3], 'metadata', 'labels')).toBe(valueAt(objects[1], 'metadata', 'labels'));
  });

  test('keep what has 512 characters of JSON, and nothing longer', () => {
    // {"team":"…"} has eleven characters more than its value.
    const labelled = (length: number): string => claim('a').replace('storage\n', `${'x'.repeat(length - 11)}\n`);
    const isKept = (length: number): boolean => {
      const [, second, third] = read(new RepeatedValues(), labelled(length), labelled(length), labelled(length));
      return valueAt(third, 'metadata', 'labels') === valueAt(second, 'metadata', 'labels');
    };
    expect([isKept(512), isKept(513)]).toEqual([true, false]);
  });

  test.each([
    ['{"a":1}', false],
    ['{"a":12}', true],
  ])('keep what has eight characters at least: %s is kept: %s', (json, isKept) => {
    const [repeated, bytes] = [new RepeatedValues(), Buffer.from(`[1,${json}]`)];
    const meet = () => repeated.valueOf(bytes, 3, bytes.length - 1);
    expect([meet(), meet() !== undefined]).toEqual([undefined, isKept]);
  });

  test('keep 2,000 at most', () => {
    const repeated = new RepeatedValues();
    const meet = (number: number): object | undefined => {
      const json = Buffer.from(JSON.stringify({ number: `n${number}` }));
      return repeated.valueOf(json, 0, json.length);
    };
    const second = Array.from({ length: 2001 }, (_, number) => [meet(number), meet(number)][1]);
    expect(second.slice(-2)).toEqual([{ number: 'n1999' }, undefined]);
    expect(meet(0)).toBe(second[0]);
  });

  test('keep parts of a machine, whose spec is its own', () => {
    const [, second, third] = read(new RepeatedValues(), machine('a'), machine('b'), machine('c', '4Gi'));
    const [one, other] = [second, third].map((vm) => valueAt(vm, 'spec', 'template', 'spec'));
    expect(valueAt(other, 'networks')).toBe(valueAt(one, 'networks'));
    const interfaces = ['domain', 'devices', 'interfaces'];
    expect(valueAt(other, ...interfaces)).toBe(valueAt(one, ...interfaces));
    expect(valueAt(other, 'domain', 'memory')).toEqual({ guest: '4Gi' });
    expect(third).toEqual(readPlain(machine('c', '4Gi')));
    expect(JSON.stringify(third)).toBe(JSON.stringify(readPlain(machine('c', '4Gi'))));
  });

  test('keep those of the documents of a file, each in its own', () => {
    const repeated = new RepeatedValues();
    const file = ['a', 'b', 'c'].map((name) => claim(name)).join('---\n');
    const { objects } = readPlainFile(Buffer.from(file), undefined, repeated)!;
    expect(objects).toEqual(['a', 'b', 'c'].map((name) => readPlain(claim(name))));
    expect(valueAt(objects[2], 'spec')).toBe(valueAt(objects[1], 'spec'));
    expect(valueAt(objects[1], 'spec')).not.toBe(valueAt(objects[0], 'spec'));
  });

  test('are not used of a text whose JSON is handed on', () => {
    const repeated = new RepeatedValues();
    read(repeated, claim('a'), claim('b'));
    const parts = new JsonParts();
    readPlain(claim('c'), parts, repeated);
    readPlainFile(Buffer.from(claim('d')), parts, repeated);
    const names = (JSON.parse(Buffer.from(parts.list()).toString()) as Json[]).map((object) =>
      valueAt(object, 'spec', 'resources', 'requests'),
    );
    expect(names).toEqual([{ storage: '50Gi' }, { storage: '50Gi' }]);
  });

  test('hold nothing with other letters than those of ASCII', () => {
    const labelled = (name: string): string => claim(name).replace('storage\n', 'Z\u00fcrich\n');
    const [, second, third] = read(new RepeatedValues(), labelled('a'), labelled('b'), labelled('c'));
    expect(valueAt(third, 'metadata', 'labels')).toEqual({ team: 'Z\u00fcrich' });
    expect(valueAt(third, 'metadata', 'labels')).not.toBe(valueAt(second, 'metadata', 'labels'));
  });

  test('are not used unless they are asked for: whoever reads by a program may change what he reads', () => {
    const objects = ['a', 'b', 'c'].map((name) => parseManifests('f', Buffer.from(claim(name))).manifests[0]!.object);
    expect(valueAt(objects[2], 'spec')).toEqual(valueAt(objects[1], 'spec'));
    expect(valueAt(objects[2], 'spec')).not.toBe(valueAt(objects[1], 'spec'));
  });
});
