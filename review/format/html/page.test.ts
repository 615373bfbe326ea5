import { Change, Consequence, ObjectChanges } from '../../changes';
import { report } from '../../engine';
import { Severity } from '../../finding';
import { inventory } from '../../inventory/inventory';
import * as changes from './changes';
import * as check from './check';
import * as inventoried from './inventory';
import { capacityBars, inventoryGraph } from './objects';
import { htmlPage, Page, Table } from './page';

/** A page as one text. */
const changesHtml = (...given: Parameters<typeof changes.changesHtml>) => [...changes.changesHtml(...given)].join('');
const checkHtml = (...given: Parameters<typeof check.checkHtml>) => [...check.checkHtml(...given)].join('');
const inventoryHtml = (...given: Parameters<typeof inventoried.inventoryHtml>) =>
  [...inventoried.inventoryHtml(...given)].join('');

const NASTY = '</script><img src=x onerror=alert(1)>';
const claim = (name: string, storageClassName: string) => ({
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: { name, namespace: 'shop' },
  spec: { accessModes: ['ReadWriteMany'], storageClassName, resources: { requests: { storage: '1Gi' } } },
});
const machine = {
  apiVersion: 'kubevirt.io/v1',
  kind: 'VirtualMachine',
  metadata: { name: 'web', namespace: 'shop' },
  spec: {
    runStrategy: 'Always',
    template: {
      spec: {
        domain: { devices: { disks: [{ name: 'root', disk: { bus: 'virtio' } }] }, memory: { guest: '1Gi' } },
        volumes: [{ name: 'root', persistentVolumeClaim: { claimName: 'boot' } }],
      },
    },
  },
};

