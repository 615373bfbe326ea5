/* eslint-disable @typescript-eslint/no-require-imports */

/** What this project uses of playwright-core, which brings no browser along: https://playwright.dev/docs/api/class-playwright */
export interface Browser {
  newContext(options: object): Promise<{ newPage(): Promise<Page> }>;
  close(): Promise<void>;
}

/** A page that is open. */
export interface Page {
  on(event: 'pageerror', listener: (error: Error) => void): void;
  on(event: 'console', listener: (line: { type(): string; text(): string }) => void): void;
  on(event: 'request', listener: (request: { url(): string }) => void): void;
  goto(url: string): Promise<unknown>;
  evaluate<T>(script: string): Promise<T>;
  locator(selector: string, options?: { hasText?: string | RegExp; has?: Locator }): Locator;
  screenshot(options: { path: string; fullPage?: boolean }): Promise<unknown>;
  emulateMedia(options: { media?: 'print' | 'screen'; colorScheme?: 'dark' | 'light' }): Promise<void>;
  readonly keyboard: { press(key: string): Promise<void> };
}

/** Elements of a page. */
export interface Locator {
  locator(selector: string, options?: { hasText?: string | RegExp; has?: Locator }): Locator;
  first(): Locator;
  count(): Promise<number>;
  click(): Promise<void>;
  focus(): Promise<void>;
  fill(text: string): Promise<void>;
  textContent(): Promise<string | null>;
  getAttribute(name: string): Promise<string | null>;
  isVisible(): Promise<boolean>;
}

/** Starts a Chrome or Chromium that is installed. */
export function launch(executablePath: string): Promise<Browser> {
  const { chromium } = require('playwright-core') as {
    readonly chromium: { launch(options: object): Promise<Browser> };
  };
  // A container of CI has neither a sandbox of its own nor much shared memory.
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
}
