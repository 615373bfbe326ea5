import { createHash } from 'node:crypto';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative, sep } from 'node:path';
import { build, Plugin } from 'esbuild';

/** The file that holds the command and the review, below lib/. */
export const BUNDLE = 'bundle.js';

/** What of the sources the bundle hands out, and the file of the package that stands for it. */
const PARTS = {
  review: ['review/index', 'review/index.js'],
  inventory: ['review/inventory/index', 'review/inventory/index.js'],
  plugin: ['review/plugin', 'review/plugin.js'],
  code: ['code/index', 'code/index.js'],
} as const;

/**
 * Makes the command and the review one file, in place of three hundred that Node.js would look for one by one: a check of one
 * file then takes little more than the start of Node.js. What it has several of is loaded when it is used.
 */
export async function bundle(root: string): Promise<void> {
  const parts = Object.entries({ ...PARTS, command: ['cli/main'], thread: ['cli/threads/thread'] } as const);
  const getters = parts.map(([name, [source]]) => `get ${name}() { return require('./${source}'); }`);
  await build({
    stdin: { contents: `module.exports = { ${getters.join(', ')} };`, resolveDir: root },
    outfile: join(root, 'lib', BUNDLE),
    bundle: true,
    platform: 'node',
    target: 'node20',
    conditions: ['cdk8s-kubevirt-source'],
    external: ['cdk8s-kubevirt/package.json'],
    minify: true,
    legalComments: 'none',
    logLevel: 'warning',
    plugins: [others(root), places(root)],
  });
  for (const [name, [, file]] of Object.entries(PARTS))
    writeFileSync(join(root, 'lib', file), partOf(root, name, file));
  await programs(root);
}

/** Makes the programs that load the bundle with what was compiled of it: what package.json names, and what its threads run. */
async function programs(root: string): Promise<void> {
  const text = readFileSync(join(root, 'lib', BUNDLE));
  const id = createHash('sha256').update(text).digest('hex').slice(0, 16);
  await build({
    entryPoints: { main: join(root, 'cli', 'start', 'command.ts'), thread: join(root, 'cli', 'start', 'thread.ts') },
    outdir: join(root, 'lib', 'cli'),
    bundle: true,
    platform: 'node',
    target: 'node20',
    define: { BUNDLE_ID: JSON.stringify(id) },
    minify: true,
    logLevel: 'warning',
  });
  chmodSync(join(root, 'lib', 'cli', 'main.js'), 0o755);
}

/** A file that stands for a part of the bundle. Its last line, which does nothing, lists the names for the loader of ES modules. */
function partOf(root: string, name: string, file: string): string {
  const require = createRequire(join(root, 'lib', BUNDLE));
  const { [name]: part = {} } = require(join(root, 'lib', BUNDLE)) as Record<string, object>;
  const up = relative(dirname(file), '.').split(sep).join('/');
  return `"use strict";\nmodule.exports = require("${up}/${BUNDLE}").${name};\n0 && (module.exports = { ${Object.keys(part).join(', ')} });\n`;
}

const LATE = /^(cdk8s|cdk8s-plus-27|constructs|js-yaml|node:child_process|node:crypto|node:v8)(\/|$)/;

/** Lets what the sources take of other packages, of the constructs and of Node.js be loaded when it is used: most checks use none. */
function others(root: string): Plugin {
  const require = createRequire(join(root, 'package.json'));
  // js-yaml is part of the file, in the form of which esbuild leaves out what is not used.
  const yaml = join(root, 'node_modules', 'js-yaml', 'dist', 'js-yaml.mjs');
  return {
    name: 'others',
    setup: ({ onResolve, onLoad }) => {
      onResolve({ filter: /^(\.\.\/)+constructs$/ }, () => ({ path: './constructs/index.js', external: true }));
      onResolve({ filter: LATE }, ({ path, namespace }) => {
        if (namespace !== 'late') return { path, namespace: 'late' };
        return path === 'js-yaml' ? { path: yaml } : { path, external: true };
      });
      onLoad({ filter: /^/, namespace: 'late' }, ({ path }) => {
        const names = Object.keys(require(path) as object);
        const getters = names.map((name) => `get ${name}() { return (loaded ??= require('${path}')).${name}; }`);
        return { contents: `let loaded; module.exports = { ${getters.join(', ')} };` };
      });
    },
  };
}

/** Lets the sources find the files that stand beside them, which the bundle does not. */
function places(root: string): Plugin {
  return {
    name: 'places',
    setup: ({ onLoad }) => {
      onLoad({ filter: /\.ts$/ }, ({ path }) => {
        const text = readFileSync(path, 'utf8');
        if (!/\b__dirname\b/.test(text)) return undefined;
        const place = relative(root, dirname(path)).split(sep).join('/');
        return { contents: text.replace(/\b__dirname\b/g, `(__dirname + '/${place}')`), loader: 'ts' };
      });
    },
  };
}
