import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { dump } from 'js-yaml';
import { review, ReviewedManifest } from '../../review';
import { Json } from '../../review/rule';
import { releasesOf, RuleEntry, ruleEntries } from '../../review/rules';
import { ADMISSION_PAIR } from '../../review/schema';
import type { ExampleInput } from '../../review/testing/rule-tester';
import { OUTCOME_EXAMPLES } from './outcome-examples';
import { objectsOf, WRITTEN, WRITTEN_UPDATES } from './rule-examples';

const ROOT = join(__dirname, '..', '..');
const PAGE = join(ROOT, 'docs', 'rules.md');
const CONTRIBUTING = join(ROOT, 'CONTRIBUTING.md');

/** What a rule refuses, as the page shows it. */
interface Shown {
  readonly manifests: readonly unknown[];
  /** What stands on the page, where that is less than the whole. */
  readonly text: string;
  readonly cluster?: ExampleInput['cluster'];
  readonly release?: string;
  readonly cdi?: string;
  /** The objects of the cluster's storage. */
  readonly storage?: readonly unknown[];
}

/** `npm run rules:docs` writes docs/rules.md; with `--check` it fails where the page is another one. */
function main(argv: readonly string[]): void {
  const written = [
    [PAGE, rulesPage(loadExamples())],
    [CONTRIBUTING, withSources(readFileSync(CONTRIBUTING, 'utf8'))],
  ] as const;
  for (const [file, text] of written) {
    if (!argv.includes('--check')) writeFileSync(file, text);
    else if (readFileSync(file, 'utf8') !== text) {
      process.stderr.write(`${relative(ROOT, file)} must be what 'npm run rules:docs' writes\n`);
      process.exitCode = 1;
    }
  }
}

/** CONTRIBUTING with the table of the files of rules, and of the functions that their rules are written from. */
function withSources(page: string): string {
  const folder = join(ROOT, 'review', 'admission');
  const entries = ruleEntries();
  const rows = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .sort()
    .flatMap((file) => {
      const ids = [...readFileSync(join(folder, file), 'utf8').matchAll(/\bid: '([a-z0-9-]+)'/g)].map(([, id]) => id!);
      const sources = ids.flatMap((id) => (entries.get(id) ?? entries.get(`data-volume-${id}`))?.source ?? []);
      return sources.length === 0 ? [] : [`| \`${file}\` | ${functionsOf(sources)} |`];
    });
  const table = ['| file | functions |', '| --- | --- |', ...rows].join('\n');
  const [begin, end] = ['<!-- begin sources -->', '<!-- end sources -->'];
  return `${page.slice(0, page.indexOf(begin))}${begin}\n\n<!-- prettier-ignore -->\n${table}\n\n${page.slice(page.indexOf(end))}`;
}

/** Sources by their file, each function once. */
function functionsOf(sources: readonly string[]): string {
  const files = new Map<string, Set<string>>();
  for (const source of sources) {
    const [, file = source, functions = ''] = /^\w+, ([\w./-]+)(?::([\w, ]+))?/.exec(source) ?? [];
    const name = file.slice(file.lastIndexOf('/') + 1);
    const known = files.get(name) ?? new Set();
    files.set(name, known);
    for (const one of functions.split(', ')) if (/^[A-Za-z]\w*$/.test(one)) known.add(one);
  }
  return [...files]
    .map(([file, names]) => [file, [...names].join(', ')].filter((part) => part !== '').join(': '))
    .join('; ');
}

/** Loads the tests of the admission rules for their examples, without running them. */
function loadExamples(): ReadonlyMap<string, readonly ExampleInput[]> {
  const skip = Object.assign(() => undefined, { each: () => () => undefined });
  const group = Object.assign((_name: string, define: () => void) => define(), { each: () => () => undefined });
  Object.assign(globalThis, { describe: group, it: skip, test: skip, expect: skip, beforeAll: skip, afterAll: skip });
  const folder = join(ROOT, 'review', 'admission');
  for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
    if (!file.endsWith('.test.ts')) continue;
    if (!readFileSync(join(folder, file), 'utf8').includes('testing/rule-tester')) continue;
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    require(join(folder, file));
  }
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  return (require('../../review/testing/rule-tester') as typeof import('../../review/testing/rule-tester')).EXAMPLES;
}

