import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { main, Status } from './main';

const FILES: Readonly<Record<string, string | Buffer>> = {
  'good/ns.yaml': 'apiVersion: v1\nkind: Namespace\nmetadata: { name: shop }\n',
  'storage.yaml': `apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: { name: fast }
provisioner: csi.example
`,
  'vm.yaml': `apiVersion: kubevirt.io/v1
kind: VirtualMachine
metadata: { name: web, namespace: shop }
spec:
  runStrategy: Always
  template: { spec: { domain: { devices: {}, memory: { guest: 1Gi } } } }
`,
  'steps/1.yaml': 'apiVersion: v1\nkind: Namespace\nmetadata: { name: a }\n',
  'steps/2.yaml': 'apiVersion: v1\nkind: Namespace\nmetadata: { name: b }\n',
  'objects.json': `{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"a"}}
{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"b"}}
`,
  'lines.json': '{"a":1}\n{"b":2}\n',
  'broken.yaml': 'a: [1\n',
  'tab.yaml': 'apiVersion: v1\nkind: Namespace\nmetadata:\n\tname: shop\n',
  'helm.yaml': '{{ if .Values.x }}\napiVersion: v1\n{{ end }}\n',
  'empty.yaml': '',
  'text.yaml': 'NAME   STATUS\nfast   ok\n',
  'unversioned.yaml': 'kind: VirtualMachine\nmetadata: { name: a }\n',
  'binary.yaml': Buffer.from([0, 255, 254, 3, 200, 17]),
};

/** Runs the command in a folder of its own. */
async function run(argv: readonly string[], options?: string): Promise<{ status: Status; text: string }> {
  const cwd = fs.mkdtempSync(path.join(os.tmpdir(), 'wrong-'));
  const write = (name: string, text: string | Buffer): void => {
    fs.mkdirSync(path.dirname(path.join(cwd, name)), { recursive: true });
    fs.writeFileSync(path.join(cwd, name), text);
  };
  fs.mkdirSync(path.join(cwd, 'empty'));
  for (const [name, text] of Object.entries(FILES)) write(name, text);
  if (options !== undefined) write('cdk8s-kubevirt.yaml', options);
  let text = '';
  const say = (more: string): void => void (text += more);
  const status = await main(argv, { cwd, stdin: () => Promise.resolve(Buffer.alloc(0)), say, complain: say });
  fs.rmSync(cwd, { recursive: true });
  return { status, text };
}

/** What people write, what is said of it, and what they mean; some beside a file of options. What writes files is not run. */
type WrongWords = readonly [
  what: string,
  argv: readonly string[],
  says: string,
  meant: readonly string[] | undefined,
  options?: string,
];

