// Runs TypeScript as the package's compiled JavaScript would run: without ts-node, which holds a whole TypeScript.
const { transformFileSync } = require('@swc/core');

const options = { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' } };

require.extensions['.ts'] = (module, path) => module._compile(transformFileSync(path, options).code, path);