/**
 * Rules of DataVolumes that the template of a cron never breaks by itself: the webhook of crons refuses it before by
 * data-import-cron-source or data-import-cron-template-keys, and looks no further.
 */
const UNREACHABLE: ReadonlySet<string> = new Set(
  [
    ...['source-present', 'source-single', 'source-ref-kind', 'source-ref-name', 'source-kind-present'],
    ...['source-blank-content', 'source-registry-content'],
  ].map((check) => `data-import-cron-template-${check}`),
);

/** The page: each rule with an input that it refuses, which is reviewed before it is printed. */
export function rulesPage(examples: ReadonlyMap<string, readonly ExampleInput[]>): string {
  const faults: string[] = [];
  const entries = [...ruleEntries().values()];
  const parts = entries.map((entry) => {
    const shown = exampleOf(entry.id, examples);
    if (UNREACHABLE.has(entry.id)) return section(entry, undefined);
    if (shown === undefined) faults.push(`${entry.id} has no example`);
    else if (!isFound(entry, shown)) faults.push(`${entry.id} does not refuse its example`);
    return section(entry, shown);
  });
  if (faults.length > 0) throw new Error(`[rules] ${faults.join('; ')}`);
  return `${head(entries.length)}\n${parts.join('\n')}`;
}

const head = (count: number): string => `# The rules of the review

Written by \`npm run rules:docs\`; do not edit. The ${count} rules of \`cdk8s-kubevirt check\`: what each demands, of which kinds, in
which releases, where that is written, and an input that it refuses. Of a machine only what matters stands here.
\`cdk8s-kubevirt explain RULE\` says the same of one rule. An **error** is what the cluster refuses or drops, a **warning** what it
takes and does not do.
`;

function section(entry: RuleEntry, shown: Shown | undefined): string {
  const { id, sentence, severity, kinds, source, help } = entry;
  const place = help === undefined ? source : `[${source}](${help})`;
  return [
    `## ${id}`,
    '',
    sentence,
    '',
    `- ${severity}${kinds.length === 0 ? '' : ` · ${kinds.join(', ')}`} · ${releasesOf(entry)}`,
    `- ${place}`,
    '',
    ...(shown === undefined ? [ALREADY_REFUSED] : ['```yaml', shown.text.trimEnd(), '```']),
    '',
  ].join('\n');
}

const ALREADY_REFUSED = 'What breaks it is refused by another rule of the cron before.';

function exampleOf(id: string, examples: ReadonlyMap<string, readonly ExampleInput[]>): Shown | undefined {
  const written = WRITTEN[id];
  if (written !== undefined) {
    const objects = objectsOf(written);
    const manifests = objects.map((object, document) =>
      ReviewedManifest.of(object, { file: 'example.yaml', document }),
    );
    return { manifests, text: yaml(objects) };
  }
  const outcome = OUTCOME_EXAMPLES[id];
  if (outcome !== undefined) {
    const manifests = objectsOf(outcome.objects);
    if (outcome.storage === undefined) return { manifests, text: yaml(manifests) };
    const storage = objectsOf(outcome.storage);
    return { manifests, storage, text: `${yaml(manifests)}# where --storage holds\n${commented(yaml(storage))}` };
  }
  const update = WRITTEN_UPDATES[id];
  if (update !== undefined) {
    const [old, ...objects] = objectsOf(update);
    const next = ReviewedManifest.update(objects.at(-1), old as Json);
    return {
      manifests: [...objects.slice(0, -1), next],
      text: `${yaml(objects)}# an update of\n${commented(yaml([old]))}`,
    };
  }
  const [input] = examples.get(id) ?? [];
  if (input !== undefined) return shownInput(input);
  for (const [prefix, holder] of HOLDERS) {
    const [check] = id.startsWith(prefix) ? (examples.get(`data-volume-${id.slice(prefix.length)}`) ?? []) : [];
    if (check === undefined) continue;
    const { release, cdi } = check;
    return { ...holder(check.object.spec as Json, check), release, cdi };
  }
  return undefined;
}

