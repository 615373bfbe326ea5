import { readdirSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import * as ts from 'typescript';

const USAGE = `Usage: npm install --no-save recheck && npm run expressions [-- FILE|DIR ...]

Asks recheck (https://makenowjust-labs.github.io/recheck/) of every regular expression of the given sources, whether its time grows faster
than its input; without arguments, of constructs/, review/, code/ and cli/, and of every pattern of the schemas, which takes most of an hour.
Where an expression looks around, recheck guesses: its answer counts if its own text takes longer by more than its length.
Exit status: 0 none does, 1 some do, 2 recheck is missing.
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
  readonly attack?: Attack;
}

/** A text that is to take long: some parts of it many times. */
interface Attack {
  readonly pattern: string;
  readonly pumps: readonly { readonly prefix: string; readonly pump: string; readonly bias: number }[];
  readonly suffix: string;
  readonly base: number;
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
  const given = process.argv.slice(2);
  const sources = (given.length === 0 ? FOLDERS : given).flatMap(sourcesIn);
  const found = [...sources.flatMap(expressionsOf), ...(given.length === 0 ? patterns() : [])];
  const unique = new Map(found.map((one) => [`/${one.source}/${one.flags}`, one]));
  let [wrong, suspected] = [0, 0];
  for (const [text, { source, flags, place }] of unique) {
    const { status, complexity, attack } = recheck.checkSync(source, flags, { timeout: PATIENCE });
    if (status === 'safe') continue;
    suspected += 1;
    if (attack !== undefined && !grows(new RegExp(source, flags), attack)) continue;
    wrong += 1;
    console.log(`${place}  ${text}\n  ${complexity?.summary ?? status}${attack ? `: ${attack.pattern}` : ''}`);
  }
  console.log(
    `${unique.size} expressions, ${suspected} suspected by recheck, ${wrong} whose time may grow faster than their input`,
  );
  return wrong === 0 ? 0 : 1;
}

/** Whether the time of a text that is four times as long is more than eight times as long. */
function grows(expression: RegExp, { pumps, suffix, base }: Attack): boolean {
  const [first = 0, last = 0] = [1, 4].map((factor) => {
    const parts = pumps.map(({ prefix, pump, bias }) => prefix + pump.repeat(Math.max(0, base * factor + bias)));
    const text = `${parts.join('')}${suffix}`;
    return Math.min(...Array.from({ length: 3 }, () => secondsFor(expression, text)));
  });
  return last > LEAST && last > 8 * first;
}

/** Below this the clock decides, in seconds. */
const LEAST = 0.05;

function secondsFor(expression: RegExp, text: string): number {
  const { user } = process.cpuUsage();
  text.replace(expression, '');
  return (process.cpuUsage().user - user) / 1e6;
}

function sourcesIn(given: string): string[] {
  if (!statSync(join(ROOT, given)).isDirectory()) return [given];
  return readdirSync(join(ROOT, given), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !/\.test\.ts$|(^|\/)testing(\/|\.ts$)/.test(name))
    .map((name) => join(given, name))
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
