import { inventory } from '../inventory';
import { parseManifests } from '../manifests/program-input';
import { machine, said, stream } from '../testing/outcome-lines';

const VDDK = '{ vddk: { backingFile: "[d] a.vmdk", url: "https://v.example", uuid: u, thumbprint: t, secretRef: s } }';
const staged = (more: string, source = VDDK) => `
apiVersion: cdi.kubevirt.io/v1beta1
kind: DataVolume
metadata: { name: root, namespace: lab }
spec: { source: ${source}, ${more} pvc: { accessModes: [ReadWriteMany], volumeMode: Block, storageClassName: f, resources: { requests: { storage: 10Gi } } } }
`;
const FIRST = 'checkpoints: [{ previous: "", current: snap-1 }],';
const LAST = 'checkpoints: [{ previous: "", current: snap-1 }, { previous: snap-1, current: snap-2 }],';
const vm = machine('web', { disks: { root: 'root' } });
const WARNED =
  "warning spec.finalCheckpoint import-final-checkpoint: 'finalCheckpoint' must be true for the import to end; CDI pauses the DataVolume after the checkpoints that it lists, and a machine that uses it waits; add the last checkpoint, with 'finalCheckpoint: true'";

describe('an import in stages', () => {
  test.each<[string, string[], string, string]>([
    ['waits without its last checkpoint', [WARNED], 'waits', staged(FIRST)],
    ['waits where that is said', [WARNED], 'waits', staged(`${FIRST} finalCheckpoint: false,`)],
    ['ends with it', [], 'unknown', staged(`${LAST} finalCheckpoint: true,`)],
    [
      'ends with it once a later state has it',
      [],
      'unknown',
      stream(staged(FIRST), staged(`${LAST} finalCheckpoint: true,`)),
    ],
    ['waits once in two states', [WARNED], 'waits', stream(staged(FIRST), staged(LAST))],
    ['is none without checkpoints', [], 'unknown', staged('checkpoints: [],')],
    ['is none of another source', [], 'unknown', staged(FIRST, '{ http: { url: "https://x.example/a" } }')],
  ])('%s', (_title, findings, becomes, text) => {
    const all = stream(text, vm);
    expect(said(all, ['import-final-checkpoint'])).toEqual(findings);
    const { disks, vms } = inventory(parseManifests(all));
    expect([disks, vms]).toMatchObject([[{ claim: 'root', becomes }], [{ vm: 'web', becomes }]]);
  });

  test('waits as the disk template of a machine', () => {
    const template = `dataVolumeTemplates: [{ metadata: { name: root }, spec: { source: ${VDDK}, ${FIRST} storage: { resources: { requests: { storage: 1Gi } } } } }]`;
    expect(said(machine('web', { disks: { root: 'root' }, spec: template }), ['import-final-checkpoint'])).toEqual([
      WARNED.replace('spec.finalCheckpoint', 'spec.dataVolumeTemplates[0].spec.finalCheckpoint'),
    ]);
  });
});
