import { report, ReviewOptions } from '../engine';
import { parseManifests } from '../manifests/program-input';
import { readManifests } from '../manifests/reader';
import { withTree } from './written-tree';

/** What is said by some rules: `warning spec.x rule: message; remedy`, a line a finding. */
export function said(text: string, rules: readonly string[], options: ReviewOptions = {}): string[] {
  return linesOf(report(parseManifests(text), options), rules);
}

/** The same of the files of a folder, applied one after the other where their names are numbered. */
export function saidOfFiles(
  files: Readonly<Record<string, string>>,
  rules: readonly string[],
  options: ReviewOptions = {},
): string[] {
  return withTree(files, (cwd) => {
    const { manifests } = readManifests(['.'], { cwd, stdin: () => Buffer.alloc(0) });
    return linesOf(report(manifests, options), rules);
  });
}

/** The release that a message speaks of, which ends it. */
const RELEASE = / \((KubeVirt|CDI|Kubernetes) v[\d.]+\)$/;

function linesOf({ findings }: ReturnType<typeof report>, rules: readonly string[]): string[] {
  return findings
    .filter(({ rule }) => rules.includes(rule))
    .map(({ severity, field, rule, message, remedy = '' }) => {
      return `${severity} ${field} ${rule}: ${message.replace(RELEASE, '')}; ${remedy}`;
    });
}

/** Documents of one stream. */
export function stream(...documents: readonly string[]): string {
  return documents.map((text) => text.trim()).join('\n---\n');
}

/** How a claim differs from a device of 10Gi of class `f` that nodes share. */
export interface ClaimWords {
  readonly modes?: string;
  readonly mode?: string;
  readonly class?: string;
  readonly size?: string;
}

/** A PersistentVolumeClaim in namespace `lab`. */
export function claim(name: string, words: ClaimWords = {}): string {
  return `
apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: ${name}, namespace: lab }
spec: ${specOf(words)}
`;
}

function specOf({
  modes = 'ReadWriteMany',
  mode = 'Block',
  class: className = 'f',
  size = '10Gi',
}: ClaimWords): string {
  const storageClass = className === '' ? '' : `storageClassName: ${className}, `;
  return `{ accessModes: [${modes}], volumeMode: ${mode}, ${storageClass}resources: { requests: { storage: ${size} } } }`;
}

/** A DataVolume in namespace `lab`, of a source as YAML writes it. */
export function dataVolume(name: string, source = '{ blank: {} }', words: ClaimWords = {}): string {
  return `
apiVersion: cdi.kubevirt.io/v1beta1
kind: DataVolume
metadata: { name: ${name}, namespace: lab }
spec: { source: ${source}, pvc: ${specOf(words)} }
`;
}

/** How a machine differs from one that runs. */
export interface MachineWords {
  readonly run?: string;
  /** Volumes and their claims. */
  readonly disks?: Readonly<Record<string, string>>;
  /** More of `spec`, of the domain, and of its devices. */
  readonly spec?: string;
  readonly domain?: string;
  readonly devices?: string;
  /** How each disk is written. */
  readonly disk?: string;
}

/** A VirtualMachine in namespace `lab`. */
export function machine(name: string, words: MachineWords = {}): string {
  const { run = 'Always', disks = {}, spec = '', domain = '', devices = '', disk = 'disk: { bus: virtio }' } = words;
  const names = Object.keys(disks);
  const volumes = names.map((volume) => `{ name: ${volume}, persistentVolumeClaim: { claimName: ${disks[volume]} } }`);
  return `
apiVersion: kubevirt.io/v1
kind: VirtualMachine
metadata: { name: ${name}, namespace: lab }
spec:
  runStrategy: ${run}
  ${spec}
  template:
    spec:
      domain:
        memory: { guest: 1Gi }
        ${domain}
        devices:
          interfaces: [{ name: net, masquerade: {} }]
          disks: [${names.map((volume) => `{ name: ${volume}, ${disk} }`).join(', ')}]
          ${devices}
      networks: [{ name: net, pod: {} }]
      volumes: [${volumes.join(', ')}]
`;
}

/** The storage of a cluster: the class `f` of driver `csi.a`, and what else is given. */
export function storage(...more: readonly string[]): string {
  const items = [
    `{ apiVersion: storage.k8s.io/v1, kind: StorageClass, metadata: { name: f }, provisioner: csi.a }`,
    ...more,
  ];
  return `apiVersion: v1\nkind: List\nitems:\n${items.map((item) => `  - ${item}`).join('\n')}\n`;
}

/** A VolumeSnapshotClass of a driver. */
export function snapshotClass(name: string, driver = 'csi.a', annotations = '{}'): string {
  return `{ apiVersion: snapshot.storage.k8s.io/v1, kind: VolumeSnapshotClass, metadata: { name: ${name}, annotations: ${annotations} }, driver: ${driver}, deletionPolicy: Delete }`;
}
