import { report } from '..';
import { diff } from '../changes';
import { FORMATS } from '../format';
import { CHANGE_FORMATS } from '../format/changes';
import { changesHtml } from '../format/html/changes';
import { checkHtml } from '../format/html/check';
import { inventoryHtml } from '../format/html/inventory';
import { inventory, objectPicture } from '../inventory';
import { INVENTORY_FORMATS } from '../inventory/formats';
import { parseManifests } from '../manifests/parser';
import { Json } from '../rule';
import { everyStringField, isSecret, objectWith, plant, StringField } from './marked-objects';

const FIELDS = [...everyStringField()];

/** All that is printed of objects and of their change, in every format: those that are pages, which take longer, if asked for. */
function printed(before: readonly Json[], after: readonly Json[], { asPages = false } = {}): string {
  const reviewed = { report: report(after), faults: [], place: () => undefined };
  const counted = inventory(after);
  const compared = { diff: diff(before, after), faults: [], basis: '', accepted: [], place: () => undefined };
  const pieces = [
    ...Object.values(FORMATS).map((format) => format(reviewed)),
    ...Object.values(INVENTORY_FORMATS).map((format) => format(counted)),
    ...Object.values(CHANGE_FORMATS).map((format) => format(compared)),
    ...(asPages ? [checkHtml(reviewed), inventoryHtml(counted), changesHtml(compared)] : []),
  ];
  return [...pieces.map((text) => [...text].join('')), objectPicture(after)].join('\n');
}

const kinds = [...new Set(FIELDS.map(({ apiVersion, kind }) => `${apiVersion}/${kind}`))];
const fieldsOf = (type: string) => FIELDS.filter(({ apiVersion, kind }) => `${apiVersion}/${kind}` === type);

test('there are fields to look at, secret ones among them', () => {
  expect(kinds.length).toBeGreaterThan(50);
  const secret = FIELDS.filter(isSecret).map(({ kind, path }) => `${kind} ${path.join('.')}`);
  expect(secret).toEqual(
    expect.arrayContaining([
      'Secret data.key',
      'Secret unknown',
      'ConfigMap binaryData.key',
      'Pod spec.containers.0.env.0.value',
      'Deployment spec.template.spec.initContainers.0.command.0',
      'VirtualMachine spec.template.spec.volumes.0.cloudInitNoCloud.userData',
      'VirtualMachinePool spec.virtualMachineTemplate.spec.template.spec.volumes.0.cloudInitConfigDrive.networkDataBase64',
      'VirtualMachine spec.template.spec.readinessProbe.httpGet.httpHeaders.0.value',
      'DataVolume spec.source.http.extraHeaders.0',
    ]),
  );
});

/** What stands in a field instead of text that fits. */
const SHAPES: Readonly<Record<string, (marker: string, index: number) => unknown>> = {
  text: (marker) => marker,
  'a number': (_marker, index) => 840_000_000 + index,
  'a list': (marker) => [marker],
  'an object': (marker) => ({ x: marker }),
  'text of several lines with a quote': (marker) => `first line\n"${marker}\\`,
  'long text': (marker) => `${marker}${marker.repeat(40)}`,
};

/** The first line that holds a word. A page is one line of a megabyte, which an expression that begins with '.*' reads once a character. */
function lineWith(word: string, text: string): string | undefined {
  const at = text.indexOf(word);
  if (at < 0) return undefined;
  const end = text.indexOf('\n', at);
  return text.slice(text.lastIndexOf('\n', at) + 1, end < 0 ? undefined : end);
}

describe.each(kinds)('%s', (type) => {
  const fields = fieldsOf(type);

  test('prints no secret where every field holds a marker', () => {
    const { apiVersion, kind } = fields[0]!;
    const object: Json = { apiVersion, kind, metadata: {} };
    fields.forEach(({ path }, index) => plant(object, path, `MARK${index}X`));
    const other: Json = { apiVersion, kind, metadata: {} };
    fields.forEach(({ path }, index) => plant(other, path, `MARK${index}XX`));
    const text = printed([object], [other], { asPages: true });
    const shown = new Set(Array.from(text.matchAll(/MARK(\d+)X/g), ([, index]) => Number(index)));
    const secrets = fields.filter((field, index) => isSecret(field) && shown.has(index));
    expect(secrets.map(({ path }) => path.join('.'))).toEqual([]);
  });

  const secrets = fields.filter(isSecret);

  test.each(Object.entries(SHAPES))('prints no secret that is %s', (_title, shape) => {
    const [before, after] = ['X', 'Y'].map((end) =>
      secrets.map((field, index) => objectWith(field, shape(`MARK${index}${end}`, index), `object-${index}`)),
    );
    const text = printed(before!, after!);
    const shown = Array.from(text.matchAll(/MARK(\d+)|8400(\d{5})/g), ([word, mark, number]) => {
      const { path } = secrets[Number(mark ?? number)]!;
      return `${path.join('.')}: ${lineWith(word, text)}`;
    });
    expect([...new Set(shown)]).toEqual([]);
  });

  test('prints no login and no query of an address', () => {
    const { apiVersion, kind } = fields[0]!;
    const addresses = [
      'https://MARKuser:MARKword@host/x.img?sig=MARKsig',
      'ftpx://MARKuser:MARK/word@host/x y.img#t=MARKpart',
      'docker://MARKtoken@host/image:tag',
      'MARKuser:MARKword@registry.example/x:1',
    ];
    for (const address of addresses) {
      const object: Json = { apiVersion, kind, metadata: {} };
      // A blank stands in addresses alone; elsewhere it ends them. Without a scheme it is an image.
      const isOwn = address.includes(' ') || !address.includes('//');
      const hasPlace = ({ path }: StringField): boolean => !isOwn || /image|url/i.test(String(path.at(-1)));
      for (const field of fields) if (hasPlace(field)) plant(object, field.path, address);
      expect(lineWith('MARK', printed([object], [object], { asPages: true }))).toBeUndefined();
    }
  });
});

describe('a text that is no YAML', () => {
  test.each([
    'password: *S3CRET',
    'password: !S3CRET:x y',
    'password: "S3CRET',
    'password: !!int S3CRET',
    'password: @S3CRET',
    'password: %S3CRET',
    '%TAG !S3CRET\n---\na',
    'a: b: S3CRET',
    'stringData: {password: S3CRET',
    'password: [S3CRET}',
    '? {S3CRET}\n: {a',
    'password: {{ "S3CRET" }}',
  ])('is reported without its content: %j', (text) => {
    const { faults } = parseManifests('a.yaml', Buffer.from(text));
    expect(JSON.stringify(faults)).not.toContain('S3CRET');
  });
});

test('a placeholder is named without its default', () => {
  const value = '${PASSWORD:-S3CRET}';
  const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a' }, data: { password: value } };
  const { unchecked } = report([secret]);
  expect(unchecked).toMatchObject([{ reason: expect.stringContaining('a placeholder in data') as string }]);
  expect(JSON.stringify(unchecked)).not.toContain('S3CRET');
});
