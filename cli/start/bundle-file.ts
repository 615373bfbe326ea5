import { join } from 'node:path';

declare global {
  /** Set where the package is built: tells the text of the bundle from any other. */
  const BUNDLE_ID: string;
}

/** The command and the review in one file, from the programs beside it in the package. */
export const BUNDLE_FILE = join(__dirname, '..', 'bundle.js');

/** What a program takes of it. */
export interface Bundle {
  readonly command: { runInProcess(): Promise<void> };
  readonly thread: { work(): void };
}
