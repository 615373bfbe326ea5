/** A command line that a program has understood. */
export interface Parsed {
  readonly program: string;
  /** The command, such as `get` or `create secret generic`. */
  readonly command: string;
  readonly args: readonly string[];
  readonly flags: ReadonlyMap<string, string>;
  /** What stands after `--`. */
  readonly rest: readonly string[];
}

/** A command line that a program refuses. */
export class UsageError extends Error {}

/** Flags by name; those that take no value are marked by `!`, a short form stands behind `|`. */
type Flags = readonly string[];

const KUBECTL_GLOBAL: Flags = [
  'namespace|n',
  'context',
  'kubeconfig',
  'request-timeout',
  'v|v',
  'as',
  'cluster',
  'user',
];

/** kubectl v1.32: `kubectl COMMAND --help`. */
const KUBECTL: Readonly<Record<string, Flags>> = {
  apply: [
    ...['all!', 'cascade', 'dry-run', 'field-manager', 'filename|f', 'force!', 'force-conflicts!', 'grace-period'],
    ...['kustomize|k', 'output|o', 'overwrite!', 'prune!', 'recursive!|R', 'selector|l', 'server-side!', 'subresource'],
    ...['template', 'timeout', 'validate', 'wait!'],
  ],
  create: [
    'dry-run',
    'field-manager',
    'filename|f',
    'kustomize|k',
    'output|o',
    'recursive!|R',
    'save-config!',
    'validate',
  ],
  'create namespace': ['dry-run', 'field-manager', 'output|o', 'save-config!', 'template', 'validate'],
  'create secret generic': [
    ...['append-hash!', 'dry-run', 'field-manager', 'from-env-file', 'from-file', 'from-literal', 'output|o'],
    ...['save-config!', 'template', 'type', 'validate'],
  ],
  delete: [
    ...['all!', 'all-namespaces!|A', 'cascade', 'dry-run', 'field-selector', 'filename|f', 'force!', 'grace-period'],
    ...['ignore-not-found!', 'interactive!|i', 'kustomize|k', 'now!', 'output|o', 'recursive!|R', 'selector|l'],
    ...['timeout', 'wait!'],
  ],
  describe: ['all-namespaces!|A', 'chunk-size', 'filename|f', 'recursive!|R', 'selector|l', 'show-events!'],
  exec: ['container|c', 'filename|f', 'pod-running-timeout', 'quiet!|q', 'stdin!|i', 'tty!|t'],
  get: [
    ...['all-namespaces!|A', 'chunk-size', 'field-selector', 'filename|f', 'ignore-not-found!', 'kustomize|k'],
    ...['label-columns|L', 'no-headers!', 'output|o', 'output-watch-events!', 'raw', 'recursive!|R', 'selector|l'],
    ...['server-print!', 'show-kind!', 'show-labels!', 'sort-by', 'subresource', 'template', 'watch!|w', 'watch-only!'],
  ],
  label: [
    ...['all!', 'all-namespaces!|A', 'dry-run', 'field-manager', 'field-selector', 'filename|f', 'list!', 'local!'],
    ...['output|o', 'overwrite!', 'recursive!|R', 'resource-version', 'selector|l', 'template'],
  ],
  logs: [
    ...[
      'all-containers!',
      'all-pods!',
      'container|c',
      'follow!|f',
      'ignore-errors!',
      'limit-bytes',
      'max-log-requests',
    ],
    ...['pod-running-timeout', 'prefix!', 'previous!|p', 'selector|l', 'since', 'since-time', 'tail', 'timestamps!'],
  ],
  patch: [
    ...['dry-run', 'field-manager', 'filename|f', 'local!', 'output|o', 'patch|p', 'patch-file', 'recursive!|R'],
    ...['subresource', 'template', 'type'],
  ],
  'port-forward': ['address', 'pod-running-timeout'],
  'rollout status': ['filename|f', 'revision', 'selector|l', 'timeout', 'watch!|w'],
  run: [
    ...['annotations', 'attach!', 'command!', 'dry-run', 'env', 'expose!', 'image', 'image-pull-policy', 'labels|l'],
    ...['leave-stdin-open!', 'output|o', 'override-type', 'overrides', 'pod-running-timeout', 'port', 'privileged!'],
    ...['quiet!|q', 'restart', 'rm!', 'save-config!', 'stdin!|i', 'timeout', 'tty!|t', 'wait!'],
  ],
  version: ['client!', 'output|o'],
  wait: [
    'all!',
    'all-namespaces!|A',
    'field-selector',
    'filename|f',
    'for',
    'local!',
    'output|o',
    'recursive!|R',
    'selector|l',
    'timeout',
  ],
};

const VIRTCTL_GLOBAL: Flags = ['namespace|n', 'context', 'kubeconfig', 'v|v'];

