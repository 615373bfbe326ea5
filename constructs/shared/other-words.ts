import { sameWord } from './likeness';

/** What to write for a word, where an object knows the key that it needs. */
interface Other {
  readonly needs: string;
  readonly write: string;
}

const size: Other = { needs: 'size', write: "'size'" };
const secondaryDisks: Other = { needs: 'secondaryDisks', write: "'secondaryDisks'" };
const networks: Other = { needs: 'networks', write: "'networks'" };
const keys: Other = { needs: 'cloudInit', write: 'cloudInit: CloudInit.of({ sshAuthorizedKeys: [ … ] })' };
const importing: Other = { needs: 'size', write: 'a DataVolumeImport in its place, which has a source' };

/** Words of manifests and of other tools that a construct calls otherwise, or has elsewhere; the first that fits counts. */
const OTHER_WORDS: Readonly<Record<string, readonly Other[]>> = {
  affinity: scheduled('affinity: [ … ]'),
  capacity: [size],
  cores: [{ needs: 'guest', write: "'guest'" }, ...within('cpu', 'cores: …')],
  disks: [secondaryDisks],
  gpus: within('devices', 'gpus: [ … ]'),
  image: [{ needs: 'bootDisk', write: "bootDisk: ContainerDisk.of('…')" }, importing],
  inferFromVolume: [{ needs: 'instancetype', write: "instancetype: Instancetype.inferredFrom('…')" }],
  interfaces: [networks],
  options: [{ needs: 'hotpluggable', write: "its keys beside 'disk'" }],
  priorityClassName: scheduled("priorityClassName: '…'"),
  running: [{ needs: 'runStrategy', write: 'runStrategy: RunStrategy.ALWAYS or RunStrategy.HALTED' }],
  secretRef: [{ needs: 'credentials', write: "credentials: RegistryCredentials.fromSecretName('…')" }],
  sockets: within('cpu', 'sockets: …'),
  source: [importing],
  sshKey: [keys],
  sshKeys: [keys],
  sshAuthorizedKeys: [keys],
  storage: [size],
  threads: within('cpu', 'threads: …'),
  tolerations: scheduled('tolerations: [ … ]'),
  topologySpreadConstraints: scheduled('topologySpread: [ … ]'),
  url: [{ needs: 'source', write: "source: DataVolumeSource.http('…')" }],
  userData: [{ needs: 'cloudInit', write: 'cloudInit: CloudInit.raw(…)' }],
  volumes: [secondaryDisks],
  watchdog: within('devices', 'watchdog: …'),
};

/** What to write for an unknown key that an object has under another name or in another place; undefined of any other key. */
export function otherWord(key: string, known: readonly string[]): string | undefined {
  const word = sameWord(key, Object.keys(OTHER_WORDS));
  return word === undefined ? undefined : OTHER_WORDS[word]!.find(({ needs }) => known.includes(needs))?.write;
}

function within(prop: string, what: string): Other[] {
  return [{ needs: prop, write: `${prop}: { ${what} }` }];
}

function scheduled(what: string): Other[] {
  return within('scheduling', what);
}
