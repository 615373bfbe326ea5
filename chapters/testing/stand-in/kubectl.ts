import { readFileSync } from 'node:fs';
import { parseAllDocuments } from 'yaml';
import { Cluster, merge } from './cluster';
import { becomes } from './consequences';
import { Parsed, UsageError } from './flags';
import { ApiError, Fields, find, isClusterWide, isKnown, jsonPath, kindOf, StoredObject } from './objects';

/** Where a command runs: its standard input, and the folder that its paths are read from. */
export interface Context {
  readonly stdin: string;
  readonly resolve: (path: string) => string;
}

/** kubectl v1.32 against the stand-in's cluster: what it prints. */
export function kubectl(cluster: Cluster, parsed: Parsed, context: Context): string {
  const verb = VERBS[parsed.command];
  if (verb === undefined) throw new UsageError(`the stand-in does not know kubectl ${parsed.command}`);
  return verb(cluster, parsed, context);
}

type Verb = (cluster: Cluster, parsed: Parsed, context: Context) => string;

const VERBS: Readonly<Record<string, Verb>> = {
  apply: (cluster, parsed, context) => {
    for (const object of manifests(cluster, parsed, context)) cluster.apply(placed(object, parsed));
    return '';
  },

  'create namespace': (cluster, { args }) => {
    cluster.create({ kind: 'Namespace', metadata: { name: args[0] ?? '' } });
    return '';
  },

  'create secret generic': (cluster, parsed, { stdin }) => {
    const from = parsed.flags.get('from-file') ?? parsed.flags.get('from-literal') ?? '';
    const [, key] = /^(.*)=\/dev\/stdin$/.exec(from) ?? [];
    if (key === 'userdata' && !stdin.startsWith('#cloud-config\n')) throw new Error('the user data is no cloud-config');
    if (key === '.htpasswd' && !/^\w+:\$6\$[^$]+\$\S+\n$/.test(stdin)) throw new Error('no user and no hash');
    cluster.create({ kind: 'Secret', metadata: { name: parsed.args[0] ?? '', namespace: namespaceOf(parsed) } });
    return '';
  },

  delete: (cluster, parsed, context) => {
    if (parsed.flags.has('filename')) {
      for (const object of manifests(cluster, parsed, context, true)) {
        cluster.remove(object.kind, object.metadata.name, object.metadata.namespace);
      }
      return '';
    }
    for (const { kind, name, namespace } of targets(cluster, parsed)) {
      if (!parsed.flags.has('ignore-not-found')) cluster.get(kind, name, namespace);
      cluster.remove(kind, name, namespace);
    }
    return '';
  },

  describe: (cluster, parsed) => described(targets(cluster, parsed), cluster, parsed),

  exec: (cluster, parsed) => {
    cluster.get('Pod', parsed.args[0] ?? '', namespaceOf(parsed));
    if (parsed.rest.length === 0) throw new UsageError('you must specify at least one command for the container');
    return '';
  },

  get: (cluster, parsed) => described(targets(cluster, parsed), cluster, parsed),

  label: (cluster, parsed) => {
    const pairs = parsed.args.filter((word) => word.includes('='));
    const [target] = targets(cluster, { ...parsed, args: parsed.args.filter((word) => !word.includes('=')) });
    if (target === undefined || pairs.length === 0) throw new UsageError('at least one label update is required');
    const object = cluster.get(target.kind, target.name, target.namespace);
    for (const pair of pairs) {
      const [name = '', value = ''] = pair.split('=');
      object.metadata.labels = { ...object.metadata.labels, [name]: value };
    }
    return '';
  },

  logs: (cluster, parsed) => {
    if (parsed.flags.has('selector')) return '';
    const [kind = '', name] = (parsed.args[0] ?? '').split('/');
    cluster.get(name === undefined ? 'Pod' : kindOf(kind), name ?? kind, namespaceOf(parsed));
    return '';
  },

  patch: (cluster, parsed) => {
    if (parsed.flags.get('type') !== 'merge') throw new UsageError('the stand-in knows merge patches alone');
    const patch = JSON.parse(parsed.flags.get('patch') ?? '') as Fields;
    for (const { kind, name, namespace } of targets(cluster, parsed)) {
      const before = cluster.get(kind, name, namespace);
      const now = merge(before, patch) as StoredObject;
      cluster.put(now);
      becomes(cluster, now, before);
    }
    return '';
  },

  'port-forward': (cluster, parsed) =>
    described(targets(cluster, { ...parsed, args: parsed.args.slice(0, 1) }), cluster, parsed),
  'rollout status': (cluster, parsed) => described(targets(cluster, parsed), cluster, parsed),

  run: (_, parsed) => {
    if (!parsed.flags.has('image') || parsed.args[0] === undefined) throw new UsageError('--image is required');
    JSON.parse(parsed.flags.get('overrides') ?? '{}');
    return '';
  },

  version: () => '',

  wait: (cluster, parsed) => {
    const wanted = parsed.flags.get('for') ?? '';
    if (!parsed.flags.has('timeout')) throw new UsageError('a wait of a runbook has a limit');
    const selected = targets(cluster, parsed);
    if (wanted === 'delete') {
      const left = selected.filter(({ kind, name, namespace }) => cluster.find(kind, name, namespace) !== undefined);
      if (left.length > 0) throw new Error(`timed out waiting for the condition on ${JSON.stringify(left)}`);
      return '';
    }
    if (selected.length === 0) throw new Error('error: no matching resources found');
    for (const { kind, name, namespace } of selected) {
      if (!holds(wanted, cluster.get(kind, name, namespace)))
        throw new Error(`timed out waiting for ${wanted} on ${kind}/${name}`);
    }
    return '';
  },
};

