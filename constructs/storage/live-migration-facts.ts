import { AccessMode } from './claim-modes';

/** The claim behind a volume. */
export interface ClaimFacts {
  /** Name of the claim. */
  readonly name: string;

  /**
   * Its access modes.
   *
   * @default - not known
   */
  readonly accessModes?: readonly AccessMode[];

  /**
   * Why they are not known.
   *
   * @default - no reason is given
   */
  readonly why?: string;

  /**
   * Why ReadWriteMany of it does not let it be used on two nodes.
   *
   * @default - the claim is what it says
   */
  readonly doubt?: { readonly reason: string; readonly isCertain: boolean };

  /**
   * How many machines of one set use the same claim.
   *
   * @default 1
   */
  readonly users?: number;
}

/** What decides whether a volume moves with its VM; most kinds of volumes always do. */
export interface VolumeFacts {
  /** Name of the volume. */
  readonly name: string;

  /**
   * The claim behind it: of `persistentVolumeClaim` and `dataVolume`, not of `ephemeral`.
   *
   * @default - none
   */
  readonly claim?: ClaimFacts;

  /**
   * The file of a node that it is.
   *
   * @default - none
   */
  readonly hostDisk?: { readonly shared: boolean };
}

/** How a VM is connected to the network of its pod. */
export interface PodInterfaceFacts {
  /** `masquerade`, `bridge` or another word of KubeVirt's interfaces. */
  readonly binding: string;

  /**
   * The binding plugin, where `binding` is `binding`.
   *
   * @default - none
   */
  readonly plugin?: string;

  /** Whether the VM names no network, and gets this one. */
  readonly isDefault: boolean;

  /** Where it stands, below the VMI's `spec`. */
  readonly field: string;
}

/** A part of the VM that is not in the manifests. */
export interface UnknownPart {
  /** What it may break. */
  readonly rule: 'LM-01' | 'LM-03';
  /** Where it is named, below the VMI's `spec`. */
  readonly field: string;
  /** What is not known. */
  readonly message: string;
}

/** What decides of a VM's networks. */
export interface NetworkFacts {
  /**
   * How it is connected to the network of its pod.
   *
   * @default - not at all
   */
  readonly podInterface?: PodInterfaceFacts;

  /**
   * Whether the template is annotated `kubevirt.io/allow-pod-bridge-network-live-migration`.
   *
   * @default false
   */
  readonly allowsPodBridge?: boolean;

  /**
   * Of each binding plugin whether it has a migration method: `spec.configuration.network.binding` of the KubeVirt object.
   *
   * @default - not known
   */
  readonly bindingPlugins?: ReadonlyMap<string, boolean>;
}

/** What decides of Hyper-V's enlightenments. */
export interface HyperVFacts {
  /**
   * Whether `hyperv.reenlightenment` is on, and the CPU feature `invtsc` is not asked for.
   *
   * @default false
   */
  readonly reenlightens?: boolean;

  /**
   * `spec.configuration.developerConfiguration.minimumClusterTSCFrequency` of the KubeVirt object, in Hz.
   *
   * @default - not said: the nodes decide
   */
  readonly minimumTscFrequency?: number;

  /**
   * Whether `hypervPassthrough` is on.
   *
   * @default false
   */
  readonly passesHyperVThrough?: boolean;
}

/** Everything in a VM's manifest, and behind it, that decides whether it can be live-migrated. */
export interface GuestFacts extends NetworkFacts, HyperVFacts {
  /** The volumes, in the order of the manifest. */
  readonly volumes: readonly VolumeFacts[];

  /**
   * Names of the `hostDevices`.
   *
   * @default - none
   */
  readonly hostDevices?: readonly string[];

  /**
   * Names of the `gpus`.
   *
   * @default - none
   */
  readonly gpus?: readonly string[];

  /**
   * What `launchSecurity` asks for: `sev`, or another word.
   *
   * @default - the memory is not encrypted
   */
  readonly encryptedMemory?: string;

  /**
   * The machine's architecture.
   *
   * @default - any but s390x
   */
  readonly architecture?: string;

  /**
   * The LUNs with `reservation`, and where they stand.
   *
   * @default - none
   */
  readonly reservedLuns?: readonly { readonly name: string; readonly field: string }[];

  /**
   * Parts that may decide and are not in the manifests: an instancetype, a preference.
   *
   * @default - none
   */
  readonly notKnown?: readonly UnknownPart[];
}
