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
      "new VirtualMachineRestore(this, 'it', { snapshot: VirtualMachineSnapshot.fromName('monday'), vm: VirtualMachine.fromName('web') });",
    );
  });
});

describe('what is restored otherwise', () => {
  const restore = (overrides: string): ReturnType<typeof imported> =>
    imported(
      object(
        'snapshot.kubevirt.io/v1beta1',
        'VirtualMachineRestore',
        `{ virtualMachineSnapshotName: monday, target: { apiGroup: kubevirt.io, kind: VirtualMachine, name: web }, volumeRestoreOverrides: ${overrides} }`,
      ),
    );

  test('is said in typed words', () => {
    const { code, count } = restore('[{ volumeName: root, restoreName: new-root, labels: { a: b } }]');
    expect(code).toContain(
      "volumeRestoreOverrides: [{ volumeName: 'root', restoreName: 'new-root', labels: { a: 'b' } }]",
    );
    expect(count).toMatchObject({ typed: 1 });
  });

  test('is left to overrides where it is not an object', () => {
    const { code, count } = restore('[x]');
    expect(code).toContain("overrides: { spec: { volumeRestoreOverrides: ['x'] } }");
    expect(count).toMatchObject({ constructs: 1, overridden: 1 });
  });
});

test.each([
  ['VirtualMachine', 'kubevirt.io', "VmCloneSource.vm(VirtualMachine.fromName('a'))"],
  ['VirtualMachineSnapshot', 'snapshot.kubevirt.io', "VmCloneSource.snapshot(VirtualMachineSnapshot.fromName('a'))"],
])('a clone of a %s is said in typed words', (kind, apiGroup, source) => {
  const { code, count } = imported(
    object(
      'clone.kubevirt.io/v1beta1',
      'VirtualMachineClone',
      `{ source: { apiGroup: ${apiGroup}, kind: ${kind}, name: a } }`,
    ),
  );
  expect(code).toBe(`new VirtualMachineClone(this, 'it', { source: ${source} });`);
  expect(count).toMatchObject({ typed: 1 });
});

test.each([
  [
    '""',
    'PersistentVolumeClaim',
    "new VirtualMachineExport(this, 'it', { source: VmExportSource.claim(Disk.fromClaimName('a')) });",
  ],
  ['apps', 'PersistentVolumeClaim', undefined],
  ['""', 'ConfigMap', undefined],
  [
    'kubevirt.io',
    'VirtualMachine',
    "new VirtualMachineExport(this, 'it', { source: VmExportSource.vm(VirtualMachine.fromName('a')) });",
  ],
])('an export of the group %s and the kind %s is typed where that can be exported', (group, kind, code) => {
  const one = imported(
    object(
      'export.kubevirt.io/v1',
      'VirtualMachineExport',
      `{ source: { apiGroup: ${group}, kind: ${kind}, name: a } }`,
    ),
  );
  if (code === undefined) expect(one.count).toMatchObject({ constructs: 0, generated: 1 });
  else expect(one.code).toBe(code);
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