/** KubeVirt v1.6.2: pkg/virtctl, the `Flags()` of each command. */
const VIRTCTL: Readonly<Record<string, Flags>> = {
  addvolume: ['volume-name', 'serial', 'cache', 'persist!', 'dry-run!', 'disk-type', 'bus'],
  console: ['timeout'],
  'image-upload': [
    ...['insecure!', 'uploadproxy-url', 'size', 'storage-class', 'access-mode', 'volume-mode', 'image-path'],
    ...['archive-path', 'no-create!', 'wait-secs', 'retry', 'force-bind!', 'datasource!', 'default-instancetype'],
    ...['default-instancetype-kind', 'default-preference', 'default-preference-kind'],
  ],
  migrate: ['addedNodeSelector', 'dry-run!'],
  removevolume: ['volume-name', 'persist!', 'dry-run!'],
  restart: ['force!', 'grace-period', 'dry-run!'],
  ssh: ['username|l', 'identity-file|i', 'known-hosts', 'port|p', 'local-ssh-opts|t', 'command|c'],
  start: ['paused!', 'dry-run!'],
  stop: ['force!', 'grace-period', 'dry-run!'],
  version: ['client!|c'],
};

/** ORAS v1.3.0: cmd/oras/root and cmd/oras/internal/option/remote.go. */
const ORAS_REMOTE: Flags = [
  'username|u',
  'password|p',
  'password-stdin!',
  'insecure!',
  'plain-http!',
  'ca-file',
  'registry-config',
];
const ORAS: Readonly<Record<string, Flags>> = {
  login: ORAS_REMOTE,
  'manifest fetch': [...ORAS_REMOTE, 'pretty!', 'descriptor!', 'output|o', 'format', 'platform', 'media-type'],
  push: [
    ...ORAS_REMOTE,
    'config',
    'artifact-type',
    'concurrency',
    'annotation',
    'image-spec',
    'disable-path-validation!',
  ],
  version: ['format'],
};

/** What docker and podman have in common, and the flag that docker does not know. */
const BUILDER: Readonly<Record<string, Flags>> = {
  build: ['tag|t', 'file|f', 'platform', 'no-cache!', 'pull!'],
  login: ['username|u', 'password|p', 'password-stdin!'],
  push: ['quiet!|q'],
};
const TLS_VERIFY = ['tls-verify'];

const PROGRAMS: Readonly<Record<string, Readonly<Record<string, Flags>>>> = {
  kubectl: withAll(KUBECTL, KUBECTL_GLOBAL),
  virtctl: withAll(VIRTCTL, VIRTCTL_GLOBAL),
  oras: ORAS,
  docker: BUILDER,
  podman: withAll(BUILDER, TLS_VERIFY),
};

function withAll(commands: Readonly<Record<string, Flags>>, more: Flags): Readonly<Record<string, Flags>> {
  return Object.fromEntries(Object.entries(commands).map(([name, flags]) => [name, [...flags, ...more]]));
}

/** Reads a command line as the program does; what it does not know is refused. */
export function parseCommand(program: string, words: readonly string[]): Parsed {
  const commands = PROGRAMS[program] ?? {};
  const name = [3, 2, 1].map((length) => words.slice(0, length).join(' ')).find((joined) => joined in commands);
  if (name === undefined) throw new UsageError(`unknown command "${words.slice(0, 2).join(' ')}" for "${program}"`);
  const known = new Map((commands[name] ?? []).flatMap(spellings));
  const flags = new Map<string, string>();
  const args: string[] = [];
  const given = words.slice(name.split(' ').length);
  for (let index = 0; index < given.length; index++) {
    const word = given[index] ?? '';
    if (word === '--') return { program, command: name, args, flags, rest: given.slice(index + 1) };
    if (!word.startsWith('-') || word === '-') {
      args.push(word);
      continue;
    }
    const [, spelled = '', value] = /^(--?[^=]+)(?:=(.*))?$/s.exec(word) ?? [];
    const flag = known.get(spelled);
    if (flag === undefined) throw new UsageError(`unknown flag: ${spelled} for "${program} ${name}"`);
    if (flag.isSwitch) flags.set(flag.name, value ?? 'true');
    else if (value !== undefined) flags.set(flag.name, value);
    else {
      const next = given[(index += 1)];
      if (next === undefined) throw new UsageError(`flag needs an argument: ${spelled}`);
      flags.set(flag.name, next);
    }
  }
  return { program, command: name, args, flags, rest: [] };
}

function spellings(written: string): [string, { name: string; isSwitch: boolean }][] {
  const [long = '', short] = written.split('|');
  const flag = { name: long.replace('!', ''), isSwitch: long.endsWith('!') };
  const spelled: [string, typeof flag][] = [[`--${flag.name}`, flag]];
  if (short !== undefined) spelled.push([`-${short}`, flag]);
  return spelled;
}
