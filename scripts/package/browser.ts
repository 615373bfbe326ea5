/* eslint-disable @typescript-eslint/no-require-imports */
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** What this project uses of playwright-core, which brings no browser along: https://playwright.dev/docs/api/class-playwright */
export interface Browser {
  newContext(options: object): Promise<Context>;
  close(): Promise<void>;
}

/** What pages share: their size, their colours. */
export interface Context {
  newPage(): Promise<Page>;
  newCDPSession(page: Page): Promise<{ send(method: string): Promise<unknown> }>;
}

/** A page that is open. */
export interface Page {
  on(event: 'pageerror', listener: (error: Error) => void): void;
  on(event: 'console', listener: (line: { type(): string; text(): string }) => void): void;
  on(event: 'request', listener: (request: { url(): string }) => void): void;
  goto(url: string): Promise<unknown>;
  setViewportSize(size: { width: number; height: number }): Promise<void>;
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

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** The browser of CHROME_PATH, else the one on the path; undefined if there is none. */
export function installedBrowser(): string | undefined {
  return process.env.CHROME_PATH ?? NAMES.map(onPath).find((path) => path !== undefined);
}

function onPath(name: string): string | undefined {
  const folders = (process.env.PATH ?? '').split(':').filter((folder) => folder !== '');
  return folders.map((folder) => join(folder, name)).find(existsSync);
}

/** Starts a Chrome or Chromium that is installed. */
export function launch(executablePath: string): Promise<Browser> {
  const { chromium } = require('playwright-core') as {
    readonly chromium: { launch(options: object): Promise<Browser> };
  };
  // A container of CI has neither a sandbox of its own nor much shared memory.
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
}
