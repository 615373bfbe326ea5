import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { LAB } from '../../lab';
import { Cluster } from './cluster';
import { Parsed, parseCommand } from './flags';
import { kubectl } from './kubectl';
import { virtctl } from './virtctl';

/** How a script ended. */
export interface Ended {
  readonly status: number;
  /** What was printed on standard error, with the command that failed. */
  readonly complaints: string;
}

/** The programs that the stand-in answers for, by what asks for its standard input. */
const ANSWERED = ['kubectl', 'virtctl', 'oras', 'docker', 'podman'];

/** Programs that need no cluster, as scripts: they check what they can, and do the least. */
const PROGRAMS: Readonly<Record<string, string>> = {
  curl: 'for last; do :; done; out=; code=; login=; while [ $# -gt 0 ]; do case $1 in -o) out=$2; shift ;; -w) code=$2; shift ;; -u) login=$2; shift ;; -m) shift ;; -s|--create-dirs|-fL|-k|-ksu|http*) ;; *) echo "curl: unknown $1" >&2; exit 2 ;; esac; shift; done\nif [ -n "$code" ]; then case $last in http://*:30080/*) ;; *) echo "curl: no dashboard at $last" >&2; exit 7 ;; esac; case "$login $last" in " "*) echo 401 ;; admin:?*secrets) echo 403 ;; admin:?*) echo 200 ;; *) exit 2 ;; esac; elif [ -n "$out" ]; then mkdir -p "$(dirname "$out")"; echo "$last" > "$out"; else echo OK; fi',
  openssl:
    'case "$*" in "passwd -6"|"passwd -6 -in "*) [ $# = 2 ] || [ -s "$4" ] || exit 1; echo \'$6$salt$hash\' ;; "rand -base64 "*) echo c2VjcmV0 ;; *) exit 1 ;; esac',
  sleep: ':',
  ssh: 'while [ $# -gt 0 ]; do case $1 in -n) ;; -i|-o) shift ;; -*) echo "ssh: unknown $1" >&2; exit 2 ;; *@?*) exit 0 ;; *) echo "ssh: no host in $1" >&2; exit 2 ;; esac; shift; done; exit 2',
  'ssh-keygen': 'for last; do :; done; echo key > "$last"; echo "ssh-ed25519 AAAA" > "$last.pub"',
  sudo: '[ "$1" = install ]',
  tar: ':',
  watch: '[ "$1" = -n ] && shift 2; eval "$*"',
  wget: ':',
};

/**
 * Runs a script in bash, in which kubectl, virtctl and their like are the stand-in: they pass their command lines through pipes to this
 * process, which answers against the cluster. Every command that fails ends the script.
 */
export function runInStandIn(
  cluster: Cluster,
  script: string,
  root: string,
  tools: readonly string[] = ANSWERED,
): Promise<Ended> {
  const bin = join(root, 'bin');
  rmSync(bin, { recursive: true, force: true });
  mkdirSync(bin, { recursive: true });
  for (const name of tools) writeProgram(bin, name, shim(name, root));
  for (const [name, text] of Object.entries(PROGRAMS)) writeProgram(bin, name, text);
  const text = `set -eE\ntrap 'echo "failed: $BASH_COMMAND" >&2' ERR\n${script}\n`;
  const env = { PATH: `${bin}:${process.env.PATH}`, HOME: root };
  const shell = spawn('bash', ['-c', text], { cwd: root, env, stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'] });
  const [, , stderr, requests, answers] = shell.stdio;
  let complaints = '';
  stderr?.on('data', (chunk: Buffer) => (complaints += chunk.toString()));
  let read = '';
  requests?.on('data', (chunk: Buffer) => {
    read += chunk.toString();
    for (let end = read.indexOf('\x01'); end >= 0; end = read.indexOf('\x01')) {
      const [program = '', ...words] = read.slice(0, end).split('\x00').slice(0, -1);
      read = read.slice(end + 1);
      (answers as NodeJS.WritableStream).write(`${answer(cluster, program, words, root)}\n`);
    }
  });
  return new Promise((done, fail) => {
    shell.on('error', fail);
    shell.on('close', (status) => done({ status: status ?? -1, complaints }));
  });
}

function writeProgram(bin: string, name: string, text: string): void {
  writeFileSync(join(bin, name), `#!/bin/sh\n${text}\n`);
  chmodSync(join(bin, name), 0o755);
}

/** Passes the command line on, with what it reads from its standard input; then prints the answer. */
function shim(name: string, root: string): string {
  return [
    `case " $* " in *" - "*|*/dev/stdin*|*--password-stdin*) cat > '${root}/stdin' ;; esac`,
    `{ printf '%s\\0' ${name} "$@"; printf '\\001'; } >&3`,
    'read -r status out err <&4',
    `[ "$out" = 0 ] || cat '${root}/stdout'`,
    `[ "$err" = 0 ] || cat '${root}/stderr' >&2`,
    'if [ "$status" = 0 ] && [ "$1" = run ]; then while [ "$1" != -- ]; do shift; done; shift; exec "$@"; fi',
    'exit "$status"',
  ].join('\n');
}

/** Answers one command line by its status, and how much it prints to either stream; the text stands in files. */
function answer(cluster: Cluster, program: string, words: readonly string[], root: string): string {
  try {
    const parsed = parseCommand(program, words);
    const context = {
      get stdin() {
        return readFileSync(join(root, 'stdin'), 'utf8');
      },
      resolve: (path: string) => resolve(root, path),
    };
    const answers = { kubectl, virtctl, oras: registry, docker: registry, podman: registry };
    const printed = answers[program as keyof typeof answers](cluster, parsed, context);
    if (printed !== '') writeFileSync(join(root, 'stdout'), printed);
    return `0 ${printed.length} 0`;
  } catch (error) {
    const complaint = `${(error as Error).message}\n`;
    writeFileSync(join(root, 'stderr'), complaint);
    return `1 0 ${complaint.length}`;
  }
}

/** What pushes to the registry, and looks at it; before, it logs in. */
function registry(
  cluster: Cluster,
  { program, command, args, flags }: Parsed,
  context: { readonly stdin: string },
): string {
  const loggedIn = `login of ${program}`;
  const [image = ''] = args;
  if (command === 'login') {
    const right =
      flags.get('username') === LAB.registryLogin.accessKeyId && context.stdin === LAB.registryLogin.secretKey;
    if (!right || image !== LAB.registry) throw new Error('unauthorized');
    cluster.install(loggedIn);
  } else if (command !== 'version' && command !== 'build') {
    cluster.checkInstalled(loggedIn);
    if (command === 'push') cluster.registry.add(image);
    else if (!cluster.registry.has(image)) throw new Error(`${image}: not found`);
  }
  return '';
}
