import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import * as ts from 'typescript';

const USAGE = `Usage: npm install --no-save recheck && npm run expressions

Asks recheck (https://makenowjust-labs.github.io/recheck/) of every regular expression of constructs/, review/, code/ and cli/, and of
every pattern of the schemas, whether its time grows faster than its input. Exit status: 0 none does, 1 some do, 2 recheck is missing.
`;

const ROOT = join(__dirname, '..');
const FOLDERS = ['constructs', 'review', 'code', 'cli'];
const TABLE = join(ROOT, 'review', 'schema', 'table.jsonl');

interface Expression {
  readonly source: string;
  readonly flags: string;
  readonly place: string;
}

/** What of recheck is used: it is large, and no dependency. */
interface Recheck {
  readonly checkSync: (source: string, flags: string, options: { readonly timeout: number }) => Answer;
}

interface Answer {
  readonly status: 'safe' | 'vulnerable' | 'unknown';
  readonly complexity?: { readonly summary: string };
  readonly attack?: { readonly pattern: string };
}

/** In milliseconds. Some take long: recheck then says "unknown". */
const PATIENCE = 60_000;

function main(): number {
  let recheck: Recheck;
  try {
    recheck = createRequire(__filename)('recheck') as Recheck;
  } catch {
    console.error(USAGE);
    return 2;
  }
  const found = [...FOLDERS.flatMap(sourcesIn).flatMap(expressionsOf), ...patterns()];
  const unique = new Map(found.map((one) => [`/${one.source}/${one.flags}`, one]));
  let wrong = 0;
  for (const [text, { source, flags, place }] of unique) {
    const { status, complexity, attack } = recheck.checkSync(source, flags, { timeout: PATIENCE });
    if (status === 'safe') continue;
    wrong += 1;
    console.log(`${place}  ${text}\n  ${complexity?.summary ?? status}${attack ? `: ${attack.pattern}` : ''}`);
  }
  console.log(`${unique.size} expressions, ${wrong} whose time may grow faster than their input`);
  return wrong === 0 ? 0 : 1;
}

function sourcesIn(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !/\.test\.ts$|(^|\/)testing(\/|\.ts$)/.test(name))
    .map((name) => join(folder, name))
    .sort();
}

function expressionsOf(file: string): Expression[] {
  const source = ts.createSourceFile(file, readFileSync(join(ROOT, file), 'utf8'), ts.ScriptTarget.Latest, true);
  const found: Expression[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isRegularExpressionLiteral(node)) {
      const end = node.text.lastIndexOf('/');
      const { line } = source.getLineAndCharacterOfPosition(node.getStart(source));
      found.push({ source: node.text.slice(1, end), flags: node.text.slice(end + 1), place: `${file}:${line + 1}` });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** The patterns of the schemas, which run over what is read. */
function patterns(): Expression[] {
  const text = readFileSync(TABLE, 'utf8');
  return Array.from(text.matchAll(/"pattern":("(?:[^"\\]|\\.)*")/g), ([, json = '""']) => {
    return { source: JSON.parse(json) as string, flags: 'u', place: 'a schema' };
  });
}

process.exitCode = main();
