import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..');
const DOCS = join(ROOT, 'docs');

/** The blocks of the README in one language, in order; without a language, what programs print. */
export function readmeBlocks(language: string): string[] {
  return blocksOf(join(ROOT, 'README.md'), language);
}

/** The pages of `docs/` by name, each with its blocks in one language, in order; those without any are left out. */
export function docsBlocks(language: string): Map<string, string[]> {
  const pages = readdirSync(DOCS).filter((name) => name.endsWith('.md'));
  const blocks = pages.map((name): [string, string[]] => [name, blocksOf(join(DOCS, name), language)]);
  return new Map(blocks.filter(([, found]) => found.length > 0));
}

function blocksOf(page: string, language: string): string[] {
  const text = readFileSync(page, 'utf8');
  // One after the other, so that the end of a block is not taken for the beginning of one without a language.
  const blocks = [...text.matchAll(/^```(\w*)\n([^]*?)^```$/gm)];
  return blocks.filter(([, of]) => of === language).map(([, , block]) => block ?? '');
}
