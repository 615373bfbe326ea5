/** A small repository, and what is said of it. Each was made up after a real one, and stands for its kind. */
export interface TreeCase {
  /** What it shows. */
  readonly name: string;
  /** Texts by path. */
  readonly files: Readonly<Record<string, string>>;
  /** Findings: severity, rule, file, and object; with the roots that several take. */
  readonly findings: readonly string[];
  /** What is wrong with the input itself. */
  readonly faults?: readonly string[];
  /** What is not checked. */
  readonly unchecked?: readonly string[];
}

const vm = (name: string, more = '', face = '{name: default, masquerade: {}}') => `apiVersion: kubevirt.io/v1
kind: VirtualMachine
metadata: {name: ${name}}
spec:
  runStrategy: Always
  template:
    spec:
      domain: {memory: {guest: 1Gi}, devices: {interfaces: [${face}]}}
      networks: [{name: default, pod: {}}]
${more}`;

const onClaim = (name: string) => `      volumes: [{name: d, persistentVolumeClaim: {claimName: ${name}}}]\n`;

const claim = (name: string, namespace = '') => `apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: ${name}${namespace === '' ? '' : `, namespace: ${namespace}`}}
spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 5Gi}}}
`;

const flux = (name: string, spec: string) => `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: ${name}, namespace: flux-system}
spec: {interval: 1h, prune: true, sourceRef: {kind: GitRepository, name: g}, ${spec}}
`;

const COMPONENT = 'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n';

const NO_FLUX_SCHEMA = (name: string) =>
  `ks.yaml Kustomization ${name}: no schema of kustomize.toolkit.fluxcd.io/v1 Kustomization`;

