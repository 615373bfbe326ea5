/** Inputs that the rules of outcomes find, each as YAML, with what is known of the storage where that decides. */
export const OUTCOME_EXAMPLES: Readonly<Record<string, { readonly objects: string; readonly storage?: string }>> = {
  'claim-class': {
    objects: dv('source: { blank: {} }, storage: { resources: { requests: { storage: 1Gi } } }'),
    storage: sc(),
  },
  'claim-class-known': { objects: claim('storageClassName: fats'), storage: sc() },
  'claim-access-modes': {
    objects: dv(
      'source: { blank: {} }, storage: { storageClassName: fast, resources: { requests: { storage: 1Gi } } }',
    ),
    storage: several(sc(), profile('')),
  },
  'claim-modes-offered': { objects: claim('storageClassName: fast, volumeMode: Block'), storage: sc('nfs.csi.k8s.io') },
  'claim-volume': {
    objects: claim('storageClassName: fast'),
    storage: several(
      sc('kubernetes.io/no-provisioner'),
      '{ apiVersion: v1, kind: PersistentVolume, metadata: { name: disk-1 }, spec: { storageClassName: fast, accessModes: [ReadWriteMany], capacity: { storage: 500Mi } } }',
    ),
  },
  'claim-first-consumer': {
    objects: dv(
      'source: { blank: {} }, pvc: { storageClassName: fast, accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } } }',
    ),
    storage: sc('csi.example.com', ', volumeBindingMode: WaitForFirstConsumer'),
  },
  'clone-finishes': {
    objects: several(claim('storageClassName: fast, volumeMode: Block', '20Gi'), clone('5Gi')),
  },
  'clone-source-in-use': {
    objects: several(claim('storageClassName: fast, volumeMode: Block', '5Gi'), clone('5Gi'), machine(disk('data'))),
  },
};

function several(...objects: readonly string[]): string {
  return objects.join('\n---\n');
}

function sc(provisioner = 'csi.example.com', more = ''): string {
  return `{ apiVersion: storage.k8s.io/v1, kind: StorageClass, metadata: { name: fast }, provisioner: ${provisioner}${more} }`;
}

function profile(sets: string): string {
  return `{ apiVersion: cdi.kubevirt.io/v1beta1, kind: StorageProfile, metadata: { name: fast }, spec: {}, status: { storageClass: fast${sets} } }`;
}

function dv(spec: string, name = 'data'): string {
  return `{ apiVersion: cdi.kubevirt.io/v1beta1, kind: DataVolume, metadata: { name: ${name} }, spec: { ${spec} } }`;
}

function clone(size: string): string {
  return dv(
    `source: { pvc: { name: data, namespace: n } }, pvc: { storageClassName: fast, volumeMode: Block, accessModes: [ReadWriteMany], resources: { requests: { storage: ${size} } } }`,
    'copy, namespace: n',
  );
}

function claim(more: string, size = '1Gi'): string {
  return `{ apiVersion: v1, kind: PersistentVolumeClaim, metadata: { name: data, namespace: n }, spec: { ${more}, accessModes: [ReadWriteMany], resources: { requests: { storage: ${size} } } } }`;
}

function disk(claimName: string): string {
  return `volumes: [{ name: d, persistentVolumeClaim: { claimName: ${claimName} } }]`;
}

function machine(template: string, name = 'web'): string {
  return `{ apiVersion: kubevirt.io/v1, kind: VirtualMachine, metadata: { name: ${name}, namespace: n }, spec: { runStrategy: Always, template: { spec: { domain: { memory: { guest: 1Gi }, devices: {} }, ${template} } } } }`;
}
