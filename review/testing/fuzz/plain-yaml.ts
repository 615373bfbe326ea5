import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadAll } from 'js-yaml';
import { splitDocuments } from '../../manifests/documents';
import { kubectlSchema } from '../../manifests/kubectl-schema';
import { readPlain } from '../../manifests/plain-yaml';
import { Dice } from './inputs';
import { changedYaml, PLAIN_MANIFEST } from './yaml-texts';

const OPTIONS = { schema: kubectlSchema() };

/** How the reader of plain YAML took a text. */
export enum Reading {
  SAME = 'read as js-yaml reads it',
  LEFT = 'left to js-yaml',
  OTHER = 'read in another way',
}

/** Reads a text by the reader of plain YAML and by js-yaml, and answers whether both said the same, in the same order. */
export function readTwice(text: string): Reading {
  const plain = readPlain(text);
  if (plain === undefined) return Reading.LEFT;
  try {
    const documents = loadAll(text, OPTIONS);
    const isSame = documents.length === 1 && JSON.stringify(plain) === JSON.stringify(documents[0]);
    return isSame ? Reading.SAME : Reading.OTHER;
  } catch {
    return Reading.OTHER;
  }
}

/**
 * `npm run fuzz:yaml -- TEXTS [SEED [FOLDER…]]`: reads as many changed documents by both readers. The documents are those of
 * the folders, as they stand first, of `dist` where none is named.
 */
function main(texts: number, seed: number, folders: readonly string[]): number {
  const documents = [PLAIN_MANIFEST, ...folders.flatMap(documentsIn)];
  const counts = { [Reading.SAME]: 0, [Reading.LEFT]: 0, [Reading.OTHER]: 0 };
  const take = (text: string, title: string): void => {
    const reading = readTwice(text);
    counts[reading]++;
    if (reading === Reading.OTHER) console.log(`${title}: ${JSON.stringify(text)}`);
  };
  documents.forEach((text, index) => take(text, `document ${index}`));
  tell(`${documents.length} documents`, counts);
  for (let index = 0; index < texts; index++) {
    const dice = new Dice(seed + index);
    take(changedYaml(dice.one(documents), dice), `seed ${seed + index}`);
  }
  tell(`${documents.length + texts} texts from seed ${seed}`, counts);
  return counts[Reading.OTHER] === 0 ? 0 : 1;
}

function tell(what: string, counts: Readonly<Record<Reading, number>>): void {
  console.log(
    `${what}: ${Object.entries(counts)
      .map(([reading, count]) => `${count} ${reading}`)
      .join(', ')}`,
  );
}

function documentsIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.ya?ml$/.test(name))
    .flatMap((name) => [...splitDocuments(readFileSync(join(folder, name), 'utf8'))].map(({ text }) => text));
}

if (require.main === module) {
  const [, , texts = '300000', seed = '1', ...folders] = process.argv;
  process.exitCode = main(Number(texts), Number(seed), folders.length === 0 ? ['dist'] : folders);
}
