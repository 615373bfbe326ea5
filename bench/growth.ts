import { report } from '../review';
import { FORMATS } from '../review/format';
import { inventory } from '../review/inventory';
import { INVENTORY_FORMATS } from '../review/inventory/formats';
import { Locator } from '../review/manifests/locator';
import { parseManifests } from '../review/manifests/parser';

/** How much longer four times the size may take. Linear work takes four times as long, quadratic work sixteen times. */
const MOST = 8;

/** Below this the clock decides, in milliseconds. */
const LEAST = 100;

const SIZES = [1, 2, 4];
const ROUNDS = 3;

/** Times a check of texts at one, two and four times the size, and fails where the time grows faster than the size. */
export function growth(): void {
  console.log(`${'input'.padEnd(44)} kB        1 x       2 x       4 x    growth`);
  const failed = Object.entries(INPUTS).filter(([title, make]) => {
    const texts = SIZES.map(make);
    const times = texts.map((text, index) =>
      Math.min(...Array.from({ length: ROUNDS + (index === 0 ? 1 : 0) }, () => check(text))),
    );
    const [first = NaN, , last = NaN] = times;
    const grown = last / first;
    const cells = times.map((time) => `${time.toFixed(0)} ms`.padStart(9)).join(' ');
    console.log(
      `${title.padEnd(44)} ${String(Math.ceil(texts[0]!.length / 1000)).padEnd(5)} ${cells}    ${grown.toFixed(1)}`,
    );
    return grown > MOST && last > LEAST;
  });
  console.log(`goal: four times the size takes at most ${MOST} times as long`);
  for (const [title] of failed) console.log(`too much: ${title}`);
  if (failed.length > 0) process.exitCode = 1;
}