/** Repositories of the kinds that people have. */
export const TREES: readonly TreeCase[] = [
  {
    name: 'a claim of a component, named by a variable of Flux',
    files: {
      'app/kustomization.yaml': 'resources: [vm.yaml]\n',
      'app/vm.yaml': vm('db', onClaim('db')),
      'component/kustomization.yaml': `${COMPONENT}resources: [pvc.yaml]\n`,
      'component/pvc.yaml': claim('"${APP}"'),
      'ks.yaml': flux(
        'db',
        'path: ./app, targetNamespace: shop, components: [../component], postBuild: {substitute: {APP: db}}',
      ),
    },
    findings: [],
    unchecked: [NO_FLUX_SCHEMA('flux-system/db')],
  },
  {
    name: 'variables that Flux takes from a ConfigMap are placeholders',
    files: {
      'app/vm.yaml': vm('db').replace('1Gi', '"${MEMORY}"'),
      'ks.yaml': flux('db', 'path: ./app, postBuild: {substituteFrom: [{kind: ConfigMap, name: settings}]}'),
    },
    findings: [],
    unchecked: [
      NO_FLUX_SCHEMA('flux-system/db'),
      'app/vm.yaml VirtualMachine db: not reviewed where it holds ${MEMORY}: fill in what stands for something else first',
    ],
  },
  {
    name: 'a KubeVirt object speaks for its own folder and those below it',
    files: {
      'a/kubevirt.yaml':
        'apiVersion: kubevirt.io/v1\nkind: KubeVirt\nmetadata: {name: kubevirt, namespace: kubevirt}\nspec: {configuration: {emulatedMachines: [pc-q35*], developerConfiguration: {featureGates: [CPUManager]}}}\n',
      'b/vm.yaml': vm(
        'vm',
        '      volumes: [{name: d, hostDisk: {path: /data/x.img, type: DiskOrCreate, capacity: 1Gi}}]\n',
      ).replace('devices: {', 'machine: {type: q35}, devices: {disks: [{name: d, disk: {bus: virtio}}], '),
    },
    findings: [],
  },
  {
    name: 'the namespace of a Kustomization renames its Namespace, and takes every object',
    files: {
      'kustomization.yaml': 'namespace: media\nresources: [namespace.yaml, claim.yaml, vm.yaml]\n',
      'namespace.yaml': 'apiVersion: v1\nkind: Namespace\nmetadata: {name: _}\n',
      'claim.yaml': claim('d', 'elsewhere'),
      'vm.yaml': vm('vm', onClaim('d')),
    },
    findings: [],
  },
  {
    name: 'an overlay completes what its base lacks',
    files: {
      'base/kustomization.yaml': 'resources: [vm.yaml]\n',
      'base/vm.yaml': vm('vm', '', '{name: default}'),
      'overlay/kustomization.yaml': `resources: [../base]
patches:
- target: {kind: VirtualMachine, name: vm}
  patch: |-
    - {op: add, path: /spec/template/spec/domain/devices/interfaces/0/masquerade, value: {}}
`,
    },
    findings: [],
  },
  {
    name: 'what is wrong with a base is said once, with the roots that it holds for',
    files: {
      'base/kustomization.yaml': 'resources: [vm.yaml]\n',
      'base/vm.yaml': vm('vm').replace('Always', 'Alwayz'),
      'dev/kustomization.yaml': 'resources: [../base]\nnamespace: dev\n',
      'prod/kustomization.yaml': 'resources: [../base]\nnamespace: prod\nnamePrefix: big-\n',
    },
    findings: [
      'error run-strategy-known base/vm.yaml VirtualMachine dev/vm (dev)',
      'error run-strategy-known base/vm.yaml VirtualMachine prod/big-vm (prod)',
    ],
  },
  {
    name: 'behind a masquerade nobody sees a MAC address',
    files: {
      'vms.yaml': ['a', 'b']
        .map((name) => vm(name, '', '{name: default, masquerade: {}, macAddress: "02:00:00:00:00:01"}'))
        .join('---\n'),
    },
    findings: [],
  },
  {
    name: 'placeholders of every usual form are counted, and a bare word is judged',
    files: {
      'placeholders.yaml': `${vm('$NAME').replace('1Gi', 'VM_MEMORY').replace('$NAME', '$NAME, namespace: "@NAMESPACE@"')}---
apiVersion: v1
kind: Secret
metadata: {name: s}
data: {key: "<< KEY_IN_BASE64 >>", other: KEY_HERE_IN_BASE_64}
---
apiVersion: v1
kind: Secret
metadata: {name: WEB}
`,
    },
    findings: ['error metadata-name placeholders.yaml Secret WEB'],
    unchecked: [
      'placeholders.yaml VirtualMachine @NAMESPACE@/$NAME: not reviewed where it holds VM_MEMORY, $NAME, @NAMESPACE@: fill in what stands for something else first',
      'placeholders.yaml Secret s: not reviewed where it holds a placeholder in data.key, a placeholder in data.other: fill in what stands for something else first',
    ],
  },
  {
    name: 'an object that is marked for server-side apply may lack what it must have',
    files: {
      'kustomization.yaml': 'resources: [patch-by-ssa.yaml]\n',
      'patch-by-ssa.yaml': `apiVersion: apps/v1
kind: Deployment
metadata: {name: op, annotations: {argocd.argoproj.io/sync-options: ServerSideApply=true}}
spec: {template: {spec: {containers: [{name: manager, image: "x:1", imagepullPolicy: Always}]}}}
`,
    },
    findings: ['error schema-unknown-field patch-by-ssa.yaml Deployment op'],
    unchecked: [
      "patch-by-ssa.yaml Deployment op: only a part of an object: without 'spec.selector' it is right if another owner holds the rest",
    ],
  },
  {
    name: 'a file that no Kustomization lists is named once, and not judged',
    files: {
      'kustomization.yaml': 'resources: [vm.yaml]\n#patches: [{path: patch.yaml}]\n',
      'vm.yaml': vm('vm'),
      'patch.yaml':
        'apiVersion: kubevirt.io/v1\nkind: VirtualMachine\nmetadata: {name: vm}\nspec: {runStrategy: Manual}\n',
    },
    findings: [],
    faults: ["patch.yaml: must be listed in 'resources' of kustomization.yaml, or it is not applied with it"],
  },
  {
    name: 'a Namespace stands behind what is in it',
    files: {
      'all.yaml': `apiVersion: v1
kind: ConfigMap
metadata: {name: settings, namespace: shop}
---
apiVersion: v1
kind: Namespace
metadata: {name: shop}
---
apiVersion: instancetype.kubevirt.io/v1beta1
kind: VirtualMachineInstancetype
metadata: {name: small, namespace: shop}
spec: {cpu: {guest: 1}, memory: {guest: 2Gi}}
`,
    },
    findings: ['warning namespace-first all.yaml ConfigMap shop/settings'],
  },
  {
    name: 'clusters of Flux that apply the same folder are apart',
    files: {
      'apps/vm.yaml': vm('vm').replace('Always', '${STRATEGY}'),
      'clusters/dev/ks.yaml': flux(
        'apps',
        'path: ./apps, targetNamespace: a, postBuild: {substitute: {STRATEGY: Halted}}',
      ),
      'clusters/prod/ks.yaml': flux(
        'apps',
        'path: ./apps, targetNamespace: b, postBuild: {substitute: {STRATEGY: Alwayz}}',
      ),
    },
    findings: [
      'error run-strategy-known apps/vm.yaml VirtualMachine b/vm (apps (Kustomization flux-system/apps of clusters/prod/ks.yaml))',
    ],
    unchecked: [
      'clusters/dev/ks.yaml Kustomization flux-system/apps: no schema of kustomize.toolkit.fluxcd.io/v1 Kustomization',
      'clusters/prod/ks.yaml Kustomization flux-system/apps: no schema of kustomize.toolkit.fluxcd.io/v1 Kustomization',
    ],
  },
  {
    name: 'generators, prefixes and merged patches, where the overlay deletes a claim of its base',
    files: {
      'base/kustomization.yaml':
        'resources: [vm.yaml, claim.yaml]\nconfigMapGenerator: [{name: settings, literals: [a=b]}]\n',
      'base/vm.yaml': vm('vm', onClaim('d')),
      'base/claim.yaml': claim('d'),
      'top/kustomization.yaml': `resources: [../base, other.yaml]
namePrefix: x-
patches:
- path: gone.yaml
- patch: |-
    apiVersion: kubevirt.io/v1
    kind: VirtualMachine
    metadata: {name: vm}
    spec: {runStrategy: Halted}
`,
      'top/gone.yaml': 'apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: d}\n$patch: delete\n',
      'top/other.yaml': claim('other'),
    },
    findings: [],
    unchecked: ['top/gone.yaml: a patch, or another file that is not a whole object, for top/kustomization.yaml'],
  },
  {
    name: 'what a patch writes is not judged as the base has it, and all else is',
    files: {
      'base/kustomization.yaml': 'resources: [vm.yaml]\n',
      'base/vm.yaml': vm('VM', '      terminationGracePeriod: 5\n')
        .replace('Always', 'Sometimes')
        .replace('1Gi', 'much'),
      'top/kustomization.yaml': `resources: [../base]
patches:
- target: {kind: VirtualMachine}
  patch: |-
    - {op: replace, path: /metadata/name, value: web}
    - {op: replace, path: /spec/template/spec/domain/memory/guest, value: 2Gi}
- patch: |-
    apiVersion: kubevirt.io/v1
    kind: VirtualMachine
    metadata: {name: VM}
    spec: {runStrategy: Halted}
`,
    },
    findings: ['error schema-unknown-field base/vm.yaml VirtualMachine web'],
  },
  {
    name: 'a base that is taken twice, under two names',
    files: {
      'base/kustomization.yaml': 'resources: [claim.yaml]\n',
      'base/claim.yaml': claim('data'),
      'a/kustomization.yaml': 'resources: [../base]\nnameSuffix: -a\n',
      'b/kustomization.yaml': 'resources: [../base]\nnameSuffix: -b\n',
      'top/kustomization.yaml': 'resources: [../a, ../b, vm.yaml]\n',
      'top/vm.yaml': vm('vm', onClaim('data-b')),
    },
    findings: [],
  },
];
