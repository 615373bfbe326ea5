import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

const ROOT = join(__dirname, '..', '..');
const PAGES = [
  ...['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md'],
  ...readdirSync(join(ROOT, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];

/** A page without its blocks of code, where brackets are no links. */
function textOf(page: string): string {
  return readFileSync(join(ROOT, page), 'utf8').replace(/^```[^]*?^```$/gm, '');
}

/** The anchors that GitHub makes of the headings. */
function anchorsOf(page: string): Set<string> {
  const headings = [...textOf(page).matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) => heading);
  const made = headings.map((heading) =>
    heading
      .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\-_ ]/gu, '')
      .replaceAll(' ', '-'),
  );
  const named = [...textOf(page).matchAll(/<a (?:id|name)="([^"]+)"/g)].map(([, name = '']) => name);
  return new Set([...made, ...named]);
}

/** Links to other files and headings of this project: the page, and what it leads to. */
const LINKS = PAGES.flatMap((page) =>
  [...textOf(page).matchAll(/\]\(([^)\s]+)\)/g)].flatMap(([, link = '']) => {
    if (/^(https?|mailto):/.test(link)) return [];
    const [path = '', anchor] = link.split('#');
    return [{ page, link, file: path === '' ? page : normalize(join(dirname(page), path)), anchor }];
  }),
);

test('every link of README and docs leads to a file, and to a heading that there is', () => {
  const dead = LINKS.filter(({ file, anchor }) => {
    if (!existsSync(join(ROOT, file))) return true;
    return anchor !== undefined && file.endsWith('.md') && !anchorsOf(file).has(anchor);
  });
  expect(LINKS.length).toBeGreaterThan(50);
  expect(dead).toEqual([]);
});

test('every link of README and of the packed pages leads to a file of the package', () => {
  const { files } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { files: string[] };
  const always = ['package.json', 'README.md', 'LICENSE'];
  const isPacked = (file: string): boolean =>
    [...always, ...files].some((one) => file === one || file.startsWith(`${one}/`)) ||
    /^docs\/[^/]+\.(md|png)$/.test(file);
  expect(files).toEqual(expect.arrayContaining(['docs/*.md', 'docs/*.png']));
  const packed = LINKS.filter(({ page }) => isPacked(page));
  expect(packed.filter(({ file }) => !isPacked(file))).toEqual([]);
});

test('the package says where it is kept in one place', () => {
  const { repository, homepage, bugs } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    repository: { url: string };
    homepage: string;
    bugs: string;
  };
  const kept = repository.url.replace(/^git\+|\.git$/g, '');
  expect([homepage, bugs]).toEqual([`${kept}#readme`, `${kept}/issues`]);
  const named = kept.replace('https://github.com/', '');
  const tracked = execFileSync('git', ['ls-files', 'README.md', 'docs/*.md', '.github'], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  const uses = tracked
    .trim()
    .split('\n')
    .flatMap((file) => readFileSync(join(ROOT, file), 'utf8').match(/[\w.-]+\/cdk8s-kubevirt@/g) ?? []);
  expect(uses.filter((use) => use !== `${named}@`)).toEqual([]);
});
