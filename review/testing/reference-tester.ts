import { ExternalObject } from '../cluster/catalogue';
import { Cluster } from '../cluster/cluster';
import { Reviewed } from '../manifests/manifest';
import { ReferenceRule } from '../references/rule';
import { Json } from '../rule';

/** An object in the namespace `n`, from a file. */
export function object(kind: string, name: string, more: Json = {}, file = 'a.yaml'): Reviewed {
  const { namespace = 'n', ...rest } = more;
  const apiVersion = VERSIONS[kind] ?? 'v1';
  return { object: { apiVersion, kind, metadata: { name, namespace }, ...rest }, origin: { file } };
}

/** A VirtualMachine with a spec of its template. */
export function machine(name: string, template: Json = {}, more: Json = {}, file?: string): Reviewed {
  return object('VirtualMachine', name, { spec: { template: { spec: template }, ...more } }, file);
}

/** What one rule finds: object, path and message; nothing exists but what is given. */
export function found(
  rules: readonly ReferenceRule[],
  rule: string,
  objects: readonly Reviewed[],
  external: readonly ExternalObject[] = [],
  closed = true,
): { name: unknown; field: string; message: string }[] {
  const findings: { name: unknown; field: string; message: string }[] = [];
  for (const { id, check } of rules) {
    if (id !== rule) continue;
    check(new Cluster(objects, { external, closed }), (reviewed, field, message) =>
      findings.push({ name: (reviewed.object.metadata as Json).name, field, message }),
    );
  }
  return findings;
}

const VERSIONS: Readonly<Record<string, string>> = {
  VirtualMachine: 'kubevirt.io/v1',
  DataVolume: 'cdi.kubevirt.io/v1beta1',
  DataImportCron: 'cdi.kubevirt.io/v1beta1',
  DataSource: 'cdi.kubevirt.io/v1beta1',
  VirtualMachineInstance: 'kubevirt.io/v1',
  VirtualMachineInstanceMigration: 'kubevirt.io/v1',
  VirtualMachineSnapshot: 'snapshot.kubevirt.io/v1beta1',
  VirtualMachineClone: 'clone.kubevirt.io/v1beta1',
  VirtualMachineExport: 'export.kubevirt.io/v1beta1',
  VirtualMachineRestore: 'snapshot.kubevirt.io/v1beta1',
  StorageClass: 'storage.k8s.io/v1',
  VolumeSnapshot: 'snapshot.storage.k8s.io/v1',
  VolumeSnapshotClass: 'snapshot.storage.k8s.io/v1',
  NetworkAttachmentDefinition: 'k8s.cni.cncf.io/v1',
  KubeVirt: 'kubevirt.io/v1',
  HyperConverged: 'hco.kubevirt.io/v1beta1',
  CDI: 'cdi.kubevirt.io/v1beta1',
};
