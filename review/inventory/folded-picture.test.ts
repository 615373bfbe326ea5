import { diskPicture } from './disk-picture';
import { DiskRow } from './model';

const GI = 2 ** 30;

const claims = (namespace: string, count: number, part: Partial<DiskRow> = {}): DiskRow[] =>
  Array.from(
    { length: count },
    (_one, index) =>
      ({
        namespace,
        vm: `vm${index}`,
        disk: 'root',
        claim: `c${index}`,
        storageClass: 'fast',
        bytes: GI,
        hotplug: false,
        made: 'blank',
        notKnown: [],
        ...part,
      }) as unknown as DiskRow,
  );

/** The texts of the boxes, in the order of the picture. */
const boxes = (picture: string): string[] =>
  picture.split('\n').flatMap((line) => {
    const [, text] = /"(.*)"/.exec(line) ?? [];
    return text === undefined ? [] : [text.replace(/<br\/?>/g, ' | ')];
  });

const arrows = (picture: string): number => picture.split('\n').filter((line) => line.includes('-->')).length;

describe('the picture of a fleet', () => {
  test('draws each disk of twenty-four, and folds one more', () => {
    expect(boxes(diskPicture(claims('a', 24)))).toContain('VM | vm23');
    const folded = diskPicture(claims('a', 25));
    expect(boxes(folded)).toEqual(['a', '25 VMs', expect.stringContaining('fast'), expect.stringContaining('fast')]);
    expect(boxes(folded)[2]).toContain('25 claims');
    expect(boxes(folded)[2]).toContain('25Gi');
    expect(arrows(folded)).toBe(2);
  });

  test('counts a machine of two disks once, and a claim of two machines once', () => {
    const disks = claims('a', 30, { vm: 'web' });
    expect(boxes(diskPicture(disks))).toContain('1 VM');
    const shared = claims('a', 30, { claim: 'shared' });
    expect(boxes(diskPicture(shared)).join()).toContain('1 claim');
  });

  test('draws no machines where there are none, and no arrow from them', () => {
    const folded = diskPicture(claims('', 26, { vm: undefined, storageClass: undefined, bytes: undefined }));
    expect(boxes(folded)[0]).toBe('no namespace');
    expect(boxes(folded).join()).not.toContain('VM');
    expect(boxes(folded)[1]).toContain('class not known');
    expect(arrows(folded)).toBe(1);
  });

  test('keeps the largest ten namespaces in the order of their names, and takes the others together', () => {
    const disks = Array.from({ length: 12 }, (_one, index) =>
      claims(`n${String(11 - index).padStart(2, '0')}`, 3 + index),
    ).flat();
    const titles = boxes(diskPicture(disks)).filter((text) => /^n\d\d$|namespace/.test(text));
    expect(titles).toEqual([
      ...['n00', 'n01', 'n02', 'n03', 'n04', 'n05', 'n06', 'n07', 'n08', 'n09'],
      '2 other namespaces',
    ]);
    const rest = boxes(diskPicture(disks));
    expect(rest[rest.indexOf('2 other namespaces') + 1]).toBe('7 VMs');
  });

  test('keeps four classes of a namespace; of five the three largest, and the others as one', () => {
    const of = (count: number): DiskRow[] =>
      Array.from({ length: count }, (_one, index) =>
        claims('a', 6, { storageClass: `s${index}`, bytes: (index + 1) * GI }).map((row, at) => ({
          ...row,
          claim: `c${index}-${at}`,
        })),
      ).flat();
    const classes = (count: number): string[] => {
      const picture = boxes(diskPicture([...of(count), ...claims('b', 10)]));
      return picture.slice(2, picture.indexOf('b'));
    };
    expect(classes(4).map((text) => text.split(' ')[0])).toEqual(['s0', 's1', 's2', 's3']);
    const five = classes(5);
    expect(five.map((text) => text.split(' ')[0])).toEqual(['s2', 's3', 's4', 'others']);
    expect(five[3]).toBe('others | 12 claims | 18Gi');
    const open = ['x', 'y', 'z'].map((storageClass, index) =>
      claims('a', index + 1, { storageClass, bytes: undefined }).map((row) => ({
        ...row,
        claim: `${storageClass}-${row.claim}`,
      })),
    );
    const unknown = boxes(diskPicture([...of(3), ...open.flat(), ...claims('b', 10)]));
    expect(unknown[unknown.indexOf('b') - 1]).toBe('others | 6 claims | 6 of unknown size');
  });
});
