import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { BUNDLE, bundle } from './bundle';

/** What the sources read beside them, and the compiler does not copy: the compiled schemas, and what a page of HTML holds. */
const BESIDE = ['review/schema/table.jsonl', 'review/format/html/style.css', 'review/format/html/in-browser.js'];

/**
 * `npm run build`: compiles the package into lib/ and prints its size.
 *
 * Two passes of the compiler, since the doc comments belong in the declarations alone. What a consumer has no use for
 * is then taken out: declarations and modules that no entry point reaches, and the comments of `cdk8s import`, which say only
 * names. There are no source maps: what is compiled reads as its source without types and comments. The command and the review are one file.
 */
async function build(root: string): Promise<void> {
  const lib = join(root, 'lib');
  rmSync(lib, { recursive: true, force: true });
  compile(root, ['--emitDeclarationOnly']);
  compile(root, ['--declaration', 'false', '--removeComments', '--noCheck']);
  for (const file of BESIDE) copyFileSync(join(root, file), join(lib, file));
  requireWhenUsed(join(lib, 'constructs', 'index.js'));
  const files = readdirSync(lib, { recursive: true, encoding: 'utf8' })
    .map((name) => join(lib, name))
    .filter((path) => statSync(path).isFile());
  keepReached(files, entryPoints(root, 'types'), DECLARED);
  await bundle(root);
  const programs = ['review/plugin.js', 'cli/main.js', 'cli/thread.js', BUNDLE, ...BESIDE].map((name) =>
    join(lib, name),
  );
  keepReached(files, [...entryPoints(root, 'default'), ...programs], REQUIRED_BY);
  for (const path of files.filter(existsSync)) {
    if (path.startsWith(join(lib, 'imports')) && path.endsWith('.d.ts')) edit(path, EMPTY_COMMENTS);
  }
  const { filename, size, unpackedSize, entryCount } = packed(root);
  const kilobytes = (bytes: number): string => `${Math.ceil(bytes / 1000)} kB`;
  console.log(`${filename}: ${kilobytes(size)} packed, ${kilobytes(unpackedSize)} in ${entryCount} files`);
}

function compile(root: string, options: readonly string[]): void {
  const tsc = require.resolve('typescript/bin/tsc');
  const project = join(root, 'tsconfig.build.json');
  const { status } = spawnSync(process.execPath, [tsc, '--project', project, ...options], { stdio: 'inherit' });
  if (status !== 0) throw new Error('[build] the sources do not compile; see above');
}

/** Where types or programs enter the package, by package.json; a pattern names a folder. */
function entryPoints(root: string, of: 'types' | 'default'): string[] {
  const { exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    exports: Record<string, string | { readonly types: string; readonly default: string }>;
  };
  return Object.values(exports).flatMap((entry) => {
    if (typeof entry === 'string') return [];
    const path = join(root, entry[of]);
    if (!path.includes('*')) return [path];
    const [folder, end] = path.split('*') as [string, string];
    const names = readdirSync(folder).filter((name) => name.endsWith(end));
    return names.map((name) => join(folder, name));
  });
}

/** How files of one kind end, and name others. */
interface Kind {
  readonly ending: string;
  readonly names: RegExp;
}

const DECLARED: Kind = { ending: '.d.ts', names: /\bfrom '(\.[^']+)'|\bimport\("(\.[^"]+)"\)/g };
const REQUIRED_BY: Kind = { ending: '.js', names: /\brequire\(['"](\.[^'"]+)['"]\)/g };

/** Removes the files of a kind that no entry point leads to. */
function keepReached(files: readonly string[], entries: readonly string[], { ending, names }: Kind): void {
  const reached = new Set(entries);
  for (const path of reached) {
    const text = readFileSync(path, 'utf8');
    for (const [, from, inline] of text.matchAll(names)) {
      const target = resolve(dirname(path), from ?? inline ?? '');
      const found = [target, `${target}${ending}`, join(target, `index${ending}`)].find(isFile);
      reached.add(found ?? unresolved(path, target));
    }
  }
  for (const path of files) {
    if (path.endsWith(ending) && !reached.has(path)) rmSync(path);
  }
}

function isFile(path: string): boolean {
  return existsSync(path) && statSync(path).isFile();
}

function unresolved(path: string, target: string): never {
  throw new Error(`[build] ${path} imports ${target}, which is not there`);
}

/**
 * Lets a module of exports load what it exports when it is used: a program that makes a disk does not read what makes a pool. The
 * last line, which does nothing, lists the names in the form in which the loader of ES modules finds them.
 */
function requireWhenUsed(path: string): void {
  const sources = new Map<string, string>();
  const left = readFileSync(path, 'utf8').replace(REQUIRED, (_line, name: string, source: string) => {
    sources.set(name, source);
    return '';
  });
  const names: string[] = [];
  const late = left.replace(EXPORTED, (line, exported: string, name: string, inner: string) => {
    names.push(exported);
    return sources.has(name) ? `late("${exported}", () => ${sources.get(name)}.${inner});\n` : line;
  });
  if (names.length === 0 || [...sources.keys()].some((name) => new RegExp(`\\b${name}\\b`).test(late))) {
    throw new Error(`[build] ${path} must hold nothing but exports of other modules`);
  }
  // A getter that is written out would make the loader leave the name out. It is asked once: `require` takes its time each time.
  const define = `const late = (name, load) => {
  const get = () => {
    const value = load();
    Object.defineProperty(exports, name, { value });
    return value;
  };
  Object.defineProperty(exports, name, { enumerable: true, configurable: true, get });
};
`;
  const listed = `0 && (module.exports = { ${names.join(', ')} });\n`;
  writeFileSync(path, `${late.replace(/^late\(/m, `${define}late(`)}${listed}`);
}

/** A module that the compiled exports take something from, and an export that they make of it. */
const REQUIRED = /^(?:var|const) (\w+) = (require\("[^"]+"\));\n/gm;
const EXPORTED =
  /^Object\.defineProperty\(exports, "(\w+)", \{ enumerable: true, get: function \(\) \{ return (\w+)\.(\w+); \} \}\);\n/gm;

/** A comment whose only word is the name of a schema, or of the type that a function converts. */
const EMPTY_COMMENTS = /^ *\/\*\*\n(?: *\*\n)* *\* (?:@schema|Converts an object of type) .*\n(?: *\*\n)* *\*\/\n/gm;

function edit(path: string, unwanted: RegExp): void {
  writeFileSync(path, readFileSync(path, 'utf8').replace(unwanted, ''));
}

interface Packed {
  readonly filename: string;
  readonly size: number;
  readonly unpackedSize: number;
  readonly entryCount: number;
}

function packed(root: string): Packed {
  const options = { cwd: root, encoding: 'utf8', shell: process.platform === 'win32' } as const;
  const { stdout, stderr } = spawnSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], options);
  const answer = stdout.slice(stdout.search(/[[{]/));
  try {
    return Object.values(JSON.parse(answer) as Packed[] | Record<string, Packed>)[0] as Packed;
  } catch {
    throw new Error(`[build] npm pack gave no report: ${stderr || stdout}`);
  }
}

void build(join(__dirname, '..', '..'));
