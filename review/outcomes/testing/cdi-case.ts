import type { Json } from '../../rule';

/** A set of claims, classes, profiles and one clone or import, in few words, with what CDI made of it. */
export interface CdiCase {
  readonly classes: readonly {
    readonly name: string;
    readonly driver: string;
    readonly default?: 1;
    readonly virt?: 1;
    readonly grows?: 1;
    /** `RWX,RWO Block`: the property sets of the StorageProfile. */
    readonly sets?: readonly string[];
    readonly strategy?: string;
    readonly snapshots?: string;
    readonly least?: string;
  }[];
  /** `NAME DRIVER`, and `default`. */
  readonly snapshotClasses?: readonly string[];
  readonly drivers: readonly string[];
  readonly overhead: string;
  readonly overheadOf?: Json;
  readonly override?: string;
  readonly source?: ClaimWords & { readonly by: 'claim' | 'pvc' | 'storage' };
  readonly target: ClaimWords & {
    readonly by: 'claim' | 'pvc' | 'storage';
    readonly from: 'http' | 'registry' | 'blank' | 'upload' | 'claim' | 'snapshot';
    readonly permissive?: 1;
    readonly populator?: string;
  };
  /** Whether a machine runs on the source. */
  readonly inUse?: 1;
  readonly 'v1.63.1': CdiVerdict;
  /** Where it differs. */
  readonly 'v1.66.0'?: CdiVerdict;
}

interface ClaimWords {
  readonly archive?: 1;
  readonly size?: string;
  readonly class?: string;
  readonly modes?: string;
  readonly mode?: string;
}

/** What CDI did: the claim that it made, and the way of the clone. */
export interface CdiVerdict {
  readonly outcome: 'made' | 'waits' | 'never';
  readonly claim?: readonly [storageClass: string, modes: string, volumeMode: string, bytes: number];
  readonly way?: string;
}

const MODES: Readonly<Record<string, string>> = {
  RWX: 'ReadWriteMany',
  RWO: 'ReadWriteOnce',
  ROX: 'ReadOnlyMany',
};

/** `RWX,RWO` in full. */
export function modesOf(words: string): string[] {
  return words === '' ? [] : words.split(',').map((word) => MODES[word] ?? word);
}

const CDI = 'cdi.kubevirt.io/v1beta1';

/** The storage of a case, as `kubectl get -o yaml` prints it. */
export function storageOf({ classes, snapshotClasses = [], drivers, overhead, overheadOf, override }: CdiCase): Json[] {
  return [
    ...classes.flatMap(storageClass),
    ...snapshotClasses.map((words) => {
      const [name, driver, isDefault] = words.split(' ');
      const annotations = isDefault ? { 'snapshot.storage.kubernetes.io/is-default-class': 'true' } : {};
      return object('snapshot.storage.k8s.io/v1', 'VolumeSnapshotClass', { name, annotations }, { driver });
    }),
    ...drivers.map((name) => object('storage.k8s.io/v1', 'CSIDriver', { name }, {})),
    object(
      CDI,
      'CDIConfig',
      { name: 'config' },
      { status: { filesystemOverhead: { global: overhead, storageClass: overheadOf ?? {} } } },
    ),
    ...(override === undefined
      ? []
      : [object(CDI, 'CDI', { name: 'cdi' }, { spec: { cloneStrategyOverride: override } })]),
  ];
}

function storageClass(words: CdiCase['classes'][number], index: number): Json[] {
  const { name, driver, sets, strategy, snapshots, least } = words;
  const annotations = {
    ...(words.default ? { 'storageclass.kubernetes.io/is-default-class': 'true' } : {}),
    ...(words.virt ? { 'storageclass.kubevirt.io/is-default-virt-class': 'true' } : {}),
  };
  const claimPropertySets = sets?.map((set) => {
    const [modes = '', volumeMode] = set.split(' ');
    return { accessModes: modesOf(modes), volumeMode };
  });
  const status = {
    storageClass: name,
    provisioner: driver,
    claimPropertySets,
    cloneStrategy: strategy,
    snapshotClass: snapshots,
  };
  const smallest = least === undefined ? {} : { 'cdi.kubevirt.io/minimumSupportedPvcSize': least };
  return [
    object(
      'storage.k8s.io/v1',
      'StorageClass',
      { name, annotations, creationTimestamp: `2025-0${index + 1}-01T00:00:00Z` },
      { provisioner: driver, allowVolumeExpansion: words.grows === 1, volumeBindingMode: 'Immediate' },
    ),
    object(
      CDI,
      'StorageProfile',
      { name, annotations: smallest },
      { spec: {}, status: JSON.parse(JSON.stringify(status)) as Json },
    ),
  ];
}

