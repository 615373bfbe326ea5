import { PassThrough } from 'node:stream';
import { Progress } from './progress';

/** A stream that takes itself for a terminal, or not. */
function target(isTTY: boolean): PassThrough & { isTTY: boolean; cursorTo: jest.Mock; clearLine: jest.Mock } {
  return Object.assign(new PassThrough(), { isTTY, cursorTo: jest.fn(), clearLine: jest.fn() });
}

/** What is written while 100 charts take so many milliseconds each. */
function written(isTTY: boolean, milliseconds: number): string {
  const stream = target(isTTY);
  let clock = 1_000_000;
  const progress = new Progress(100, stream, () => clock);
  for (let chart = 0; chart < 100; chart += 1) {
    clock += milliseconds;
    progress.advance();
  }
  progress.stop();
  return String(stream.read() ?? '');
}

describe('Progress', () => {
  const before = process.env.CI;
  beforeEach(() => delete process.env.CI);
  afterEach(() => {
    if (before === undefined) delete process.env.CI;
    else process.env.CI = before;
  });

  it('shows how far a long synth is, on a terminal', () => {
    expect(written(true, 100)).toMatch(/synthesizing \[.*\] \d+ of 100 charts/);
  });

  it('shows nothing of a short synth', () => {
    expect(written(true, 1)).toBe('');
  });

  it.each([
    [19.99, ''],
    [20, expect.stringContaining('100 of 100 charts')],
  ])('begins after two seconds: %d ms a chart', (milliseconds, text: unknown) => {
    expect(written(true, milliseconds)).toEqual(text);
  });

  it('is silent when it is piped', () => {
    expect(written(false, 100)).toBe('');
  });

  it('is silent in CI', () => {
    process.env.CI = 'true';
    expect(written(true, 100)).toBe('');
  });
});
