import { Refusal } from '../refusal';

/** The version of a release, as the folders below crds/ are named. */
const VERSION = /^v\d+\.\d+\.\d+([-+][0-9A-Za-z.+-]+)?$/;

/** What a CRD's metadata says of where it comes from. */
export interface Origin {
  readonly labels: Readonly<Record<string, unknown>>;
  readonly annotations: Readonly<Record<string, unknown>>;
}

/** One of the projects whose CRDs stand below crds/, in the folder named by its id. */
export interface Component {
  readonly id: string;
  readonly title: string;
  /** The option of the command line that gives the version. */
  readonly option: 'kubevirt' | 'cdi' | 'snapshotter' | 'hco' | 'ssp' | 'networks';
  readonly owns: (group: string) => boolean;
  /** The version that made a CRD, as its metadata has it. */
  readonly madeBy: (origin: Origin) => unknown;
  /** True if CRDs of one installation may name several versions: the newest is the installed one. */
  readonly mixed: boolean;
  /** True if its CRDs are taken only where its option says the version: they name none, and most projects have no use for them. */
  readonly onRequest?: boolean;
  /** Where a user reads the version of an installation. */
  readonly lookUp: string;
}

/** Groups below kubevirt.io that other projects own, with releases and versions of their own. */
const NEIGHBOURS = ['aaq', 'cdi', 'hco', 'hostpathprovisioner', 'mtq', 'network', 'nodemaintenance', 'ssp', 'v2v'];

/**
 * The label `app.kubernetes.io/version` is read for none of them: KubeVirt fills it with the
 * `productVersion` of its KubeVirt object, CDI with the label of its CDI object, and both are the
 * version of the product that installed them. virt-operator writes its annotation on every CRD that it
 * makes (`createOrUpdateCrd`), not on `kubevirts.kubevirt.io`, which comes with its own manifest.
 *
 * @see https://github.com/kubevirt/kubevirt/blob/v1.6.2/pkg/virt-operator/resource/apply/reconcile.go `injectOperatorMetadata`
 * @see https://github.com/kubevirt/containerized-data-importer/blob/v1.63.1/pkg/operator/controller/controller.go `createVersionLabel`
 * @see https://github.com/kubevirt/controller-lifecycle-operator-sdk/blob/main/pkg/sdk/reconciler/reconciler.go `SetLabel`
 */
export const COMPONENTS: readonly Component[] = [
  {
    id: 'kubevirt',
    title: 'KubeVirt',
    option: 'kubevirt',
    owns: (group) =>
      within(group, 'kubevirt.io') && !NEIGHBOURS.some((of) => within(group, `${of}.kubevirt.io`)),
    madeBy: ({ annotations }) => annotations['kubevirt.io/install-strategy-version'],
    mixed: false,
    lookUp: "kubectl get kubevirt -A -o jsonpath='{.items[*].status.observedKubeVirtVersion}'",
  },
  {
    id: 'cdi',
    title: 'CDI',
    option: 'cdi',
    owns: (group) => within(group, 'cdi.kubevirt.io'),
    // An upgrade marks the CRDs that it changes; the others keep the mark of the version that made them.
    madeBy: ({ labels }) =>
      labels['operator.cdi.kubevirt.io/updateVersion'] ?? labels['operator.cdi.kubevirt.io/createVersion'],
    mixed: true,
    lookUp: "kubectl get cdi -o jsonpath='{.items[*].status.observedVersion}'",
  },
  {
    id: 'external-snapshotter',
    title: 'the snapshot API',
    option: 'snapshotter',
    owns: (group) => within(group, 'snapshot.storage.k8s.io') || within(group, 'groupsnapshot.storage.k8s.io'),
    madeBy: () => undefined,
    mixed: false,
    lookUp: "the tag of the cluster's snapshot-controller image",
  },
  {
    id: 'hco',
    title: 'the HyperConverged Cluster Operator',
    option: 'hco',
    owns: (group) => within(group, 'hco.kubevirt.io'),
    madeBy: () => undefined,
    mixed: false,
    onRequest: true,
    lookUp: "kubectl get hyperconverged -A -o jsonpath='{.items[*].status.versions}'",
  },
  {
    id: 'ssp',
    title: 'SSP',
    option: 'ssp',
    owns: (group) => within(group, 'ssp.kubevirt.io'),
    madeBy: () => undefined,
    mixed: false,
    onRequest: true,
    lookUp: "kubectl get ssp -A -o jsonpath='{.items[*].status.observedVersion}'",
  },
  {
    id: 'network-attachment-definition',
    title: 'the network attachments',
    option: 'networks',
    owns: (group) => within(group, 'k8s.cni.cncf.io'),
    madeBy: () => undefined,
    mixed: false,
    onRequest: true,
    lookUp: 'the tag of k8snetworkplumbingwg/network-attachment-definition-client whose artifacts/networks-crd.yaml it is',
  },
];

/** The titles of all components, as a message lists them. */
export const ALL_TITLES = 'KubeVirt, CDI, the snapshot API, HyperConverged, SSP or the network attachments';

/** Whose group this is; undefined if it is of another project. */
export function componentOf(group: string): Component | undefined {
  return COMPONENTS.find((component) => component.owns(group));
}

/** `1.6.2` and `v1.6.2` as `v1.6.2`; undefined if it is no version. */
export function normalizeVersion(given: string): string | undefined {
  const version = given.startsWith('v') ? given : `v${given}`;
  return VERSION.test(version) ? version : undefined;
}

/** The version that made these CRDs of one component. */
export function inferVersion(component: Component, origins: readonly Origin[]): string {
  const marks = [...new Set(origins.map(component.madeBy).filter((mark) => mark !== undefined))];
  const versions = marks.map((mark) => normalizeVersion(String(mark))).filter((version) => version !== undefined);
  const newest = versions.sort(compareVersions).at(-1);
  if (newest === undefined || versions.length < marks.length) throw unknownVersion(component, marks);
  if (versions.length > 1 && !component.mixed) throw unknownVersion(component, marks);
  return newest;
}

/** Older before newer; a pre-release comes before its release. */
function compareVersions(a: string, b: string): number {
  const [release = '', preA] = split(a);
  const [other = '', preB] = split(b);
  if (release !== other) return release.localeCompare(other, 'en', { numeric: true });
  if (preA === undefined || preB === undefined) return Number(preA === undefined) - Number(preB === undefined);
  return preA.localeCompare(preB, 'en', { numeric: true });
}

function split(version: string): string[] {
  const dash = version.indexOf('-');
  return dash < 0 ? [version] : [version.slice(0, dash), version.slice(dash + 1)];
}

function unknownVersion(component: Component, got: readonly unknown[]): Refusal {
  return Refusal.of(
    `--${component.option}`,
    `the CRDs of ${component.title} must name the one version that made them`,
    got.length === 0 ? undefined : got,
    `give it as '--${component.option} v…' (${component.lookUp})`,
  );
}

function within(group: string, domain: string): boolean {
  return group === domain || group.endsWith(`.${domain}`);
}
