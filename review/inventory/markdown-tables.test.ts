import { MigrationVerdict } from '../../constructs/storage/live-migration-rules';
import { totalsTable, vmTable } from './markdown-tables';
import { Total, VmRow } from './model';
import { inventory, renderMarkdown } from '.';

const GIB = 2 ** 30;
/** The cells of the rows of a table. */
const cells = (table: Iterable<string>): string[][] =>
  [...table].slice(2).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );

describe('a table of sums', () => {
  const NOTHING: Total = {
    ...{ name: 'shop', vms: 0, claims: 0, bytes: 0, unknownSizes: 0, peakBytes: 0 },
    ...{ cpus: 0, memory: 0, peakCpus: 0, peakMemory: 0, unknownGuests: 0 },
  };
  test.each<[string, Partial<Total>, string]>([
    ['nothing', {}, ''],
    ['a VM', { vms: 1, peakCpus: 2, peakMemory: GIB }, '2 CPUs, 1Gi'],
    ['a VM of which nothing is known', { vms: 1, unknownGuests: 1 }, '0 CPUs, ?'],
    [
      'a VM beside one that is not known',
      { vms: 2, peakCpus: 2, peakMemory: GIB, unknownGuests: 1 },
      '2 CPUs, 1Gi + ?',
    ],
    ['a claim', { claims: 1, peakBytes: GIB }, '1Gi of storage'],
    ['a claim of unknown size', { claims: 1, unknownSizes: 1 }, '? of storage'],
    ['a claim beside one of unknown size', { claims: 2, peakBytes: GIB, unknownSizes: 1 }, '1Gi + ? of storage'],
    ['what is made beside claims of others', { peakBytes: GIB }, '1Gi of storage'],
    ['both', { vms: 1, peakCpus: 1, peakMemory: GIB, claims: 1, peakBytes: GIB }, '1 CPU, 1Gi; 1Gi of storage'],
  ])('says what %s takes at the peak', (_, total, text) => {
    expect(cells(totalsTable('namespace', '?', [{ ...NOTHING, ...total }]))[0]?.at(-1)).toBe(text);
  });

  test('stands for each namespace and class, and for none where there are none', () => {
    expect(renderMarkdown(inventory([]))).not.toMatch(/^\| (namespace|storage class) \|/m);
    const metadata = { name: 'a', namespace: 'shop' };
    const claim = { apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata, spec: { storageClassName: 'fast' } };
    expect(renderMarkdown(inventory([claim])).match(/^\| (namespace|storage class) \| (VMs|claims) \|/gm)).toHaveLength(
      2,
    );
  });
});

describe('a row of a VM', () => {
  const obstacle = (message: string, certain: boolean, remedy?: string): VmRow['obstacles'][number] =>
    ({ message, certain, remedy }) as VmRow['obstacles'][number];
  const why = (verdict: MigrationVerdict, more: Partial<VmRow> = {}): string | undefined => {
    const obstacles = [obstacle('proven', true, 'mend it'), obstacle('open', false)];
    const row = {
      namespace: 'shop',
      vm: 'web',
      kind: 'VirtualMachine',
      disks: 1,
      becomes: 'starts',
      obstacles,
      verdict,
    };
    return cells(vmTable([{ ...row, ...more } as unknown as VmRow]))[0]?.at(-1);
  };

  test('says what is proven against its migration, and what is open where nothing is', () => {
    expect(why(MigrationVerdict.NOT_MIGRATABLE)).toBe('proven (mend it)');
    expect(why(MigrationVerdict.UNKNOWN)).toBe('proven (mend it); open');
    expect(why(MigrationVerdict.NOT_MIGRATABLE, { contradicts: true })).toBe(
      'proven (mend it); evictionStrategy LiveMigrate: it blocks the drain of its node',
    );
  });
});
