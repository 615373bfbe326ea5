import * as fs from 'node:fs';

type Call = (...args: unknown[]) => unknown;

/** The functions of Node.js's file system that a synth may call. */
const NAMES = (Object.keys(fs) as (keyof typeof fs)[]).filter((name) => name.endsWith('Sync'));

/** What becomes of a call: it goes on, or what is thrown instead. */
export type Judge = (call: number, name: string, args: readonly unknown[]) => void;

/**
 * Runs `action` while each call of the file system is counted and asks `judge` first, from 1.
 *
 * @returns how many calls were made.
 */
export function withFileCalls(judge: Judge, action: () => void): number {
  // The module that `import` hands out has the functions behind getters; this is the one that they read.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const real = require('node:fs') as Record<string, Call>;
  const originals = new Map(NAMES.map((name) => [name as string, real[name] as Call]));
  let [calls, depth] = [0, 0];
  for (const [name, original] of originals) {
    real[name] = (...args: unknown[]): unknown => {
      if (depth > 0) return original(...args);
      judge((calls += 1), name, args);
      depth += 1;
      try {
        return original(...args);
      } finally {
        depth -= 1;
      }
    };
  }
  try {
    action();
  } finally {
    for (const [name, original] of originals) real[name] = original;
  }
  return calls;
}

/** An error as the system gives it. */
export function systemError(code: string, name: string): Error {
  return Object.assign(new Error(`${code}: injected, ${name}`), { code });
}
