/**
 * What KubeVirt's mutating webhook makes of a VirtualMachine's schema: it checks the object against the OpenAPI schema
 * of its Go types, and writes it back from them (KubeVirt v1.6.2: client-go/api/openapi_generated.go,
 * GetOpenAPIDefinitions; pkg/util/openapi/openapi.go, CreateOpenAPIValidator). `[]` stands for the items of a list.
 */
export interface WebhookFacts {
  /**
   * Properties that must be given. Every other `required` of the CRD is a scalar with a default in that schema, and
   * comes back as "", 0 or false when the webhook writes the object.
   */
  readonly required: ReadonlyMap<string, readonly string[]>;
  /** ObjectMeta that the CRD keeps as it is: not pruned, nulls and all. */
  readonly metadata: ReadonlySet<string>;
  /** Integers that Go decodes into an unsigned type. */
  readonly unsigned: ReadonlySet<string>;
}

const REQUIRED: readonly (readonly [string, readonly string[]])[] = [
  ['', ['spec']],
  ['spec', ['template']],
  ['spec.dataVolumeTemplates[]', ['spec']],
  ['T', ['domain']],
  ['T.domain', ['devices']],
  ['T.domain.devices.filesystems[]', ['virtiofs']],
  ['T.volumes[].emptyDisk', ['capacity']],
  ['T.accessCredentials[].{sshPublicKey,userPassword}', ['source', 'propagationMethod']],
  ['T.accessCredentials[].sshPublicKey.propagationMethod.qemuGuestAgent', ['users']],
  ['T.affinity.nodeAffinity.preferredDuringSchedulingIgnoredDuringExecution[]', ['preference']],
  ['T.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution', ['nodeSelectorTerms']],
  ['T.affinity.{podAffinity,podAntiAffinity}.preferredDuringSchedulingIgnoredDuringExecution[]', ['podAffinityTerm']],
  ['T.{livenessProbe,readinessProbe}.{httpGet,tcpSocket}', ['port']],
];

/** kubevirt.io/api/core/v1/schema.go: the fields of type uint, *uint and uint32. */
const UNSIGNED = [
  'T.domain.cpu.{cores,sockets,threads,maxSockets}',
  'T.domain.devices.disks[].bootOrder',
  'T.domain.devices.interfaces[].bootOrder',
  'T.domain.devices.disks[].blockSize.custom.{logical,physical}',
  'T.domain.features.hyperv.spinlocks.spinlocks',
  'T.domain.ioThreads.supplementalPoolThreadCount',
];

/** The facts for a VirtualMachine. */
export const VM_WEBHOOK: WebhookFacts = {
  required: new Map(REQUIRED.flatMap(([pattern, names]) => paths(pattern).map((one) => [one, names] as const))),
  metadata: new Set(['spec.template.metadata', 'spec.dataVolumeTemplates[].metadata']),
  unsigned: new Set(UNSIGNED.flatMap(paths)),
};

/** The facts for a VirtualMachineInstance, whose mutating webhook does the same: vmi-mutator.go, Mutate. */
export const VMI_WEBHOOK: WebhookFacts = {
  required: new Map([['', ['spec']], ...inInstance([...VM_WEBHOOK.required], ([path]) => path)]),
  metadata: new Set(),
  unsigned: new Set(inInstance([...VM_WEBHOOK.unsigned], (path) => path)),
};

/** The facts about the spec of the template, as those of an instance's spec. */
function inInstance<T>(facts: readonly T[], pathOf: (fact: T) => string): T[] {
  const inside = facts.filter((fact) => /^spec\.template\.spec(\.|$)/.test(pathOf(fact)));
  return inside.map((fact) => JSON.parse(JSON.stringify(fact).replace('spec.template.spec', 'spec')) as T);
}

/** `a.{b,c}` stands for `a.b` and `a.c`, `T` for the spec of the template. */
function paths(pattern: string): string[] {
  const [, before, words, after] = /^([^{]*)\{([^}]*)\}(.*)$/.exec(pattern) ?? [];
  if (words === undefined) return [pattern.replace(/^T(?=\.|$)/, 'spec.template.spec')];
  return words.split(',').flatMap((word) => paths(`${before}${word}${after}`));
}
