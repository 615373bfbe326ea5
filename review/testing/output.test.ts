import * as fc from 'fast-check';
import { report, ReviewedManifest } from '..';
import { codePoint } from '../../constructs/shared/testing/code-point';
import { FORMATS } from '../format';
import { inventory, objectPicture } from '../inventory';
import { INVENTORY_FORMATS } from '../inventory/formats';
import { Json } from '../rule';

/** Texts that act on whoever reads them: on a terminal, in Markdown, in a spreadsheet, in a CI log. */
const HOSTILE = [
  '\u001b[31mred\u001b]8;;https://evil\u0007',
  '\u202egnp.\u2066exe\u2069',
  'a\u2028b\u0085c\u200bd\ufeff',
  '![x](https://evil/x.png)',
  '[click](https://evil)',
  '<https://evil>',
  '<img src=x onerror=alert(1)>',
  'https://evil.example/a',
  'www.evil.example',
  '@somebody',
  'a|b`c`|',
  '``',
  '&lt;b&gt;',
  '=HYPERLINK("https://evil")',
  '+1+cmd|x',
  '-2+3',
  '@SUM(A1)',
  '\t=1',
  '::error::gone',
  '##[error]gone',
  '```\nclick a href "https://evil"',
  '"]; click a "javascript:alert(1)"',
  '%%{init: {}}%%',
];

const UNSEEN = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/;

function manifests(text: string): Json[] {
  const metadata = { name: text, namespace: text };
  return [
    {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata,
      spec: {
        accessModes: [text],
        storageClassName: text,
        volumeMode: text,
        [text]: 1,
        resources: { requests: { storage: '1Gi' } },
      },
    },
    {
      apiVersion: 'cdi.kubevirt.io/v1beta1',
      kind: 'DataVolume',
      metadata: { ...metadata, name: `${text}2` },
      spec: {
        source: { http: { url: text } },
        storage: { storageClassName: text, resources: { requests: { storage: '1Gi' } } },
      },
    },
    {
      apiVersion: 'kubevirt.io/v1',
      kind: 'VirtualMachine',
      metadata,
      spec: {
        runStrategy: text,
        template: {
          spec: {
            domain: { devices: { disks: [{ name: text, disk: { bus: text } }] }, memory: { guest: text } },
            volumes: [
              { name: text, persistentVolumeClaim: { claimName: text } },
              { name: `${text}3`, containerDisk: { image: text } },
            ],
          },
        },
      },
    },
    { apiVersion: text, kind: text, metadata },
  ];
}

function printed(text: string): { review: Record<string, string>; counted: Record<string, string>; picture: string } {
  const objects = manifests(text);
  const found = report(objects.map((object) => ReviewedManifest.of(object, { file: text, document: 0, path: text })));
  const faults = [{ file: text, severity: found.findings[0]!.severity, message: text }];
  const each = <T>(
    formats: Readonly<Record<string, (given: T) => Iterable<string>>>,
    given: T,
  ): Record<string, string> =>
    Object.fromEntries(Object.entries(formats).map(([name, format]) => [name, [...format(given)].join('')]));
  return {
    review: each(FORMATS, { report: found, faults, place: () => undefined }),
    counted: each(INVENTORY_FORMATS, inventory(objects)),
    picture: objectPicture(objects),
  };
}

/** The text of a line of Markdown outside of code. */
function outsideCode(line: string): string {
  return line.replace(/(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)/g, '');
}

function checkAll(text: string): void {
  const { review, counted, picture } = printed(text);
  for (const shown of [...Object.values(review), ...Object.values(counted), picture]) {
    expect(UNSEEN.exec(shown.replaceAll('\r\n', '\n'))?.[0]).toBeUndefined();
  }
  for (const format of ['table', 'github']) {
    const commands = review[format]!.split('\n').filter((line) => /^\s*(::|##\[)/.test(line));
    expect(commands.filter((line) => format === 'table' || !/^::(error|warning|notice) /.test(line))).toEqual([]);
  }
  const [before = '', after = ''] = counted.markdown!.split(/```mermaid\n[^]*?\n```/);
  for (const line of `${before}${after}`.split('\n').filter((one) => one.startsWith('|'))) {
    expect(outsideCode(line)).not.toMatch(/[[\]<>@]|https?:|www\.|&\w+;/i);
    // Every row has the columns of its table, whatever stands in them.
    expect(line.replace(/\\\|/g, '')).toMatch(/^\|.*\|$/);
  }
  expect(counted.markdown!.match(/^\s*(```|~~~)/gm)).toHaveLength(2);
  for (const cell of cells(counted.csv!)) expect(cell).not.toMatch(/^\s*[=+@]|^-\D|^-\d+\D/);
  JSON.parse(review.json!);
  JSON.parse(review.sarif!);
  JSON.parse(counted.json!);
}

/** The cells of CSV as RFC 4180 has them. */
function cells(csv: string): string[] {
  return Array.from(csv.matchAll(/(?:^|,|\r\n)(?:"((?:[^"]|"")*)"|([^",\r\n]*))/g), ([, quoted, plain]) =>
    (quoted ?? plain ?? '').replaceAll('""', '"'),
  );
}

test.each(HOSTILE)('%j acts on nobody who reads the output', (text) => checkAll(text));

test('no text acts on whoever reads the output', () => {
  const part = fc.oneof(
    fc.constantFrom(...HOSTILE),
    fc.string({ unit: codePoint, maxLength: 6 }),
    fc.string({ maxLength: 6 }),
  );
  fc.assert(
    fc.property(fc.array(part, { minLength: 1, maxLength: 3 }), (parts) => checkAll(parts.join(''))),
    { numRuns: 150 },
  );
});

test.each(['constructor', 'toString', '__proto__', 'hasOwnProperty', 'valueOf'])(
  'the name %s is shown as any other',
  (name) => {
    const { review, counted, picture } = printed(name);
    expect(Object.values({ ...review, ...counted, picture }).join('\n')).not.toMatch(/native code|\[object |function /);
    checkAll(name);
  },
);
