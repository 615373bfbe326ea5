import { Json } from '../rule';
import { machineWith } from '../testing/example-machine';
import { diff } from '.';

const blank = { source: { blank: {} }, storage: { resources: { requests: { storage: '1Gi' } } } };
const disk: Json = {
  apiVersion: 'cdi.kubevirt.io/v1beta1',
  kind: 'DataVolume',
  metadata: { name: 'p', namespace: 'default' },
  spec: blank,
};
const vm = (name: string): Json =>
  machineWith({
    'metadata.name': name,
    'spec.dataVolumeTemplates': [{ metadata: { name: 'p' }, spec: blank }],
    'T.volumes': [{ name: 'root', dataVolume: { name: 'p' } }],
  });

/** What is said of the machine: its consequences and their fields. */
function said(old: readonly Json[], next: readonly Json[]): unknown {
  return diff(old, next)
    .changes.filter(({ object, consequence }) => object.kind === 'VirtualMachine' && consequence !== 'removed')
    .map(({ consequence, field }) => [consequence, field]);
}

describe('a new machine with a template', () => {
  test('takes the disk over that stands alone', () => {
    expect(said([disk], [disk, vm('web')])).toEqual([
      ['adopted', 'spec.dataVolumeTemplates[0]'],
      ['created', ''],
    ]);
  });

  test('has a disk of its own where none stands', () => expect(said([], [vm('web')])).toEqual([['created', '']]));

  test('that had another name takes nothing over: the disk is that of the old machine', () => {
    expect(said([disk, vm('web')], [disk, vm('www')])).toEqual([['new-disk', '']]);
  });
});
