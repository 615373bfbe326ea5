import { execFile } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { shortened } from '../constructs/shared/wording';
import type { KustomizeBuild, KustomizeOutput } from '../review/manifests/roots';

/** A program that builds Kustomizations. */
export interface Kustomize {
  /** Its path. */
  readonly binary: string;
  /** Its version: `v5.7.1`. */
  readonly version: string;
  /** What it is told before the folder. */
  readonly args: readonly string[];
}

/** The longest that a build may take. */
const LONGEST = 30_000;

/** The largest output that is read. */
const LARGEST = 256 * 2 ** 20;

const PROGRAMS = [
  { name: 'kustomize', version: ['version'], args: ['build'] },
  { name: 'kubectl', version: ['version', '--client', '--output=json'], args: ['kustomize'] },
];

/** The first program on the path that builds Kustomizations: kustomize, else kubectl. Undefined if there is none. */
export async function findKustomize(env: NodeJS.ProcessEnv): Promise<Kustomize | undefined> {
  for (const { name, version: asked, args } of PROGRAMS) {
    const binary = onPath(name, env);
    if (binary === undefined) continue;
    const { output } = await run(binary, asked, env, os.tmpdir());
    const said = name === 'kubectl' ? /"kustomizeVersion":\s*"([^"]*)"/.exec(output)?.[1] : output;
    const version = /v\d+\.\d+\.\d+[\w.+-]*/.exec(said ?? '')?.[0];
    if (version !== undefined) return { binary, version, args };
  }
  return undefined;
}

function onPath(name: string, env: NodeJS.ProcessEnv): string | undefined {
  const names = process.platform === 'win32' ? [`${name}.exe`] : [name];
  const folders = (env.PATH ?? '').split(path.delimiter).filter((folder) => path.isAbsolute(folder));
  return folders.flatMap((folder) => names.map((one) => path.join(folder, one))).find(isProgram);
}

function isProgram(file: string): boolean {
  try {
    fs.accessSync(file, fs.constants.X_OK);
    return fs.statSync(file).isFile();
  } catch {
    return false;
  }
}

/**
 * Builds Kustomizations, a few at a time; those that are refused are left out.
 *
 * @param longest How long one may take, in milliseconds.
 */
export async function buildAll(
  kustomize: Kustomize,
  builds: readonly KustomizeBuild[],
  env: NodeJS.ProcessEnv,
  longest = LONGEST,
): Promise<ReadonlyMap<string, KustomizeOutput>> {
  const outputs = new Map<string, KustomizeOutput>();
  const wanted = builds.filter(({ refusal }) => refusal === undefined);
  if (wanted.length === 0) return outputs;
  const scratch = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), 'cdk8s-kubevirt-'));
  try {
    const open = wanted.entries();
    const worker = async (): Promise<void> => {
      for (const [index, build] of open) {
        outputs.set(build.folder, await built(kustomize, build, path.join(scratch, String(index)), env, longest));
      }
    };
    await Promise.all(Array.from({ length: Math.min(4, os.availableParallelism()) }, worker));
  } finally {
    fs.rmSync(scratch, { recursive: true, force: true });
  }
  return outputs;
}

async function built(
  { binary, args }: Kustomize,
  { folder, isLoose }: KustomizeBuild,
  scratch: string,
  env: NodeJS.ProcessEnv,
  longest: number,
): Promise<KustomizeOutput> {
  const real = fs.realpathSync(folder);
  const wrapper = wrapped(real, scratch) ? scratch : undefined;
  const loose = isLoose ? ['--load-restrictor', 'LoadRestrictionsNone'] : [];
  const { output, failure } = await run(binary, [...args, wrapper ?? real, ...loose], env, real, longest);
  if (failure !== undefined) return { failure };
  return { text: output, originsFrom: path.relative(real, wrapper ?? real) || '.' };
}

/**
 * A Kustomization around the one of a folder, which asks that each object says where it comes from: no option does. False if
 * there can be none, since the folder holds the temporary one or stands on another drive.
 */
function wrapped(folder: string, scratch: string): boolean {
  const resource = path.relative(scratch, folder);
  if (path.isAbsolute(resource) || !path.relative(folder, scratch).startsWith('..')) return false;
  fs.mkdirSync(scratch);
  const kustomization = {
    apiVersion: 'kustomize.config.k8s.io/v1beta1',
    kind: 'Kustomization',
    resources: [resource.split(path.sep).join('/')],
    buildMetadata: ['originAnnotations'],
  };
  fs.writeFileSync(path.join(scratch, 'kustomization.yaml'), JSON.stringify(kustomization));
  return true;
}

/** Nothing may be fetched: what would be is refused before, and could not be reached here. */
const OFFLINE = {
  GIT_ALLOW_PROTOCOL: 'none',
  HTTP_PROXY: 'http://127.0.0.1:9',
  HTTPS_PROXY: 'http://127.0.0.1:9',
  http_proxy: 'http://127.0.0.1:9',
  https_proxy: 'http://127.0.0.1:9',
  NO_PROXY: '',
  no_proxy: '',
};

async function run(
  binary: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  cwd: string,
  longest = LONGEST,
): Promise<{ readonly output: string; readonly failure?: string }> {
  return new Promise((resolve) => {
    const limits = { timeout: longest, killSignal: 'SIGKILL', maxBuffer: LARGEST } as const;
    execFile(binary, args, { cwd, env: { ...env, ...OFFLINE }, ...limits }, (error, stdout, stderr) => {
      if (error === null) return resolve({ output: stdout });
      const failure = error.killed === true ? `it took longer than ${longest / 1000} s` : firstLine(stderr, error);
      resolve({ output: '', failure });
    }).stdin?.end();
  });
}

/** What kubectl and kustomize write before the words of an error. */
const PREFIX = /^(E\d{4} .*?"command failed" err=<?|Error:|error:)/;

/** Each base on the way to a fault puts its own words before it. */
const ON_THE_WAY = /^accumulating resources: .*recursed accumulation of path '[^']*': /;

/** kubectl quotes an error of one line. */
function unquoted(line: string): string {
  if (!/^".*"$/.test(line)) return line;
  try {
    return String(JSON.parse(line));
  } catch {
    return line;
  }
}

/** Behind these, and in double quotes, kustomize repeats literals, lines of env files and patches; in single quotes paths. */
function withoutValues(line: string): string {
  return line.replace(/[[`{][^]*$/, '…').replace(/"[^"]*"?/g, '"…"');
}

function firstLine(stderr: string, error: Error): string {
  const lines = stderr.split('\n').map((line) => unquoted(line.replace(PREFIX, '').trim()).replace(ON_THE_WAY, ''));
  const line = withoutValues(lines.find((one) => one !== '' && !one.startsWith('#')) ?? error.message.split('\n')[0]!);
  return shortened(line, 400);
}
