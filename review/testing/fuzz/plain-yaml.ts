import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadAll } from 'js-yaml';
import { splitDocuments } from '../../manifests/documents';
import { kubectlSchema } from '../../manifests/kubectl-schema';
import { parseText } from '../../manifests/parser';
import { readPlain, readPlainFile } from '../../manifests/plain-yaml';
import { RepeatedValues } from '../../manifests/repeated-values';
import { Dice } from './inputs';
import { changedYaml, PLAIN_MANIFEST } from './yaml-texts';

const OPTIONS = { schema: kubectlSchema() };

/** How the reader of plain YAML took a text. */
export enum Reading {
  SAME = 'read as js-yaml reads it',
  LEFT = 'left to js-yaml',
  OTHER = 'read in another way',
}

/** What texts before said alike: a text that is read with it must say the same. */
const repeated = new RepeatedValues();

/** Reads a text by the reader of plain YAML and by js-yaml, and answers whether both said the same, in the same order. */
export function readTwice(text: string): Reading {
  const plain = readPlain(text);
  if (plain === undefined) return Reading.LEFT;
  try {
    const documents = loadAll(text, OPTIONS);
    const json = JSON.stringify(plain);
    const isShared = JSON.stringify(readPlain(text, undefined, repeated)) === json;
    const isSame = documents.length === 1 && isShared && json === JSON.stringify(documents[0]);
    return isSame ? Reading.SAME : Reading.OTHER;
  } catch {
    return Reading.OTHER;
  }
}

/** Reads a file by the reader of plain files and document by document, and answers whether both said the same. */
export function readFileTwice(text: string): Reading {
  const plain = readPlainFile(Buffer.from(text));
  if (plain === undefined) return Reading.LEFT;
  const { manifests, faults, lines } = parseText('file', text);
  const shared = readPlainFile(Buffer.from(text), undefined, repeated);
  const other = JSON.stringify([manifests.map(({ object }) => object), lines.get('file')]);
  const isSame = [plain, shared].every((one) => JSON.stringify([one?.objects, one?.lines]) === other);
  return faults.length === 0 && isSame ? Reading.SAME : Reading.OTHER;
}

/** What stands between two documents of a file. */
const SEPARATORS = ['---\n', '\n---\n', '--- # next\n', '---\n# nothing\n---\n', '# end\n---\n\n'];

/** A file of changed documents. */
export function changedFile(documents: readonly string[], dice: Dice): string {
  const changed = Array.from({ length: 2 + dice.below(2) }, () => dice.one(documents));
  changed[0] = changedYaml(changed[0]!, dice);
  return changed.reduce((before, text) => `${before}${dice.one(SEPARATORS)}${text}`);
}

/**
 * `npm run fuzz:yaml -- TEXTS [SEED [FOLDER…]]`: reads as many changed documents by both readers, and as many files of them. The documents are those of
 * the folders, as they stand first, of `dist` where none is named.
 */
function main(texts: number, seed: number, folders: readonly string[]): number {
  const documents = [PLAIN_MANIFEST, ...folders.flatMap(documentsIn)];
  const counts = { [Reading.SAME]: 0, [Reading.LEFT]: 0, [Reading.OTHER]: 0 };
  const files = { ...counts };
  const take = (text: string, title: string, read = readTwice, of = counts): void => {
    const reading = read(text);
    of[reading]++;
    if (reading === Reading.OTHER) console.log(`${title}: ${JSON.stringify(text)}`);
  };
  documents.forEach((text, index) => take(text, `document ${index}`));
  tell(`${documents.length} documents`, counts);
  for (let index = 0; index < texts; index++) {
    const dice = new Dice(seed + index);
    take(changedYaml(dice.one(documents), dice), `seed ${seed + index}`);
    take(changedFile(documents, dice), `file of seed ${seed + index}`, readFileTwice, files);
  }
  tell(`${documents.length + texts} texts from seed ${seed}`, counts);
  tell(`${texts} files`, files);
  return counts[Reading.OTHER] + files[Reading.OTHER] === 0 ? 0 : 1;
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