describe('the HTML of an inventory', () => {
  const html = inventoryHtml(inventory([machine, claim('boot', 'fast'), claim('data', NASTY)]));

  test('is one file that fetches nothing', () => {
    expect(html).toMatch(/^<!doctype html>\n<html lang="en">/);
    expect(html).toContain(`content="default-src 'none';`);
    expect(html).not.toMatch(/\b(src|href)="(?!#)|url\(|@import|https?:\/\/(?!www\.w3\.org\/2000\/svg)/);
  });

  test('takes no name of a manifest for HTML or for the end of its script', () => {
    expect(html).not.toContain('<img');
    expect(html).toContain('&#60;/script&#62;&#60;img src=x');
    expect(html.match(/<\/script>/g)).toHaveLength(2);
  });

  test('says first what will not work, then the sums', () => {
    const at = (text: string): number => html.indexOf(text);
    expect(at('What will not work</h2>')).toBeGreaterThan(0);
    expect(at('Totals</h2>')).toBeGreaterThan(at('What will not work</h2>'));
    expect(at('<dt>claims</dt><dd>2</dd>')).toBeGreaterThan(at('Totals</h2>'));
  });
});

test('the bars of capacity begin with the largest, and take the last of many parts together', () => {
  const of = (namespace: string, gibibytes: number, ofClass = 'fast') => ({
    ...claim('c', ofClass),
    metadata: { name: 'c', namespace },
    spec: { storageClassName: ofClass, resources: { requests: { storage: `${gibibytes}Gi` } } },
  });
  const small = Array.from({ length: 14 }, (_one, index) => of(`n${index + 10}`, 2));
  const [bars] = capacityBars(inventory([of('a', 3, 'slow'), ...small]));
  expect(bars?.bars.map(({ label, text }) => `${label} ${text}`)).toEqual(['fast 28Gi', 'slow 3Gi']);
  const parts = bars?.bars[0]?.parts ?? [];
  expect(parts).toHaveLength(13);
  expect(parts.at(-1)).toMatchObject({ label: 'others', value: 4 * 2 ** 30 });
});

test('a page holds names as they are printed, in its picture too', () => {
  const page = inventoryHtml(inventory([machine, claim('boot', 'https://me:hunter2@host/x\u202e')]));
  expect(page).not.toContain('hunter2');
  expect(page).not.toContain('\u202e');
  expect(page).toContain('"label":"https://…@host/x\\\\u202e"');
});

test('the picture joins a machine to its claim, and that to its class', () => {
  const { nodes, edges } = inventoryGraph(inventory([machine, claim('boot', 'fast')]));
  expect(nodes.map(({ kind, label }) => `${kind} ${label}`)).toEqual([
    'namespace shop',
    'vm web',
    'disk boot 1Gi',
    'class fast',
  ]);
  expect(edges).toEqual([
    ['vm /shop/web', 'disk /shop/boot'],
    ['disk /shop/boot', 'class fast'],
  ]);
});

test('the HTML of a review holds each finding with its place, and what the manifests make', () => {
  const wrong = { ...machine, spec: { ...machine.spec, runStratgy: 'Always' } };
  const html = checkHtml({
    report: report([wrong]),
    faults: [],
    manifests: [wrong],
    place: () => ({ line: 7, column: 3 }),
    sources: ['cdk8s-kubevirt.yaml (closed)'],
  });
  expect(html).toContain('options of cdk8s-kubevirt.yaml (closed)');
  expect(html).toMatch(
    /<li class="bad"><strong>VirtualMachine shop\/web<\/strong> spec\.runStratgy: .*<code>7:3<\/code>/,
  );
  expect(html).toContain('<dt>VMs</dt><dd>1</dd>');
});

test('the HTML of a review names the line of a file that cannot be read, as far as that is known', () => {
  const fault = { file: 'a.yaml', severity: Severity.ERROR, message: 'must be YAML' };
  const html = checkHtml({ report: report([]), faults: [fault, { ...fault, line: 3 }], place: () => undefined });
  expect(html.match(/<li class="bad">.*<\/li>/g)).toEqual([
    '<li class="bad"><strong>a.yaml</strong> must be YAML</li>',
    '<li class="bad"><strong>a.yaml</strong> must be YAML <code>a.yaml:3</code></li>',
  ]);
});

test.each([
  [undefined, undefined],
  ['the files that changed', 'only the files that changed'],
])('the HTML of a review of %s says so', (scope, said) => {
  const html = checkHtml({ report: report([]), faults: [], place: () => undefined, scope });
  expect(/<p class="basis">(only .*?)<\/p>/.exec(html)?.[1]).toBe(said);
});

test('the HTML of a review shows a thousand findings of a rule, and says how many more there are', () => {
  const [finding] = report([{ ...machine, x: 1 }]).findings;
  const findings = Array.from({ length: 1203 }, (_item, index) => ({ ...finding!, field: `x${index}` }));
  const rare = { ...finding!, rule: 'guest-port', field: 'rare' };
  const html = checkHtml({
    report: { ...report([]), findings: [...findings, rare] },
    faults: [],
    place: () => undefined,
  });
  expect(html.match(/<td>x\d+<\/td>/g)).toHaveLength(1000);
  expect(html).toContain('<td>rare</td>');
  expect(html).toContain('1001 rows</span> <span>and 203 more, which <code>--format json</code> lists</span>');
  expect(html).toContain('<dt>errors</dt><dd>1204</dd>');
});

test('a table of a page has ten thousand rows at the most', () => {
  const unchecked = Array.from({ length: 10_002 }, (_item, index) => ({ reason: `reason ${index}` }));
  const html = checkHtml({ report: { ...report([]), unchecked }, faults: [], place: () => undefined });
  expect(html.match(/<td>reason \d+<\/td>/g)).toHaveLength(10_000);
  expect(html).toContain('and 2 more, which');
});

describe('a page', () => {
  const PAGE: Page = {
    ...{ title: 'A page', basis: [], problemsTitle: 'What fails', problems: [], fine: 'Nothing', cards: [] },
    ...{ bars: [], tables: [] },
  };
  const html = (part: Partial<Page>): string => [...htmlPage({ ...PAGE, ...part })].join('');

  test.each([
    [0, false],
    [1, true],
    [50_000, true],
    [50_001, false],
  ])('draws a picture of %d boxes: %j', (count, isDrawn) => {
    const nodes = Array.from({ length: count }, (_item, index) => ({ id: `${index}`, label: '', kind: 'vm' as const }));
    expect(html({ graph: { nodes, edges: [] } }).includes('id="graph"')).toBe(isDrawn);
  });

  test('numbers the boxes of its picture, and names the one that each is in', () => {
    const nodes = [
      { id: 'namespace a', label: 'a', kind: 'namespace' as const },
      { id: 'vm a/web', label: 'web', kind: 'vm' as const, parent: 'namespace a' },
    ];
    const page = html({ graph: { nodes, edges: [['vm a/web', 'namespace a']] } });
    expect(page).toContain(
      '{"id":"0","label":"a","kind":"namespace"},{"id":"1","label":"web","parent":"0","kind":"vm"}',
    );
    expect(page).toContain('[["1","0"]]');
  });

  test('draws its bars on one scale, each part behind the one before it', () => {
    const part = (label: string, value: number) => ({ label, value, text: `${value}Gi` });
    const rows = [
      { label: 'fast', text: '4Gi', parts: [part('a', 3), part('b', 1)] },
      { label: 'slow', text: '2Gi', parts: [part('b', 2), part('c', 0)] },
    ];
    const page = html({ bars: [{ title: 'Capacity', bars: rows }] });
    const drawn = (pattern: RegExp): string[][] => [...page.matchAll(pattern)].map(([, ...found]) => found);
    expect(drawn(/<rect class="part-(\d)" x="([\d.]+)" y="(\d+)" width="([\d.]+)" height="18"><title>(.*?)</g)).toEqual(
      [
        ['0', '200.0', '4', '390.0', 'a: 3Gi'],
        ['1', '590.0', '4', '130.0', 'b: 1Gi'],
        ['1', '200.0', '32', '260.0', 'b: 2Gi'],
        ['2', '460.0', '32', '1.0', 'c: 0Gi'],
      ],
    );
    expect(drawn(/<text x="([\d.]+)" y="(\d+)"[^>]*>(.*?)</g)).toEqual([
      ['192', '18', 'fast'],
      ['726.0', '18', '4Gi'],
      ['192', '46', 'slow'],
      ['466.0', '46', '2Gi'],
    ]);
    expect(page).toContain('viewBox="0 0 880 60" role="img" aria-label="fast: 4Gi; slow: 2Gi"');
  });

  test('draws nothing of bars that there are none of, and takes six colours in turn', () => {
    expect(html({ bars: [{ title: 'Capacity', bars: [] }] })).not.toContain('Capacity');
    const parts = Array.from({ length: 8 }, (_item, index) => ({ label: `n${index}`, value: 1, text: '' }));
    const page = html({ bars: [{ title: 'Capacity', bars: [{ label: 'fast', text: '', parts }] }] });
    expect([...page.matchAll(/<rect class="part-(\d)" x/g)].map(([, colour]) => colour).join('')).toBe('01234501');
  });

  test.each([
    ['a'.repeat(26), 'a'.repeat(26)],
    ['a'.repeat(27), `${'a'.repeat(25)}…`],
  ])('writes beside its bar of %s: %s', (label, shown) => {
    const parts = [{ label: 'x', value: 1, text: '' }];
    const page = html({ bars: [{ title: 'Capacity', bars: [{ label, text: '', parts }] }] });
    expect(page).toContain(`text-anchor="end">${shown}</text>`);
  });

  test.each([
    [50, undefined],
    [51, '1'],
  ])('lists fifty of %d problems, and says how many more there are', (count, more) => {
    const problems = Array.from({ length: count }, () => ({ weight: 'bad' as const, object: 'a', text: 'b' }));
    const page = html({ problems });
    expect(page.match(/<li class="bad">/g)).toHaveLength(50);
    expect(/<p>(\d+) more stand in the tables below/.exec(page)?.[1]).toBe(more);
  });

  test.each([
    [undefined, undefined],
    [2, undefined],
    [3, '1'],
  ])('says of two rows of %j how many more there are', (count, more) => {
    const table: Table = { title: 'Rows', columns: ['a'], rows: [['x'], ['y']], count };
    expect(/and (\d+) more, which/.exec(html({ tables: [table] }))?.[1]).toBe(more);
  });

  test('has an empty line between two tables', () => {
    const table: Table = { title: 'Rows', columns: ['a'], rows: [['x']] };
    const page = html({ tables: [table, table] });
    expect(page).toContain('</dl></section>\n\n\n<section aria-labelledby="table-0">');
    expect(page).toContain('</table></div></section>\n<section aria-labelledby="table-1">');
  });

  test('leaves out a table without rows', () => {
    const table = (title: string, rows: readonly (readonly string[])[]): Table => ({ title, columns: ['a'], rows });
    const page = html({ tables: [table('Empty', []), table('Full', [['x']]), table('None', [])] });
    expect(page.match(/<h2[^>]*>[A-Z]\w+</g)?.map((head) => head.replace(/<.*>|</g, ''))).toEqual(
      ['What', 'Totals', 'Full'].slice(1),
    );
  });

  test.each([
    [1, 0],
    [2, 2],
    [6, 6],
    [7, 0],
  ])('says what the colours of bars of %d parts stand for by %d words', (count, words) => {
    const parts = Array.from({ length: count }, (_item, index) => ({ label: `n${index}`, value: 1, text: '1Gi' }));
    const page = html({ bars: [{ title: 'Capacity', bars: [{ label: 'fast', text: '1Gi', parts }] }] });
    expect(page.match(/<\/svg> n\d<\/li>/g) ?? []).toHaveLength(words);
  });
});

test('the HTML of a comparison says where each change stands, as far as that is known', () => {
  const change: Change = {
    object: { apiVersion: 'v1', kind: 'Secret', name: 'a', file: 'a.yaml' },
    ...{ field: 'data.a', message: 'it goes', consequence: Consequence.STOPPED, reason: 'because', source: 'a file' },
  };
  const { file, ...object } = change.object;
  const html = (one: Change, line?: number): string =>
    changesHtml({
      diff: { changes: [one], objects: [], unchanged: 0, basis: '', accepted: [] },
      faults: [],
      basis: 'KubeVirt v1.9.0',
      accepted: [],
      place: () => (line === undefined ? undefined : { line, column: 3 }),
    });
  const placed = /<code>([^<]*)<\/code>/;
  expect(placed.exec(html(change, 7))?.[1]).toBe(`${file}:7`);
  expect(placed.exec(html(change))?.[1]).toBe('a.yaml');
  expect(placed.exec(html({ ...change, object }, 7))).toBeNull();
});

test('the HTML of a comparison counts the objects by what becomes of them, and leaves out what becomes of none', () => {
  const of = (name: string, worst: Consequence): ObjectChanges => ({
    object: { apiVersion: 'v1', kind: 'Secret', name },
    worst,
    changes: [],
  });
  const objects = [of('a', Consequence.STOPPED), of('b', Consequence.STOPPED), of('c', Consequence.RESTART)];
  const html = changesHtml({
    diff: { changes: [], objects, unchanged: 3, basis: '', accepted: [] },
    ...{ faults: [], basis: 'KubeVirt v1.9.0', accepted: [], place: () => undefined },
  });
  expect([...html.matchAll(/<dt>(.*?)<\/dt><dd>(\d+)/g)].map(([, label, value]) => `${label} ${value}`)).toEqual([
    'restart 1',
    'stopped 2',
    'unchanged 3',
  ]);
});

test('the HTML of a comparison says that nothing changes', () => {
  const html = changesHtml({
    diff: { changes: [], objects: [], unchanged: 3, basis: '', accepted: [] },
    faults: [],
    basis: 'KubeVirt v1.9.0',
    accepted: [],
    place: () => undefined,
  });
  expect(html).toContain('Nothing is lost, refused, replaced, restarted or stopped.');
  expect(html).toContain('<dt>unchanged</dt><dd>3</dd>');
});
