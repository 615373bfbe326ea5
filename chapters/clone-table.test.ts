import { Chart, Testing } from 'cdk8s';
import { AccessMode, CloneStrategy, Disk, IDisk, VolumeMode } from 'cdk8s-kubevirt';
import { LAB_DISK } from './alpine';
import { askFor, CloneCase, outcomeOf, OTHER_CLASSES, SAME_CLASS } from './clone-table';
import { synthScenario } from './testing/scenario';

/** The disk of chapter 1.3. */
const source: IDisk = Disk.fromClaimName('alpine-boot', { namespace: 'sc27-alpine-c', ...LAB_DISK });

const { COPY, SNAPSHOT } = CloneStrategy;
const files = synthScenario();

/** The rows of a runbook's table, as cells. */
function rowsOf(chapter: string): string[][] {
  const rows = (files.get(`${chapter}/RUNBOOK.md`) ?? '').split('\n').filter((line) => line.startsWith('| '));
  return rows.slice(2).map((row) => row.split(' | ').map((cell) => cell.replace(/^\| | \|$/g, '').trim()));
}

/** What asking for a clone is refused with. */
function refusal(clone: CloneCase): string {
  const chart = new Chart(Testing.app(), 'step', { namespace: 'sc27-alpine-c' });
  try {
    askFor(chart, 'alpine-boot-clone', source, clone);
  } catch (error) {
    return (error as Error).message;
  }
  return '';
}

describe('the clones of chapters 1.4 and 1.5', () => {
  test.each([
    [SAME_CLASS, ['copy', 'snapshot', 'csi-clone']],
    [OTHER_CLASSES, ['copy', 'copy', 'never finishes', 'snapshot', 'never finishes', 'never finishes']],
  ])('do what the lab measured', (clones, outcomes) => {
    expect(clones.map((clone) => outcomeOf(source, clone).kind)).toEqual(outcomes);
    expect(clones.map((clone) => outcomeOf(source, clone).evidence)).toEqual(outcomes.map(() => 'measured'));
  });

  test.each([
    [COPY, 'storage-class-iscsi2'],
    [COPY, 'storage-class-nvme'],
    [SNAPSHOT, 'storage-class-iscsi2'],
  ])('%s into %s is made as it is asked for', (strategy, storageClassName) => {
    const chart = new Chart(Testing.app(), 'step', { namespace: 'sc27-alpine-c' });
    const clone = askFor(chart, 'alpine-boot-clone', source, { strategy, storageClassName });
    expect(clone.storageClassName).toBe(storageClassName);
    expect(clone.volumeMode).toBe(VolumeMode.BLOCK);
    expect(clone.accessModes).toEqual([AccessMode.READ_WRITE_MANY]);
  });

  test('copy into NFS is refused: the claim is too small, and a larger one or an import does it', () => {
    const message = refusal({ strategy: COPY, storageClassName: 'storage-class-nfs' });
    expect(message).toContain('[step/alpine-boot-clone]');
    expect(message).toContain('the clone never finishes');
    expect(message).toContain('of a Filesystem claim of 1Gi 966Mi are usable, and the Block source holds 1Gi');
    expect(message).toMatch(/ask for 1086Mi, or write claimApi: ClaimApi\.STORAGE, or export the disk/);
  });

  test('snapshot into NFS is refused: it falls back to that copy', () => {
    const message = refusal({ strategy: SNAPSHOT, storageClassName: 'storage-class-nfs' });
    expect(message).toContain('the volume modes differ (Block, Filesystem): CDI falls back to a copy');
    expect(message).toMatch(/ask for 1086Mi, or write claimApi: ClaimApi\.STORAGE, or export the disk/);
  });

  test('snapshot into NVMe is refused: no common backend, and a copy does it', () => {
    const message = refusal({ strategy: SNAPSHOT, storageClassName: 'storage-class-nvme' });
    expect(message).toContain('storage-class-iscsi and storage-class-nvme have no common backend');
    expect(message).toContain("set the StorageProfile storage-class-nvme to cloneStrategy 'copy'");
    expect(message).not.toContain('1086Mi');
  });
});

describe('the tables of the runbooks', () => {
  test('1.4 has a row for each strategy', () => {
    expect(rowsOf('1-4-clone-same-class')).toEqual([
      ['copy', 'storage-class-iscsi', 'copy', '', '', 'measured'],
      ['snapshot', 'storage-class-iscsi', 'snapshot', '', '', 'measured'],
      ['csi-clone', 'storage-class-iscsi', 'csi-clone', '', '', 'measured'],
    ]);
  });

  test('1.5 has the six clones that were measured, and for those that never finish why and what to do instead', () => {
    const rows = rowsOf('1-5-clone-across-classes');
    expect(rows.map(([asked, storageClass, outcome, , , known]) => [asked, storageClass, outcome, known])).toEqual([
      ['copy', 'storage-class-iscsi2', 'copy', 'measured'],
      ['copy', 'storage-class-nvme', 'copy', 'measured'],
      ['copy', 'storage-class-nfs', 'never finishes', 'measured'],
      ['snapshot', 'storage-class-iscsi2', 'snapshot', 'measured'],
      ['snapshot', 'storage-class-nvme', 'never finishes', 'measured'],
      ['snapshot', 'storage-class-nfs', 'never finishes', 'measured'],
    ]);
    const explained = rows.map(([, , , why, instead]) => why !== '' && instead !== '');
    expect(explained).toEqual([false, false, true, false, true, true]);
  });
});
