import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** A program that is built from its Go module. */
export interface GoProgram {
  readonly name: string;
  /** The package of its main function. */
  readonly from: string;
  readonly version: string;
}

export const KUBECONFORM: GoProgram = {
  name: 'kubeconform',
  from: 'github.com/yannh/kubeconform/cmd/kubeconform',
  version: 'v0.7.0',
};

export const HELM: GoProgram = { name: 'helm', from: 'helm.sh/helm/v3/cmd/helm', version: 'v3.19.0' };

/** Where programs are kept from one run to the next. */
const KEPT = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'cdk8s-kubevirt-bench');

/** The path of a program, built the first time; undefined, with a word why, where it cannot be. */
export function goProgram({ name, from, version }: GoProgram): string | undefined {
  const folder = join(KEPT, `${name}-${version}`);
  const path = join(folder, name);
  if (existsSync(path)) return path;
  mkdirSync(folder, { recursive: true });
  console.log(`building ${name} ${version} …`);
  const env = { ...process.env, GOBIN: folder };
  const { error, status, stderr } = spawnSync('go', ['install', `${from}@${version}`], { env, encoding: 'utf8' });
  if (status === 0) return path;
  const reason = error === undefined ? stderr.trim().split('\n').at(-1) : 'Go is not installed';
  console.log(`without ${name} ${version}: ${reason}`);
  return undefined;
}