const WRONG: readonly WrongWords[] = [
  [
    'no command',
    [],
    "'command' must be 'init', 'check', 'inventory', 'diff', 'import', 'rules', 'explain' or 'help', got nothing; see cdk8s-kubevirt --help",
    ['--help'],
  ],
  [
    'a misspelt command',
    ['chek', 'good'],
    "'command' must be 'init', 'check', 'inventory', 'diff', 'import', 'rules', 'explain' or 'help', got \"chek\"; write 'check'; see cdk8s-kubevirt --help",
    ['check', 'good'],
  ],
  [
    'another misspelt command',
    ['inventroy', 'good'],
    "'command' must be 'init', 'check', 'inventory', 'diff', 'import', 'rules', 'explain' or 'help', got \"inventroy\"; write 'inventory'; see cdk8s-kubevirt --help",
    ['inventory', 'vm.yaml'],
  ],
  [
    'an unknown command',
    ['frobnicate'],
    "'command' must be 'init', 'check', 'inventory', 'diff', 'import', 'rules', 'explain' or 'help', got \"frobnicate\"; see cdk8s-kubevirt --help",
    ['help'],
  ],
  [
    'help for a misspelt command',
    ['help', 'chek'],
    "'command' must be 'init', 'check', 'inventory', 'diff', 'import', 'rules', 'explain' or 'help', got \"chek\"; write 'check'; see cdk8s-kubevirt --help",
    ['help', 'check'],
  ],
  [
    'help behind an unknown command',
    ['foo', '--help'],
    "'command' must be 'init', 'check', 'inventory', 'diff', 'import', 'rules', 'explain' or 'help', got \"foo\"; see cdk8s-kubevirt --help",
    ['check', '--help'],
  ],
  [
    'an unknown option before everything',
    ['--hepl'],
    "'--hepl' is no option of 'cdk8s-kubevirt'; see cdk8s-kubevirt --help",
    ['--help'],
  ],
  [
    'check without a file',
    ['check'],
    'name a file, a folder, or - for standard input; see cdk8s-kubevirt check --help',
    ['check', 'good'],
  ],
  [
    'a misspelt option',
    ['check', '--formt', 'json', 'good'],
    "'--formt' is no option of 'check'; write '--format'; see cdk8s-kubevirt check --help",
    ['check', '--format', 'json', 'good'],
  ],
  [
    'an unknown option',
    ['check', '--foo', 'good'],
    "'--foo' is no option of 'check'; see cdk8s-kubevirt check --help",
    ['check', 'good'],
  ],
  [
    'an unknown format',
    ['check', '--format', 'xml', 'good'],
    '\'--format\' must be one of table, json, sarif, github, html, got "xml"; see cdk8s-kubevirt check --help',
    ['check', '--format', 'json', 'good'],
  ],
  [
    'a format in upper case',
    ['check', '--format', 'JSON', 'good'],
    "'--format' must be one of table, json, sarif, github, html, got \"JSON\"; write 'json'; see cdk8s-kubevirt check --help",
    ['check', '--format', 'json', 'good'],
  ],
  [
    'a format without a value',
    ['check', 'good', '--format'],
    "'--format' must have a value, got nothing; see cdk8s-kubevirt check --help",
    ['check', 'good', '--format', 'json'],
  ],
  [
    'an option as the value of another',
    ['check', '--format', '--strict', 'good'],
    "'--format' must have a value, got \"--strict\"; write '--format=--strict' if that is meant; see cdk8s-kubevirt check --help",
    ['check', '--format', 'table', '--strict', 'good'],
  ],
  [
    'a value that an option does not take',
    ['check', '--strict=true', 'good'],
    "'--strict' must stand without a value, got \"true\"; write '--strict'; see cdk8s-kubevirt check --help",
    ['check', '--strict', 'good'],
  ],
  [
    'an option without its value at the end',
    ['check', 'good', '--external'],
    "'--external' must have a value, got nothing; see cdk8s-kubevirt check --help",
    ['check', 'good', '--external', 'Namespace/shop'],
  ],
  [
    'an external object without a name',
    ['check', '--external', 'Namespace', 'good'],
    '\'--external\' must be KIND/NAME or KIND/NAMESPACE/NAME, got "Namespace"; see cdk8s-kubevirt check --help',
    ['check', '--external', 'Namespace/shop', 'good'],
  ],
  [
    'an external object with too many names',
    ['check', '--external', 'a/b/c/d', 'good'],
    '\'--external\' must be KIND/NAME or KIND/NAMESPACE/NAME, got "a/b/c/d"; see cdk8s-kubevirt check --help',
    ['check', '--external', 'VirtualMachine/shop/web', 'good'],
  ],
  [
    'a partial object without a name',
    ['check', '--partial', 'web', 'good'],
    '\'--partial\' must be KIND/NAME or KIND/NAMESPACE/NAME, got "web"; see cdk8s-kubevirt check --help',
    ['check', '--partial', 'VirtualMachine/shop/web', 'good'],
  ],
  [
    'an acceptance without a reason',
    ['check', '--accept', 'disk-bus-known', 'good'],
    '\'--accept\' must be RULE=REASON or RULE@KIND/[NAMESPACE/]NAME=REASON, got "disk-bus-known"; see cdk8s-kubevirt check --help',
    ['check', '--accept', 'disk-bus-known=meant', 'good'],
  ],
  [
    'an acceptance with an empty reason',
    ['check', '--accept', 'disk-bus-known=', 'good'],
    '\'--accept\' must be RULE=REASON or RULE@KIND/[NAMESPACE/]NAME=REASON, got "disk-bus-known="; see cdk8s-kubevirt check --help',
    ['check', '--accept', 'disk-bus-known=meant', 'good'],
  ],
  [
    'an acceptance of a misspelt rule',
    ['check', '--accept', 'disk-bus-knwon=meant', 'good'],
    "nothing was reviewed: [review] 'accept' must name a rule, as findings name it, got \"disk-bus-knwon\"; write 'disk-bus-known'",
    ['check', '--accept', 'disk-bus-known=meant', 'good'],
  ],
  [
    'an acceptance of an unknown rule',
    ['check', '--accept', 'foo=meant', 'good'],
    'nothing was reviewed: [review] \'accept\' must name a rule, as findings name it, got "foo"',
    ['check', '--accept', 'disk-bus-known=meant', 'good'],
  ],
  [
    'half a release of KubeVirt',
    ['check', '--kubevirt', '1.6', 'good'],
    "nothing was reviewed: [review] 'kubevirt' must be 'v1.5.3', 'v1.6.2', 'v1.7.4', 'v1.8.4' or 'v1.9.0', got \"1.6\"; write 'v1.6.2'",
    ['check', '--kubevirt', 'v1.6.2', 'good'],
  ],
  [
    'another patch of a release of KubeVirt',
    ['check', '--kubevirt', 'v1.6.0', 'good'],
    "nothing was reviewed: [review] 'kubevirt' must be 'v1.5.3', 'v1.6.2', 'v1.7.4', 'v1.8.4' or 'v1.9.0', got \"v1.6.0\"; write 'v1.6.2'",
    ['check', '--kubevirt', 'v1.6.2', 'good'],
  ],
  [
    'a release of KubeVirt that is not held',
    ['check', '--kubevirt', 'v9.9.9', 'good'],
    "nothing was reviewed: [review] 'kubevirt' must be 'v1.5.3', 'v1.6.2', 'v1.7.4', 'v1.8.4' or 'v1.9.0', got \"v9.9.9\"",
    ['check', '--kubevirt', 'v1.9.0', 'good'],
  ],
  [
    'an empty release',
    ['check', '--kubevirt', '', 'good'],
    'nothing was reviewed: [review] \'kubevirt\' must be a text, got ""',
    ['check', '--kubevirt', 'v1.9.0', 'good'],
  ],
  [
    'a release of KubeVirt as one of CDI',
    ['check', '--cdi', 'v1.6.2', 'good'],
    "nothing was reviewed: [review] 'cdi' must be 'v1.62.0', 'v1.63.1', 'v1.64.0', 'v1.65.0' or 'v1.66.0', got \"v1.6.2\"",
    ['check', '--cdi', 'v1.63.1', 'good'],
  ],
  [
    'a feature gate in lower case',
    ['check', '--feature-gate', 'snapshot', 'good'],
    "nothing was reviewed: [review] 'featureGates' must be spelt as KubeVirt does, got \"snapshot\"; write 'Snapshot'",
    ['check', '--feature-gate', 'Snapshot', 'good'],
  ],
  [
    'an architecture as the kernel has it',
    ['check', '--architecture', 'x86_64', 'good'],
    "nothing was reviewed: [review] 'architecture' must be 'amd64', 'arm64', 's390x' or 'ppc64le', got \"x86_64\"; write 'amd64'",
    ['check', '--architecture', 'amd64', 'good'],
  ],
  [
    'a storage file that is missing',
    ['check', '--storage', 'none.yaml', 'good'],
    'nothing was reviewed: \'--storage\' must be a file that can be read, got "none.yaml": ENOENT',
    ['check', '--storage', 'storage.yaml', 'good'],
  ],
  [
    'a storage file without a class',
    ['check', '--storage', 'good/ns.yaml', 'good'],
    "nothing was reviewed: '--storage' must hold a StorageClass, got Namespace; run kubectl get storageclass,storageprofile,volumesnapshotclass,cdiconfig,cdi,csidriver,persistentvolume -o yaml",
    ['check', '--storage', 'storage.yaml', 'good'],
  ],
  [
    'a storage file that is binary',
    ['check', '--storage', 'binary.yaml', 'good'],
    'nothing was reviewed: \'--storage\' must be text, got "binary.yaml", which is not text',
    ['check', '--storage', 'storage.yaml', 'good'],
  ],
  [
    'a backend without the storage',
    ['check', '--backend', 'fast=a', 'good'],
    "nothing was reviewed: '--backend' must stand beside '--storage', got \"fast=a\" alone",
    ['check', '--storage', 'storage.yaml', '--backend', 'fast=a', 'good'],
  ],
  [
    'a backend without a name',
    ['check', '--storage', 'storage.yaml', '--backend', 'fast', 'good'],
    'nothing was reviewed: \'--backend\' must be CLASS=BACKEND, got "fast"',
    ['check', '--storage', 'storage.yaml', '--backend', 'fast=a', 'good'],
  ],
  [
    'a cache without a folder',
    ['check', '--cache=', 'good'],
    '\'--cache\' must name a folder, got ""; see cdk8s-kubevirt check --help',
    ['check', '--cache=kept', 'good'],
  ],
  [
    'a cache for several threads',
    ['check', '--cache=kept', '--threads=2', 'good'],
    "'--threads' must be 1 beside '--cache', which one thread reads and writes, got \"2\"; see cdk8s-kubevirt check --help",
    ['check', '--cache=kept', '--threads=1', 'good'],
  ],
  [
    'no threads',
    ['check', '--threads', '0', 'good'],
    '\'--threads\' must be a number from 1 to 64, got "0"; see cdk8s-kubevirt check --help',
    ['check', '--threads', '1', 'good'],
  ],
  [
    'a number of threads that is a word',
    ['check', '--threads=all', 'good'],
    '\'--threads\' must be a number from 1 to 64, got "all"; see cdk8s-kubevirt check --help',
    ['check', '--threads=2', 'good'],
  ],
  [
    'a text that is not a size',
    ['check', '--max-size', 'lots', 'good'],
    "'--max-size' must be a size from 1 to 500Mi, such as '256Mi', got \"lots\"; see cdk8s-kubevirt check --help",
    ['check', '--max-size', '64Mi', 'good'],
  ],
  [
    'a size that is too large',
    ['check', '--max-size', '900Mi', 'good'],
    "'--max-size' must be a size from 1 to 500Mi, such as '256Mi', got \"900Mi\"; see cdk8s-kubevirt check --help",
    ['check', '--max-size', '500Mi', 'good'],
  ],
  [
    'a revision without a repository',
    ['check', '--changed', 'HEAD', 'good'],
    'nothing was reviewed: a revision needs a Git repository, and ',
    ['check', 'good'],
  ],
  [
    'a file that is missing',
    ['check', 'none.yaml'],
    'none.yaml  error  must be a file or folder that can be read: ENOENT',
    ['check', 'good'],
  ],
  [
    'an address as a file',
    ['check', 'https://a.example/vm.yaml'],
    'https://a.example/vm.yaml  error  must be a file or folder that can be read: ENOENT; fetch it first: curl -sL https://a.example/vm.yaml | cdk8s-kubevirt check -',
    ['check', 'vm.yaml'],
  ],
  [
    'an empty folder',
    ['check', 'empty'],
    'empty  warning  must hold files that end in .yaml, .yml, .json',
    ['check', 'good'],
  ],
  ['a binary file', ['check', 'binary.yaml'], 'binary.yaml  error  must be text in UTF-8 or UTF-16', ['check', 'good']],
  [
    'YAML that ends too early',
    ['check', 'broken.yaml'],
    'broken.yaml:2:1  error  must be YAML: unexpected end of the stream within a flow collection',
    ['check', 'good'],
  ],
  [
    'YAML with a tab',
    ['check', 'tab.yaml'],
    'tab.yaml:4:1  error  must be YAML: tab characters must not be used in indentation',
    ['check', 'good'],
  ],
  [
    'a template of Helm',
    ['check', 'helm.yaml'],
    'helm.yaml:1:1  error  must be YAML, and is a template: render it first (as by helm template … | cdk8s-kubevirt check -), and review that',
    ['check', 'good'],
  ],
  ['a file without a manifest', ['check', 'empty.yaml'], 'empty.yaml  warning  holds no manifest', ['check', 'good']],
  [
    'text in place of a manifest',
    ['check', 'text.yaml'],
    'text.yaml: a manifest must be an object, got string',
    ['check', 'good'],
  ],
  [
    'lines of JSON without objects of Kubernetes',
    ['check', 'lines.json'],
    'lines.json and 1 more: no Kubernetes object (no apiVersion and no kind)',
    ['check', 'objects.json'],
  ],
  [
    'a manifest without a version',
    ['check', 'unversioned.yaml'],
    "'apiVersion' must be 'kubevirt.io/v1' or 'kubevirt.io/v1alpha3' for VirtualMachine, got nothing; no release that is held serves it; write 'kubevirt.io/v1'",
    ['check', 'good'],
  ],
  [
    'an options file with an unknown key',
    ['check', '--format', 'table', 'good'],
    "nothing was reviewed: cdk8s-kubevirt.yaml: 'clsed' is no option; write 'closed'",
    ['check', 'good'],
    'clsed: true\n',
  ],
  [
    'an options file with a wrong value',
    ['check', 'good'],
    'nothing was reviewed: cdk8s-kubevirt.yaml: \'closed\' must be true or false, got "maybe"',
    ['check', 'good'],
    'closed: maybe\n',
  ],
  [
    'an options file that is no YAML',
    ['check', 'good'],
    'nothing was reviewed: cdk8s-kubevirt.yaml must be YAML: deficient indentation (2:1)',
    ['check', 'good'],
    'closed: [\n',
  ],
  [
    'inventory without a file',
    ['inventory'],
    'name a file, a folder, or - for standard input; see cdk8s-kubevirt inventory --help',
    ['inventory', 'vm.yaml'],
  ],
  [
    'inventory of what holds no VM',
    ['inventory', 'good'],
    'nothing was counted: no VM and no claim stands in good: looked for VirtualMachine, VirtualMachineInstance, VirtualMachineInstanceReplicaSet, VirtualMachinePool, PersistentVolumeClaim, DataVolume, StatefulSet',
    ['inventory', 'vm.yaml'],
  ],
  [
    'inventory of an empty folder',
    ['inventory', 'empty'],
    'nothing was counted: no manifest stands in empty',
    ['inventory', 'vm.yaml'],
  ],
  [
    'a format of another command',
    ['inventory', '--format', 'table', 'vm.yaml'],
    '\'--format\' must be one of markdown, json, csv, html, got "table"; see cdk8s-kubevirt inventory --help',
    ['inventory', '--format', 'csv', 'vm.yaml'],
  ],
  [
    'a misspelt format',
    ['inventory', '--format', 'markdwon', 'vm.yaml'],
    "'--format' must be one of markdown, json, csv, html, got \"markdwon\"; write 'markdown'; see cdk8s-kubevirt inventory --help",
    ['inventory', '--format', 'markdown', 'vm.yaml'],
  ],
  [
    'diff of one side',
    ['diff', 'good'],
    'name OLD and NEW, or a revision and -- PATH; see cdk8s-kubevirt diff --help',
    ['diff', 'good', 'vm.yaml'],
  ],
  [
    'diff of three sides',
    ['diff', 'a', 'b', 'c'],
    'name OLD and NEW, or a revision and -- PATH; see cdk8s-kubevirt diff --help',
    ['diff', 'good', 'vm.yaml'],
  ],
  [
    'diff with a missing side',
    ['diff', 'good', 'none'],
    'nothing was compared: none must be a file or folder that can be read: ENOENT',
    ['diff', 'good', 'vm.yaml'],
  ],
  [
    'diff with a broken side',
    ['diff', 'good', 'broken.yaml'],
    'nothing was compared: broken.yaml:2 must be YAML: unexpected end of the stream within a flow collection',
    ['diff', 'good', 'vm.yaml'],
  ],
  [
    'a revision of diff without a repository',
    ['diff', 'HEAD', '--', 'good'],
    'nothing was compared: a revision needs a Git repository, and ',
    ['diff', 'good', 'vm.yaml'],
  ],
  [
    'an unknown consequence',
    ['diff', '--fail-on', 'dataLost', 'good', 'good'],
    "'--fail-on' must name consequences: data-lost, refused, new-disk, unknown, replaced, restarted, restart, later, ignored, adopted, migrated, stopped, started, live, in-place, removed, created, got \"dataLost\"; write 'data-lost'; see cdk8s-kubevirt diff --help",
    ['diff', '--fail-on', 'data-lost', 'good', 'good'],
  ],
  [
    'a word that is neither yes nor no',
    ['diff', '--running', 'maybe', 'good', 'good'],
    "'--running' must be 'yes' or 'no', got \"maybe\"; see cdk8s-kubevirt diff --help",
    ['diff', '--running', 'yes', 'good', 'good'],
  ],
  [
    'an unknown strategy',
    ['diff', '--rollout-strategy', 'Live', 'good', 'good'],
    '\'--rollout-strategy\' must be LiveUpdate or Stage, got "Live"; see cdk8s-kubevirt diff --help',
    ['diff', '--rollout-strategy', 'LiveUpdate', 'good', 'good'],
  ],
  [
    'steps beside another path',
    ['diff', '--steps', 'good', 'good'],
    "'--steps' compares the files of one folder: name nothing else; see cdk8s-kubevirt diff --help",
    ['diff', '--steps', 'steps'],
  ],
  [
    'a live file without the new ones',
    ['diff', '--live', 'vm.yaml'],
    "beside '--live' name the new files or folders; see cdk8s-kubevirt diff --help",
    ['diff', '--live', 'vm.yaml', 'good'],
  ],
  [
    'a page of steps',
    ['diff', '--format', 'html', '--steps', 'steps'],
    "'--format html' is one page: leave out '--steps'; see cdk8s-kubevirt diff --help",
    ['diff', '--format', 'markdown', '--steps', 'steps'],
  ],
  [
    'a word behind rules',
    ['rules', 'disk-bus-known'],
    "'rules' must have no argument, got \"disk-bus-known\"; write 'explain disk-bus-known'; see cdk8s-kubevirt rules --help",
    ['explain', 'disk-bus-known'],
  ],
  [
    'rules in an unknown format',
    ['rules', '--format', 'yaml'],
    '\'--format\' must be one of table, json, got "yaml"; see cdk8s-kubevirt rules --help',
    ['rules', '--format', 'json'],
  ],
  [
    'explain without a rule',
    ['explain'],
    "'RULE' must be one id of a rule, got nothing; see cdk8s-kubevirt explain --help",
    ['explain', 'disk-bus-known'],
  ],
  [
    'explain of a misspelt rule',
    ['explain', 'disk-bus-knwon'],
    "nothing was explained: 'RULE' must be the id of a rule, got \"disk-bus-knwon\"; write 'disk-bus-known'",
    ['explain', 'disk-bus-known'],
  ],
  [
    'explain of two rules',
    ['explain', 'a', 'b'],
    '\'RULE\' must be one id of a rule, got "a b"; see cdk8s-kubevirt explain --help',
    ['explain', 'disk-bus-known'],
  ],
  [
    'explain in a format',
    ['explain', '--format', 'json', 'disk-bus-known'],
    "'--format' is no option of 'explain'; see cdk8s-kubevirt explain --help",
    ['explain', 'disk-bus-known'],
  ],
  [
    'init of two folders',
    ['init', 'a', 'b'],
    '\'NAME\' must be one folder, got "a b"; see cdk8s-kubevirt init --help',
    undefined,
  ],
  [
    'init of a name that npm refuses',
    ['init', 'My Project'],
    "nothing was written: 'NAME' must be a name that npm takes (a-z, 0-9, '-', '.', '_'), got \"My Project\"; write 'my-project'",
    undefined,
  ],
  [
    'a misspelt option of init',
    ['init', '--esmm', 'web'],
    "'--esmm' is no option of 'init'; write '--esm'; see cdk8s-kubevirt init --help",
    undefined,
  ],
  [
    'import of what is missing',
    ['import', 'none.yaml'],
    'none.yaml: error: must be a file or folder that can be read: ENOENT',
    ['import', 'vm.yaml'],
  ],
  [
    'import of text',
    ['import', 'text.yaml'],
    'nothing was imported: no object stands in text.yaml',
    ['import', 'vm.yaml'],
  ],
  [
    'modules of an import that is printed',
    ['import', 'vm.yaml', '--esm'],
    "'--esm' must stand beside '--out', got \"no --out\"; see cdk8s-kubevirt import --help",
    ['import', 'vm.yaml'],
  ],
  [
    'import into an empty name',
    ['import', 'vm.yaml', '--out', ''],
    '\'--out\' must name a folder, got ""; see cdk8s-kubevirt import --help',
    ['import', 'vm.yaml'],
  ],
];

const CASES = WRONG.map(([what, argv, says, meant, options]) => [what, { argv, says, meant, options }] as const);

describe('the command', () => {
  test.each(CASES)('fails when given %s, and does what is meant by what it says', async (_, given) => {
    const { argv, says, meant, options } = given;
    const wrong = await run(argv, options);
    expect(wrong.text).toContain(says);
    expect(wrong.status).toBe(Status.FAILED);
    expect(wrong.text).not.toMatch(/^ +at /m);
    expect(wrong.text).not.toContain('Usage:');
    if (meant !== undefined) expect((await run(meant)).status).toBe(Status.GOOD);
  });
});
