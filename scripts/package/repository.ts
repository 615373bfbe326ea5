import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where `OWNER/REPOSITORY` may stand: the package's own three lines, the pages, and what GitHub reads. */
const PAGES = ['README.md', 'CONTRIBUTING.md', 'SECURITY.md'];
const FOLDERS = ['docs', '.github'];

/**
 * `npm run repository -- OWNER/REPOSITORY`: writes where the project is kept into package.json (repository, homepage, bugs),
 * and into each page that names it.
 */
function main(words: readonly string[], root: string): void {
  const [next = ''] = words;
  if (words.length !== 1 || !/^[\w.-]+\/[\w.-]+$/.test(next)) {
    throw new Error(
      `[repository] 'OWNER/REPOSITORY' must be one name on GitHub, got ${JSON.stringify(words.join(' '))}`,
    );
  }
  const before = ownRepository(root);
  const below = FOLDERS.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
  );
  const files = ['package.json', ...PAGES, ...below.filter((name) => /\.(md|ya?ml)$/.test(name))];
  for (const file of files) {
    const text = readFileSync(join(root, file), 'utf8');
    if (!text.includes(before)) continue;
    writeFileSync(join(root, file), text.replaceAll(before, next));
    console.log(file);
  }
}

/** `OWNER/REPOSITORY` as package.json has it. */
export function ownRepository(root: string): string {
  const { repository } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    readonly repository: { readonly url: string };
  };
  return repository.url.replace(/^git\+https:\/\/github\.com\/|\.git$/g, '');
}

if (require.main === module) main(process.argv.slice(2), join(__dirname, '..', '..'));
