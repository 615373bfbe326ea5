import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

/** What Mermaid makes of a diagram. */
export interface Parsed {
  /** Why it is not a diagram. */
  readonly error?: string;
  /** The lines of each box. */
  readonly boxes: readonly (readonly string[])[];
  readonly titles: readonly string[];
  /** The labels of the arrows. */
  readonly arrows: readonly string[];
}

/** Has Mermaid parse diagrams, in one process. */
export function parseDiagrams(texts: readonly string[]): Parsed[] {
  const input = JSON.stringify(texts);
  const output = execFileSync('node', [join(__dirname, 'parse-diagrams.mjs')], { input, encoding: 'utf8' });
  return JSON.parse(output) as Parsed[];
}
