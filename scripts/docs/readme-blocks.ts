import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const README = readFileSync(join(__dirname, '..', '..', 'README.md'), 'utf8');

/** The blocks of the README in one language, in order. */
export function readmeBlocks(language: string): string[] {
  return [...README.matchAll(new RegExp('^```' + language + '\\n([^]*?)^```$', 'gm'))].map(([, block]) => block ?? '');
}