/** Whether what a wait waits for is true. */
function holds(wanted: string, object: StoredObject): boolean {
  if (wanted === 'create') return true;
  const [, condition] = /^condition=(\w+)$/.exec(wanted) ?? [];
  if (condition !== undefined) {
    const conditions = (object.status?.conditions ?? []) as Fields[];
    return conditions.some(({ type, status }) => type === condition && status === 'True');
  }
  const [, path, , value] = /^jsonpath=\{([^}]+)\}(=(.*))?$/.exec(wanted) ?? [];
  if (path === undefined) throw new UsageError(`unrecognized condition: ${wanted}`);
  const found = find(path, object);
  if (value === undefined) return found.length > 0;
  if (found.length > 1) throw new Error('given jsonpath expression matches more than one value');
  return found.length === 1 && String(found[0]) === value;
}

interface Target {
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
}

/** The objects that a command names: TYPE/NAME, TYPE NAME…, or TYPE with a selector or all. */
function targets(cluster: Cluster, parsed: Parsed): Target[] {
  const { args, flags } = parsed;
  const [first = '', ...names] = args;
  if (first.includes('/')) {
    return args.map((arg) => {
      const [written = '', name = ''] = arg.split('/');
      return target(cluster, written, name, parsed);
    });
  }
  const everything = ['get', 'describe'].includes(parsed.command);
  if (names.length > 0) return names.map((name) => target(cluster, first, name, parsed));
  if (!everything && !flags.has('selector') && !flags.has('all'))
    throw new UsageError('resource(s) were provided, but no name was specified');
  return first.split(',').flatMap((written) => {
    const kind = checkedKind(cluster, written);
    const namespace = isClusterWide(kind) || flags.has('all-namespaces') ? undefined : namespaceOf(parsed);
    return cluster
      .list(kind, namespace)
      .filter((object) => matches(object, flags.get('selector')))
      .map(({ metadata }) => ({ kind, name: metadata.name, namespace: metadata.namespace }));
  });
}

function target(cluster: Cluster, written: string, name: string, parsed: Parsed): Target {
  const kind = checkedKind(cluster, written);
  return { kind, name, namespace: isClusterWide(kind) ? undefined : namespaceOf(parsed) };
}

function checkedKind(cluster: Cluster, written: string): string {
  const kind = kindOf(written);
  if (!isKnown(kind)) throw new ApiError('NoKind', `the server doesn't have a resource type "${written}"`);
  cluster.checkKind(kind);
  return kind;
}

function matches({ metadata }: StoredObject, selector?: string): boolean {
  return (selector ?? '')
    .split(',')
    .filter(Boolean)
    .every((pair) => {
      const [name = '', value] = pair.split('=');
      return value === undefined ? name in (metadata.labels ?? {}) : metadata.labels?.[name] === value;
    });
}

function namespaceOf({ flags }: Parsed): string {
  return flags.get('namespace') ?? 'default';
}

/** What `get` prints of objects. */
function described(selected: readonly Target[], cluster: Cluster, { args, flags }: Parsed): string {
  const named = args.length > 1 || (args[0] ?? '').includes('/');
  const objects = selected.flatMap(({ kind, name, namespace }) => {
    if (named && flags.has('ignore-not-found') && cluster.find(kind, name, namespace) === undefined) return [];
    return [cluster.get(kind, name, namespace)];
  });
  const output = flags.get('output') ?? '';
  if (output.startsWith('jsonpath=')) {
    const of = named && objects.length <= 1 ? objects[0] : { items: objects };
    return of === undefined ? '' : jsonPath(output.slice('jsonpath='.length), of);
  }
  if (!['', 'wide', 'name', 'yaml', 'json'].includes(output) && !output.startsWith('custom-columns=')) {
    throw new UsageError(`unable to match a printer suitable for the output format "${output}"`);
  }
  return objects.map(({ kind, metadata }) => `${kind.toLowerCase()}/${metadata.name}\n`).join('');
}

/** The objects of the files that a command names; a release's file installs its operator. */
function manifests(cluster: Cluster, parsed: Parsed, context: Context, deletes = false): StoredObject[] {
  const file = parsed.flags.get('filename') ?? '';
  const [, operator] = /\/(kubevirt|cdi)-operator\.yaml$/.exec(file) ?? [];
  if (operator !== undefined) {
    if (deletes) cluster.uninstall(`${operator}-operator`);
    else cluster.install(`${operator}-operator`);
    const deployment = operator === 'cdi' ? 'cdi-operator' : 'virt-operator';
    return [
      { kind: 'Namespace', metadata: { name: operator } },
      { kind: 'Deployment', metadata: { name: deployment, namespace: operator } },
    ];
  }
  const text = file === '-' ? context.stdin : readFileSync(context.resolve(file), 'utf8');
  return parseAllDocuments(text).map((document) => document.toJS() as StoredObject);
}

/** An object in the namespace of the command, if it names none. */
function placed(object: StoredObject, parsed: Parsed): StoredObject {
  if (isClusterWide(object.kind) || object.metadata.namespace !== undefined) return object;
  return { ...object, metadata: { ...object.metadata, namespace: namespaceOf(parsed) } };
}
