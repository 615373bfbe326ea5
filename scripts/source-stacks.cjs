// The stacks of errors, with the lines of the sources: of the loader of the sources (source-loader.cjs) and of tests (jest/).

/**
 * The text of a stack, for `Error.prepareStackTrace`.
 *
 * @param mapOf The source map of a loaded file; undefined if it has none.
 */
exports.stackText = (error, frames, mapOf) =>
  [Error.prototype.toString.call(error), ...frames.map((frame) => `    at ${placed(frame, mapOf)}`)].join('\n');

function placed(frame, mapOf) {
  const [text, file] = [String(frame), frame.getFileName()];
  const [line, column] = [frame.getLineNumber(), frame.getColumnNumber()];
  if (line === null || column === null) return text;
  const { originalLine, originalColumn } = mapOf(file)?.findEntry(line - 1, column - 1) ?? {};
  if (originalLine === undefined) return text;
  return text.replace(`${file}:${line}:${column}`, () => `${file}:${originalLine + 1}:${originalColumn + 1}`);
}
