import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiObject, Chart, Lazy } from 'cdk8s';
import { ManifestApp } from './manifest-app';
import { systemError, withFileCalls } from './testing/file-calls';
import { inOutputFolder } from './write-failure';

let folder: string;
beforeEach(() => (folder = fs.realpathSync(fs.mkdtempSync(join(tmpdir(), 'failure-')))));
afterEach(() => fs.rmSync(folder, { recursive: true }));

function synth(value: unknown = 'v'): void {
  const app = new ManifestApp({ outdir: join(folder, 'dist') });
  new ApiObject(new Chart(app, 'a'), 'a', { apiVersion: 'v1', kind: 'ConfigMap', data: { value } });
  app.synth();
}

/** Synthesizes while one call fails; answers the message of the synth that failed. */
function messageWhere(call: number, code: string): string | undefined {
  try {
    withFileCalls((number, name) => {
      if (number === call) throw systemError(code, name);
    }, synth);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

describe('a call of the system that fails', () => {
  test('fails the synth in words of outdir', () => {
    synth();
    const calls = withFileCalls(() => undefined, synth);
    const messages = Array.from({ length: calls }, (_, call) => messageWhere(call + 1, 'EIO')).filter((one) => one);
    expect(messages.length).toBeGreaterThan(5);
    const form =
      /^\[ManifestApp\] 'outdir' must be a folder that can be written, got ".*"; EIO: .*; see to that, or name another/;
    expect(messages.filter((one) => !form.test(one!))).toEqual([]);
  });

  test.each([
    ['EACCES', 'let this user read and write there'],
    ['EPERM', 'let this user read and write there'],
    ['EROFS', 'let this user read and write there'],
    ['ENOSPC', 'make room there'],
    ['EDQUOT', 'make room there'],
    ['EBUSY', 'see to that'],
  ])('has the remedy of %s', (code, remedy) => {
    const call = (): void => {
      throw Object.assign(new Error(`${code}: why, open '/out/a.yaml'`), { code });
    };
    expect(() => inOutputFolder('out', call)).toThrow(
      `[ManifestApp] 'outdir' must be a folder that can be written, got "out"; ${code}: why, open '/out/a.yaml'; ${remedy}, or name another folder`,
    );
  });

  test('is not said of outdir where a construct made the call', () => {
    const value = Lazy.any({ produce: () => fs.readFileSync(join(folder, 'missing')) });
    expect(() => synth(value)).not.toThrow('outdir');
    expect(() => synth(value)).toThrow(/ENOENT.*missing/);
  });

  test.each([
    ['an error of Node.js itself', Object.assign(new Error('no'), { code: 'ERR_INVALID_ARG_TYPE' })],
    ['an error without a code', new Error('no')],
  ])('is not taken for %s', (_title, error) => {
    const call = (): void => {
      throw error;
    };
    expect(() => inOutputFolder('out', call)).toThrow(error);
  });
});
