import { imported } from '../testing/run';

const object = (group: string, kind: string, spec: string, name = 'it'): string => `---
apiVersion: ${group}
kind: ${kind}
metadata: { name: ${name} }
spec: ${spec}
`;

describe('a snapshot of a VM', () => {
  const snapshot = (source: string): string =>
    object('snapshot.kubevirt.io/v1beta1', 'VirtualMachineSnapshot', `{ source: ${source} }`);

  test('names a VM by its kind and its group', () => {
    const { code, count } = imported(snapshot('{ apiGroup: kubevirt.io, kind: VirtualMachine, name: web }'));
    expect(code).toBe("new VirtualMachineSnapshot(this, 'it', { vm: VirtualMachine.fromName('web') });");
    expect(count).toMatchObject({ constructs: 1, typed: 1 });
  });

  test.each([
    '{ apiGroup: apps, kind: VirtualMachine, name: web }',
    '{ apiGroup: kubevirt.io, kind: VirtualMachineInstance, name: web }',
  ])('of %s is made by its generated class', (source) => {
    const { code, count } = imported(snapshot(source));
    expect(code).toContain("new snapshotApi.VirtualMachineSnapshot(this, 'it', {");
    expect(count).toMatchObject({ constructs: 0, generated: 1 });
  });
});

describe('a restore of a VM', () => {
  const vm = (name: string): string =>
    object(
      'kubevirt.io/v1',
      'VirtualMachine',
      '{ runStrategy: Halted, template: { spec: { domain: { devices: {}, memory: { guest: 1Gi } } } } }',
      name,
    );
  const snapshot = object(
    'snapshot.kubevirt.io/v1beta1',
    'VirtualMachineSnapshot',
    '{ source: { apiGroup: kubevirt.io, kind: VirtualMachine, name: web } }',
    'monday',
  );
  const restore = (target: string): string =>
    object(
      'snapshot.kubevirt.io/v1beta1',
      'VirtualMachineRestore',
      `{ virtualMachineSnapshotName: monday, target: { apiGroup: kubevirt.io, kind: VirtualMachine, name: ${target} } }`,
    );

  test.each([
    ['does not say the VM of its snapshot', 'web', "new VirtualMachineRestore(this, 'it', { snapshot: monday });"],
    ['says another VM', 'other', "new VirtualMachineRestore(this, 'it', { snapshot: monday, vm: other });"],
  ])('%s', (_title, target, statement) => {
    const { code, count } = imported(`${vm('web')}${vm('other')}${snapshot}${restore(target)}`);
    expect(code).toContain(statement);
    expect(count).toMatchObject({ objects: 4, typed: 4 });
  });

  test('says the VM where its snapshot stands elsewhere', () => {
    const { code } = imported(restore('web'));
    expect(code).toBe(
      "new VirtualMachineRestore(this, 'it', { snapshot: VirtualMachineSnapshot.fromName('monday'), vm: VirtualMachine.fromName('web'), });",
    );
  });
});

test.each([
  [{ op: 'remove', path: '/a' }, "JsonPatch.remove('/a')"],
  [{ op: 'move', from: '/a', path: '/b' }, "JsonPatch.move('/a', '/b')"],
  [{ op: 'copy', from: '/a', path: '/b' }, "JsonPatch.copy('/a', '/b')"],
  [{ op: 'add', path: '/a', value: 'b' }, "JsonPatch.add('/a', 'b')"],
  [{ op: 'replace', path: '/a', value: 'b' }, "JsonPatch.replace('/a', 'b')"],
])('the patch %j of a clone is said in typed words', (patch, code) => {
  const clone = imported(
    object(
      'clone.kubevirt.io/v1beta1',
      'VirtualMachineClone',
      `{ source: { apiGroup: kubevirt.io, kind: VirtualMachine, name: web }, patches: ['${JSON.stringify(patch)}'] }`,
    ),
  );
  expect(clone.code).toContain(`patches: [${code}]`);
  expect(clone.count).toMatchObject({ typed: 1 });
});

describe('a policy of migrations', () => {
  const policy = (stallDetector: string): string =>
    object(
      'migrations.kubevirt.io/v1alpha1',
      'MigrationPolicy',
      `{ selectors: { namespaceSelector: { a: b } }, experimental: { stallDetector: ${stallDetector} } }`,
    );

  test('says factors as numbers', () => {
    const { code, count } = imported(policy('{ ewmaAlpha: "0.25", searchLocalMinima: true }'));
    expect(code).toContain('stallDetector: { ewmaAlpha: 0.25, searchLocalMinima: true }');
    expect(count).toMatchObject({ typed: 1 });
  });

  test.each(['x', 0.25])('leaves the factor %j, which is no text of a number, to overrides', (factor) => {
    const { code, count } = imported(policy(`{ ewmaAlpha: ${factor} }`));
    expect(code).toContain(`ewmaAlpha: ${JSON.stringify(factor).replaceAll('"', "'")}`);
    expect(count).toMatchObject({ constructs: 1, typed: 0, overridden: 1 });
  });
});