/** The manifests of a case. */
export function manifestsOf({ source, target, inUse }: CdiCase): Json[] {
  const made = source === undefined ? [] : [claimOf('source', source, { http: { url: 'https://x.example/s.qcow2' } })];
  const snapshot = object(
    'snapshot.storage.k8s.io/v1',
    'VolumeSnapshot',
    { name: 'snap', namespace: 'ns' },
    { spec: { source: { persistentVolumeClaimName: 'source' } } },
  );
  const user = object(
    'kubevirt.io/v1',
    'VirtualMachine',
    { name: 'user', namespace: 'ns' },
    {
      spec: {
        runStrategy: 'Always',
        template: {
          spec: { domain: { devices: {} }, volumes: [{ name: 'v', persistentVolumeClaim: { claimName: 'source' } }] },
        },
      },
    },
  );
  return [
    ...made,
    ...(target.from === 'snapshot' ? [snapshot] : []),
    ...targetOf(target),
    ...(inUse === 1 ? [user] : []),
  ];
}

function targetOf(target: CdiCase['target']): Json[] {
  const annotations = {
    ...(target.permissive ? { 'cdi.kubevirt.io/permissiveClone': 'true' } : {}),
    ...(target.populator ? { 'cdi.kubevirt.io/storage.usePopulator': target.populator } : {}),
  };
  const url = { http: 'https://x.example/a.qcow2', registry: 'docker://x.example/a:1' };
  const sources: Readonly<Record<CdiCase['target']['from'], Json>> = {
    http: { http: { url: url.http } },
    registry: { registry: { url: url.registry } },
    blank: { blank: {} },
    upload: { upload: {} },
    claim: { pvc: { namespace: 'ns', name: 'source' } },
    snapshot: { snapshot: { namespace: 'ns', name: 'snap' } },
  };
  if (target.by !== 'claim') return [claimOf('target', target, sources[target.from], annotations)];
  const dataSourceRef = { apiGroup: 'cdi.kubevirt.io', kind: 'VolumeCloneSource', name: 'clone' };
  const spec = { ...specOf(target), dataSourceRef };
  return [
    object(
      CDI,
      'VolumeCloneSource',
      { name: 'clone', namespace: 'ns' },
      { spec: { source: { kind: 'PersistentVolumeClaim', name: 'source' } } },
    ),
    object('v1', 'PersistentVolumeClaim', { name: 'target', namespace: 'ns', annotations }, { spec }),
  ];
}

function claimOf(
  name: string,
  words: ClaimWords & { readonly by: string },
  source: Json,
  annotations: Json = {},
): Json {
  const metadata = { name, namespace: 'ns', annotations };
  if (words.by === 'claim') return object('v1', 'PersistentVolumeClaim', metadata, { spec: specOf(words) });
  const type = words.archive ? { contentType: 'archive' } : {};
  return object(CDI, 'DataVolume', metadata, { spec: { source, ...type, [words.by]: specOf(words) } });
}

function specOf({ size, class: storageClassName, modes, mode }: ClaimWords): Json {
  return {
    ...(size === undefined ? {} : { resources: { requests: { storage: size } } }),
    ...(storageClassName === undefined ? {} : { storageClassName }),
    ...(modes === undefined ? {} : { accessModes: modesOf(modes) }),
    ...(mode === undefined ? {} : { volumeMode: mode }),
  };
}

function object(apiVersion: string, kind: string, metadata: Json, more: Json): Json {
  return { apiVersion, kind, metadata, ...more };
}
