// Lets `require` of Node.js load what jest would load: the sources by the `transform` of jest's configuration, with its cache, and
// the package's own name by `moduleNameMapper`.
const { readFileSync } = require('node:fs');
const Module = require('node:module');
const { join, sep } = require('node:path');
const { createScriptTransformer } = require('@jest/transform');

const COMMONJS = {
  supportsDynamicImport: false,
  supportsExportNamespaceFrom: false,
  supportsStaticESM: false,
  supportsTopLevelAwait: false,
};

/** The file with the source map of each source that has been loaded. */
const mapFiles = new Map();
let noteMapFile;
let transformer;

/** Sets the hooks, once a process. What prints the stack of an error finds the source maps in the registry. */
exports.setHooks = async (
  { collectCoverage, collectCoverageFrom, coverageProvider, watch, watchAll },
  config,
  registry,
) => {
  noteMapFile = (source, mapFile) => registry.set(source, mapFile);
  mapFiles.forEach((mapFile, source) => noteMapFile(source, mapFile));
  const isChanging = watch || watchAll;
  if (transformer !== undefined && !isChanging) return;
  if (transformer === undefined) hookNames(config);
  else forgetSources(config);
  transformer = await createScriptTransformer(config, new Map());
  const options = { ...COMMONJS, collectCoverage, collectCoverageFrom, coverageProvider };
  require.extensions['.ts'] = (module, path) => {
    const { code, sourceMapPath } = transformer.transform(path, options, readFileSync(path, 'utf8'));
    if (sourceMapPath !== null) {
      mapFiles.set(path, sourceMapPath);
      noteMapFile(path, sourceMapPath);
    }
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
  for (const path of Object.keys(require.cache))
    if (path.startsWith(rootDir + sep) && !path.startsWith(join(rootDir, 'node_modules') + sep))
      delete require.cache[path];
}