function shownInput({ object, old, written, cluster, release, cdi }: ExampleInput): Shown {
  const manifest = old === undefined ? object : ReviewedManifest.update(object, old, {});
  const change = old === undefined ? '' : `# an update of\n${commented(yaml([old]))}`;
  const isMachine = object.kind === 'VirtualMachine';
  const text = isMachine ? yaml([nested(written)]) : yaml([object]);
  return {
    manifests: [manifest],
    text: `${text}${isMachine && old !== undefined ? '# on an update\n' : change}`,
    cluster,
    release,
    cdi,
  };
}

/** Where the spec of a DataVolume stands in other kinds: its checks have their examples there. */
const HOLDERS: readonly (readonly [prefix: string, show: (spec: Json, input: ExampleInput) => Shown])[] = [
  [
    'data-import-cron-template-',
    (spec) =>
      whole({
        apiVersion: 'cdi.kubevirt.io/v1beta1',
        kind: 'DataImportCron',
        metadata: { name: 'example' },
        spec: {
          schedule: '',
          managedDataSource: 'example',
          template: {
            spec: {
              ...spec,
              source: { registry: { url: 'docker://example.com/disk' }, ...((spec.source ?? {}) as Json) },
            },
          },
        },
      }),
  ],
  [
    'volume-import-source-',
    (spec) =>
      whole({
        apiVersion: 'cdi.kubevirt.io/v1beta1',
        kind: 'VolumeImportSource',
        metadata: { name: 'example' },
        spec: { source: spec.source, contentType: spec.contentType },
      }),
  ],
  [
    'cdi-template-',
    (spec) => {
      const filled = { ...claimOf(spec), ...sourceOf(spec), ...spec };
      const templates = [{ metadata: { name: 'example' }, spec: filled }];
      return whole({
        apiVersion: 'kubevirt.io/v1',
        kind: 'VirtualMachine',
        metadata: { name: 'example' },
        spec: {
          runStrategy: 'Halted',
          dataVolumeTemplates: templates,
          template: {
            spec: {
              domain: { devices: {}, memory: { guest: '1Gi' } },
              volumes: [{ name: 'disk', dataVolume: { name: 'example' } }],
            },
          },
        },
      });
    },
  ],
];

function claimOf({ pvc, storage }: Json): Json {
  return pvc === undefined && storage === undefined ? { storage: { resources: { requests: { storage: '1Gi' } } } } : {};
}

function sourceOf(spec: Json): Json {
  const claim = (spec.pvc ?? spec.storage ?? {}) as Json;
  const isFilled = [spec.source, spec.sourceRef, claim.dataSource, claim.dataSourceRef].some(
    (one) => one !== undefined,
  );
  return isFilled ? {} : { source: { blank: {} } };
}

function whole(object: Json): Shown {
  return { manifests: [object], text: yaml([object]) };
}

/** Whether the review of an example has a finding of its rule. */
function isFound(
  { id }: RuleEntry,
  { manifests, cluster, release, cdi = ADMISSION_PAIR.cdi, storage }: Shown,
): boolean {
  const { kubevirt } = ADMISSION_PAIR;
  return review(manifests, { kubevirt: release ?? kubevirt, cdi, closed: true, ...cluster, storage }).some(
    ({ rule }) => rule === id,
  );
}

/** Changes of a machine, `T.hostname: a`, as the object that they make alone. */
function nested(changes: Json): Json {
  const object: Record<string, unknown> = {};
  for (const [path, value] of Object.entries(changes)) {
    if (value === undefined) continue;
    const keys = path
      .replace(/^T(?=\.|$)/, 'spec.template.spec')
      .replace(/^D(?=\.|$)/, 'spec.template.spec.domain.devices')
      .split('.');
    set(object, keys, value);
  }
  return { kind: 'VirtualMachine', ...object };
}

function set(object: Record<string, unknown>, [key = '', ...rest]: readonly string[], value: unknown): void {
  if (rest.length === 0) object[key] = value;
  else set((object[key] ??= {}) as Record<string, unknown>, rest, value);
}

function commented(text: string): string {
  return text.replace(/^(?=.)/gm, '#   ');
}

function yaml(objects: readonly unknown[]): string {
  return objects
    .map((object) => dump(object, { flowLevel: 5, lineWidth: 120, skipInvalid: true, noRefs: true }))
    .join('---\n');
}

if (require.main === module) main(process.argv.slice(2));
