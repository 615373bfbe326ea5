import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { gunzipSync, inflateSync } from 'node:zlib';

const ROOT = join(__dirname, '..', '..');
const SITE = join(ROOT, 'docs', 'api');

/** What readers look for: each word leads to a page, a class or a prop. */
const WORDS = [
  ...[
    'Windows',
    'containerDisk',
    'sysprep',
    'VDDK',
    'S3',
    'registry',
    'upload',
    'import',
    'clone',
    'snapshot',
    'restore',
  ],
  ...['probe', 'toleration', 'affinity', 'GPU', 'TPM', 'UEFI', 'NUMA', 'hugepages', 'hotplug', 'migration', 'multus'],
  ...['pool', 'quota', 'replicas', 'instancetype', 'preference', 'golden', 'cloud-init', 'SSH', 'Secret', 'password'],
  ...['StorageClass', 'StorageProfile', 'CSI', 'Kustomize', 'Helm', 'Terraform', 'Ansible', 'Argo', 'Flux', 'GitOps'],
  ...[
    'inventory',
    'check',
    'diff',
    'explain',
    'SARIF',
    'pre-commit',
    'RBAC',
    'dashboard',
    'export',
    'resize',
    'backup',
  ],
];

/**
 * `npm run docs:check`: every link and picture of the static site leads to a file of it, and to an anchor that there is; every
 * word of a list is found by its search.
 */
function main(): void {
  const pages = htmlFiles(SITE);
  const anchors = new Map(pages.map((page) => [page, anchorsOf(page)] as const));
  const dead = pages.flatMap((page) => deadLinks(page, anchors));
  const lost = wordsLost();
  for (const link of dead) console.error(link);
  for (const word of lost) console.error(`the search finds nothing for ${word}`);
  if (dead.length + lost.length > 0) {
    process.exitCode = 1;
    return;
  }
  console.log(`${pages.length} pages: every link leads somewhere, and the search finds ${WORDS.length} words`);
}

function htmlFiles(folder: string): string[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return names.filter((name) => name.endsWith('.html')).map((name) => join(folder, name));
}

function anchorsOf(page: string): Set<string> {
  return new Set([...readFileSync(page, 'utf8').matchAll(/ (?:id|name)="([^"]+)"/g)].map(([, id = '']) => id));
}

function deadLinks(page: string, anchors: ReadonlyMap<string, ReadonlySet<string>>): string[] {
  const links = [...readFileSync(page, 'utf8').matchAll(/ (?:href|src)="([^"]*)"/g)].map(([, link = '']) => link);
  return [...new Set(links)].flatMap((link) => {
    if (/^(https?|mailto|data):/.test(link)) return [];
    const [path = '', anchor = ''] = link.replace(/&amp;/g, '&').split('#');
    const file = path === '' ? page : join(dirname(page), decodeURIComponent(path));
    const isThere = existsSync(file) && (anchor === '' || (anchors.get(file)?.has(decodeURIComponent(anchor)) ?? true));
    return isThere ? [] : [`${relative(SITE, page)}: ${link} leads nowhere`];
  });
}

interface SearchIndex {
  search(query: string): readonly unknown[];
}

/** The words that the search of the site does not find; it is that of TypeDoc, by lunr. */
function wordsLost(): string[] {
  const ofTypedoc = createRequire(join(ROOT, 'node_modules', 'typedoc', 'package.json'));
  const lunr = ofTypedoc('lunr') as { readonly Index: { load(index: object): SearchIndex } };
  const [, base64 = ''] = /"([^"]+)"/.exec(readFileSync(join(SITE, 'assets', 'search.js'), 'utf8')) ?? [];
  const bytes = Buffer.from(base64, 'base64');
  const text = (bytes[0] === 0x1f ? gunzipSync(bytes) : inflateSync(bytes)).toString('utf8');
  const { index } = JSON.parse(text) as { readonly index: object };
  const search = lunr.Index.load(index);
  return WORDS.filter((word) => search.search(`${word.toLowerCase()} ${word.toLowerCase()}*`).length === 0);
}

main();
