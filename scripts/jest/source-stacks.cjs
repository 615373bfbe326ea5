// The stacks of errors, with the lines of the sources: what a refusal does to its own stack (constructs/shared/user-error.ts) took a
// quarter of the CPU of the tests of refusals with the stacks of jest, which copies each frame.
const { readFileSync } = require('node:fs');
const { SourceMap } = require('node:module');

/** The file with the source map of each source that is loaded. */
const mapFiles = new Map();
const maps = new Map();

exports.noteMapFile = (source, mapFile) => {
  mapFiles.set(source, mapFile);
  maps.delete(source);
};

/** For `Error.prepareStackTrace`. */
exports.stackOf = (error, frames) =>
  [Error.prototype.toString.call(error), ...frames.map((frame) => `    at ${placed(frame)}`)].join('\n');

function placed(frame) {
  const [text, file] = [String(frame), frame.getFileName()];
  const map = mapOf(file);
  if (map === undefined) return text;
  const [line, column] = [frame.getLineNumber(), frame.getColumnNumber()];
  const { originalLine, originalColumn } = map.findEntry(line - 1, column - 1);
  if (originalLine === undefined) return text;
  return text.replace(`${file}:${line}:${column}`, `${file}:${originalLine + 1}:${originalColumn + 1}`);
}

function mapOf(file) {
  const mapFile = mapFiles.get(file);
  if (mapFile === undefined) return undefined;
  if (!maps.has(file)) maps.set(file, new SourceMap(JSON.parse(readFileSync(mapFile, 'utf8'))));
  return maps.get(file);
}