/** All that the command does with a text, in milliseconds of the processor: others may use the machine too. */
function check(text: string): number {
  const before = process.cpuUsage();
  const { manifests, faults, lines } = parseManifests('a.yaml', Buffer.from(text));
  const found = report(manifests, {});
  const locator = new Locator(
    () => text,
    (file) => lines.get(file) ?? [],
  );
  const places = locator.places(found.findings);
  const reviewed = { report: found, faults, place: (finding: (typeof found.findings)[number]) => places.get(finding) };
  for (const format of Object.values(FORMATS)) [...format(reviewed)].join('');
  const counted = inventory(manifests);
  for (const format of Object.values(INVENTORY_FORMATS)) [...format(counted)].join('');
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

const many = (count: number, one: (index: number) => string, between = ''): string =>
  Array.from({ length: count }, (_item, index) => one(index)).join(between);

const object = (kind: string, name: string, rest: string): string =>
  `{"apiVersion": "${kind === 'VirtualMachine' ? 'kubevirt.io/v1' : kind === 'DataVolume' ? 'cdi.kubevirt.io/v1beta1' : 'v1'}", "kind": "${kind}", "metadata": {"name": "${name}", "namespace": "a"}, ${rest}}`;

const claim = (index: number, field = 'accessModes'): string =>
  object(
    'PersistentVolumeClaim',
    `c${index}`,
    `"spec": {"${field}": ["ReadWriteOnce"], "resources": {"requests": {"storage": "1Gi"}}}`,
  );

const clone = (index: number): string =>
  object(
    'DataVolume',
    `d${index}`,
    `"spec": {"source": {"pvc": {"name": "${index === 0 ? 'c0' : `d${index - 1}`}"}}, "storage": {"storageClassName": "fast"}}`,
  );

const machine = (volumes: string, disks: string, rest = ''): string =>
  object(
    'VirtualMachine',
    'vm',
    `"spec": {"runStrategy": "Always", "template": {"spec": {"domain": {"devices": {"disks": [${disks}]}, "memory": {"guest": "1Gi"}}, "volumes": [${volumes}]${rest}}}}`,
  );

const vm = (index: number): string =>
  object(
    'VirtualMachine',
    `vm${index}`,
    `"spec": {"runStrategy": "Always", "template": {"spec": {"domain": {"devices": {"disks": [{"name": "a", "disk": {}}]}, "memory": {"guest": "1Gi"}}, "volumes": [{"name": "a", "dataVolume": {"name": "d${index}"}}]}}}`,
  );

/** Inputs that took time without measure, or could; each takes the factor by which it is larger. */
const INPUTS: Readonly<Record<string, (factor: number) => string>> = {
  'documents of YAML': (factor) => many(500 * factor, claim, '\n---\n'),
  'documents of YAML with findings': (factor) => many(500 * factor, (index) => claim(index, 'accesModes'), '\n---\n'),
  'machines with a disk each': (factor) => many(300 * factor, vm, '\n---\n'),
  'a chain of clones': (factor) => `${claim(0)}\n---\n${many(200 * factor, clone, '\n---\n')}`,
  'a List with findings': (factor) =>
    `apiVersion: v1\nkind: List\nitems:\n${many(500 * factor, (index) => `- ${claim(index, 'accesModes')}\n`)}`,
  'JSON objects in one line each': (factor) => many(2000 * factor, claim, '\n'),
  'JSON with one long text': (factor) =>
    `${object('Secret', 'a', `"stringData": {"a": "${'x\\n'.repeat(300_000 * factor)}"}`)}\n{}`,
  'JSON with a quote that is not closed': (factor) => `{"a": 1}\n{"${'\\"'.repeat(400_000 * factor)}`,
  'JSON of quotes': (factor) => `{${'"'.repeat(400_000 * factor)}`,
  'keys of one object': (factor) =>
    object('ConfigMap', 'a', `"data": {${many(5000 * factor, (index) => `"k${index}": ""`, ', ')}}`),
  'unknown fields of one object': (factor) =>
    object(
      'ConfigMap',
      'a',
      many(500 * factor, (index) => `"k${index}": ""`, ', '),
    ),
  'volumes of one machine': (factor) =>
    machine(
      many(300 * factor, (index) => `{"name": "v${index}", "persistentVolumeClaim": {"claimName": "c${index}"}}`, ', '),
      many(300 * factor, (index) => `{"name": "v${index}", "disk": {}}`, ', '),
    ),
  'templates of one machine': (factor) =>
    object(
      'VirtualMachine',
      'vm',
      `"spec": {"dataVolumeTemplates": [${many(
        600 * factor,
        (index) =>
          `{"metadata": {"name": "t${index}"}, "spec": {"source": {"blank": {}}, "storage": {"resources": {"requests": {"storage": "1Gi"}}}}}`,
        ', ',
      )}], "template": {"spec": {"domain": {"devices": {}}, "volumes": [${many(
        600 * factor,
        (index) => `{"name": "v${index}", "dataVolume": {"name": "t${index}"}}`,
        ', ',
      )}]}}}`,
    ),
  'volumes of one claim': (factor) =>
    machine(
      many(500 * factor, (index) => `{"name": "v${index}", "persistentVolumeClaim": {"claimName": "c"}}`, ', '),
      many(500 * factor, (index) => `{"name": "v${index}", "disk": {}}`, ', '),
    ),
  'values of a Secret with findings': (factor) =>
    object('Secret', 'a', `"data": {${many(1000 * factor, (index) => `"k${index}": "!abcdef${index}"`, ', ')}}`),
  'labels of one object': (factor) =>
    `{"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "a", "labels": {${many(1000 * factor, (index) => `"a.b/k${index}": "_"`, ', ')}}}}`,
  'a long name': (factor) => object('Secret', 'a-'.repeat(1_000_000 * factor), '"data": {}'),
  'a long name of dots': (factor) => object('Secret', 'a.'.repeat(1_000_000 * factor), '"data": {}'),
  'a long quantity': (factor) =>
    object(
      'PersistentVolumeClaim',
      'a',
      `"spec": {"resources": {"requests": {"storage": "${'1'.repeat(1_000_000 * factor)}x"}}}`,
    ),
  'a long URL': (factor) =>
    object(
      'DataVolume',
      'a',
      `"spec": {"source": {"http": {"url": "http://a:b@${'a/@:?'.repeat(400_000 * factor)} "}}, "storage": {}}`,
    ),
  'a long text of spaces': (factor) => `a: b${' '.repeat(1_000_000 * factor)}c\n${'\n'.repeat(400_000 * factor)}`,
  'a long value with control characters': (factor) =>
    object('PersistentVolumeClaim', 'a', `"spec": {"volumeMode": "${'\\u0007\\u202e'.repeat(400_000 * factor)}"}`),
  'aliases of one anchor': (factor) => `a: &a {b: c}\nd: [${many(5000 * factor, () => '*a', ', ')}]\n`,
  'a template': (factor) => `a:\n${many(2000 * factor, (index) => `  k${index}: {{ .Values.x }}\n`)}`,
  'braces of a template': (factor) => object('Secret', '{{'.repeat(400_000 * factor), '"data": {}'),
  'braces in a name': (factor) => object('Secret', `\${x}${'{{'.repeat(400_000 * factor)}`, '"data": {}'),
  'a placeholder of one word': (factor) => object('Secret', `_${'AYOURH'.repeat(200_000 * factor)}.`, '"data": {}'),
  'brackets in a label': (factor) =>
    `{"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "a", "labels": {"${'['.repeat(300_000 * factor)}": "_"}}}`,
  'an image of dots': (factor) =>
    object(
      'DataVolume',
      'a',
      `"spec": {"source": {"registry": {"url": "docker://${'.:'.repeat(300_000 * factor)}"}}, "storage": {}}`,
    ),
  'a release of digits': (factor) =>
    `{"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "virt-operator"}, "spec": {"template": {"spec": {"containers": [{"image": "x:0.0.${'0'.repeat(300_000 * factor)}:"}]}}}}`,
  'a list in lists': (factor) => `{"a": ${'['.repeat(2000 * factor)}${']'.repeat(2000 * factor)}}`,
};
