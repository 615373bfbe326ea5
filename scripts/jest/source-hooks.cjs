// Lets `require` of Node.js load what jest would load: the sources by the `transform` of jest's configuration, with its cache, and
// the package by its own name, by `moduleNameMapper`.
const { readFileSync } = require('node:fs');
const Module = require('node:module');
const { join, sep } = require('node:path');
const { createScriptTransformer } = require('@jest/transform');
const { noteMapFile } = require('./source-stacks.cjs');

const COMMONJS = {
  supportsDynamicImport: false,
  supportsExportNamespaceFrom: false,
  supportsStaticESM: false,
  supportsTopLevelAwait: false,
};

let areSet = false;

/** Sets the hooks, once a process: in a watch, where sources change, once a file. */
exports.setHooks = async ({ watch, watchAll, collectCoverage, collectCoverageFrom, coverageProvider }, config) => {
  if (areSet && !watch && !watchAll) return;
  if (areSet) forgetSources(config);
  else hookNames(config);
  areSet = true;
  const transformer = await createScriptTransformer(config, new Map());
  const options = { ...COMMONJS, collectCoverage, collectCoverageFrom, coverageProvider };
  require.extensions['.ts'] = (module, path) => {
    const { code, sourceMapPath } = transformer.transform(path, options, readFileSync(path, 'utf8'));
    if (sourceMapPath !== null) noteMapFile(path, sourceMapPath);
    module._compile(code, path);
  };
};

function hookNames({ moduleNameMapper }) {
  const names = moduleNameMapper.map(([pattern, path]) => [new RegExp(pattern), path]);
  const resolve = Module._resolveFilename;
  Module._resolveFilename = (request, ...more) => {
    const [pattern, path] = names.find(([one]) => one.test(request)) ?? [];
    return resolve(pattern === undefined ? request : request.replace(pattern, path), ...more);
  };
}

function forgetSources({ rootDir }) {
  const isOurs = (path) => path.startsWith(rootDir + sep) && !path.startsWith(join(rootDir, 'node_modules') + sep);
  for (const path of Object.keys(require.cache)) if (isOurs(path)) delete require.cache[path];
}
