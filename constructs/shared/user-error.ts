import { basename, dirname, join, sep } from 'node:path';

/** The folder `constructs/` as it runs, and as the source maps of the package have it. */
const FOLDERS: readonly string[] = (() => {
  const compiled = dirname(__dirname);
  const root = dirname(compiled);
  return [compiled, ...(basename(root) === 'lib' ? [join(dirname(root), 'constructs')] : [])].map((path) => path + sep);
})();

/**
 * An error whose stack begins where the program called the library: what is between is ours, and says nothing to its author.
 *
 * @param mark Stands in the line that throws, and keeps Node from printing that line above an error that nobody catches:
 * https://github.com/nodejs/node/blob/v24.0.0/src/node_errors.cc, GetErrorSource.
 */
export function userError(message: string, mark: 'node-do-not-add-exception-line'): Error {
  void mark;
  const error = new Error(message);
  // Deep trees of constructs call each other; the caller's line must not fall off the end.
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = MOST_FRAMES;
  Error.captureStackTrace(error, userError);
  Error.stackTraceLimit = stackTraceLimit;
  const frames = (error.stack ?? '').slice(`Error: ${message}\n`.length).split('\n');
  const theirs = frames.filter((frame) => !isOurs(frame) && !INTERNAL.test(frame)).slice(0, SHOWN_FRAMES);
  if (theirs.length > 0) error.stack = [`Error: ${message}`, ...theirs].join('\n');
  return error;
}

const MOST_FRAMES = 60;
const SHOWN_FRAMES = 5;

/** What Node and the runners of TypeScript put below the first line of a program. */
const INTERNAL = /\(?node:|\bnode_modules[\\/](tsx|ts-node|@swc)[\\/]/;

function isOurs(frame: string): boolean {
  return !/\.test\.[jt]s:/.test(frame) && FOLDERS.some((folder) => frame.includes(folder));
}
