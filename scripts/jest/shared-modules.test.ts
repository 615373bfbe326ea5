import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const load = createRequire(__filename);
const ProcessEnvironment = load('./process-environment.cjs') as new (config: { projectConfig: object }) => {
  readonly moduleMocker: { readonly spyOn: typeof jest.spyOn };
  setup(): Promise<void>;
  teardown(): Promise<void>;
};

describe('what a test file may do', () => {
  test('imports the package by its own name, and the same module by its path', () => {
    expect(load('cdk8s-kubevirt')).toBe(load('../../constructs'));
    expect(load('cdk8s-kubevirt/package.json')).toBe(load('../../package.json'));
  });

  test.each(['mock', 'doMock', 'resetModules', 'isolateModules', 'requireActual'] as const)(
    'fails when it calls jest.%s, which would change no module',
    (name) => {
      expect(() => (jest[name] as (name: string) => void)('./shared-modules.cjs')).toThrow(
        `jest.${name} has no effect`,
      );
    },
  );
});

describe('what a test file leaves behind', () => {
  let folder: string;
  beforeEach(() => (folder = realpathSync(mkdtempSync(join(tmpdir(), 'process-')))));
  afterEach(() => rmSync(folder, { recursive: true }));

  /** The environment of another test file, which does this. */
  async function afterFile(work: (environment: InstanceType<typeof ProcessEnvironment>) => void): Promise<void> {
    const environment = new ProcessEnvironment({ projectConfig: { fakeTimers: {} } });
    await environment.setup();
    work(environment);
    await environment.teardown();
  }

  test('is put back: the variables of the environment, the folder, the exit status', async () => {
    const { PATH, HOME } = process.env;
    const [env, cwd, { exitCode }] = [process.env, process.cwd(), process];
    await afterFile(() => {
      process.env.LEFT_BEHIND = 'x';
      process.env.PATH = '/nowhere';
      delete process.env.HOME;
      process.env = {};
      process.chdir(folder);
      process.exitCode = 7;
    });
    expect(process.env).toBe(env);
    expect([process.env.PATH, process.env.HOME, process.env.LEFT_BEHIND]).toEqual([PATH, HOME, undefined]);
    expect([process.cwd(), process.exitCode]).toEqual([cwd, exitCode]);
  });

  test('is put back: what it sets in the global object', async () => {
    const { fetch } = globalThis;
    await afterFile(() => Object.assign(globalThis, { fetch: () => undefined, leftBehind: 1 }));
    expect(globalThis.fetch).toBe(fetch);
    expect('leftBehind' in globalThis).toBe(false);
  });

  test('is put back: what it spies on', async () => {
    const file = join(folder, 'file');
    await afterFile(({ moduleMocker }) => {
      moduleMocker.spyOn(load('node:fs') as { writeFileSync: () => void }, 'writeFileSync').mockReturnValue(undefined);
    });
    writeFileSync(file, 'written');
    rmSync(file);
  });
});
