// The stacks of errors, with the lines of the sources: what a refusal does to its own stack (constructs/shared/user-error.ts) took a
// quarter of the CPU of the tests of refusals with the stacks of jest, which copies each frame.
const { readFileSync } = require('node:fs');
const { SourceMap } = require('node:module');
const { stackText } = require('../source-stacks.cjs');

/** The file with the source map of each source that is loaded. */
const mapFiles = new Map();
const maps = new Map();

exports.noteMapFile = (source, mapFile) => {
  mapFiles.set(source, mapFile);
  maps.delete(source);
};

/** For `Error.prepareStackTrace`. */
exports.stackOf = (error, frames) => stackText(error, frames, mapOf);

function mapOf(file) {
  const mapFile = mapFiles.get(file);
  if (mapFile === undefined) return undefined;
  if (!maps.has(file)) maps.set(file, new SourceMap(JSON.parse(readFileSync(mapFile, 'utf8'))));
  return maps.get(file);
}
