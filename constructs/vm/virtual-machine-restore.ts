import { JsonPatch } from 'cdk8s';
import { Construct } from 'constructs';
import type { VirtualMachineRestoreSpec } from '../../imports/snapshot.kubevirt.io';
import { generated } from '../generated';
import { addObject, checkProps, OBJECT_PROPS, objectName, ObjectProps } from '../shared/api-object';
import { checkAnnotations } from '../shared/checks';
import { KnownKeys } from '../shared/known-keys';
import {
  aLabel,
  aName,
  checkGiven,
  keysOf,
  labels,
  listOf,
  oneOf,
  part,
  PropCheck,
  PropChecks,
  required,
} from '../shared/prop-checks';
import { Faults } from '../shared/refusal';
import { placed } from '../shared/scope';
import { aRestorePatch, renderPatches } from './machine-patch';
import { IVirtualMachine, requireVm } from './virtual-machine';
import {
  IVirtualMachineSnapshot,
  namespaceOfSnapshot,
  requireVmSnapshot,
  vmReference,
} from './virtual-machine-snapshot';

/** What happens where the VM runs, which cannot be restored then. */
export enum TargetReadinessPolicy {
  /** It is stopped. */
  STOP_TARGET = 'StopTarget',
  /** The restore waits 5 minutes for it to stop, and then fails. */
  WAIT_GRACE_PERIOD = 'WaitGracePeriod',
  /** The restore fails at once. */
  FAIL_IMMEDIATE = 'FailImmediate',
  /** The restore waits until it has stopped. */
  WAIT_EVENTUALLY = 'WaitEventually',
}

/** How the restored claims are named. */
export enum VolumeRestorePolicy {
  /** By random names. */
  RANDOMIZE_NAMES = 'RandomizeNames',
  /** As the claims of the VM, which they replace. */
  IN_PLACE = 'InPlace',
  /** By the name of the VM and that of the volume; of KubeVirt v1.8 and newer. */
  PREFIX_TARGET_NAME = 'PrefixTargetName',
}

/** Who owns the restored claims; of KubeVirt v1.7 and newer. */
export enum VolumeOwnershipPolicy {
  /** The VM: they are deleted with it. */
  VM = 'Vm',
  /** Nobody: they stay. */
  NONE = 'None',
}

/** What the claim of a restored volume is called. */
export interface VolumeRestoreOverride {
  /** Name of the volume in the VM. */
  readonly volumeName: string;

  /**
   * Name of the restored claim.
   *
   * @default - follows from `volumeRestorePolicy`
   */
  readonly restoreName?: string;

  /**
   * Labels of the restored claim.
   *
   * @default - those of the snapshot
   */
  readonly labels?: { readonly [key: string]: string };

  /**
   * Annotations of the restored claim.
   *
   * @default - those of the snapshot
   */
  readonly annotations?: { readonly [key: string]: string };
}

/** A VM that is put back to a snapshot, or made from it. */
export interface VirtualMachineRestoreProps extends ObjectProps {
  /** The snapshot, of the namespace of the restore. */
  readonly snapshot: IVirtualMachineSnapshot;

  /**
   * The VM: the one that the snapshot was taken of, or one that is not there yet and is then made.
   *
   * @default - the VM of the snapshot, which must then be known
   */
  readonly vm?: IVirtualMachine;

  /**
   * What happens where the VM runs.
   *
   * @default - KubeVirt's own: TargetReadinessPolicy.WAIT_GRACE_PERIOD
   */
  readonly targetReadinessPolicy?: TargetReadinessPolicy;

  /**
   * How the restored claims are named.
   *
   * @default - KubeVirt's own: VolumeRestorePolicy.RANDOMIZE_NAMES
   */
  readonly volumeRestorePolicy?: VolumeRestorePolicy;

  /**
   * Who owns the restored claims.
   *
   * @default - KubeVirt's own: VolumeOwnershipPolicy.VM
   */
  readonly volumeOwnershipPolicy?: VolumeOwnershipPolicy;

  /**
   * Names, labels and annotations of restored claims, by the names of their volumes.
   *
   * @default - follows from `volumeRestorePolicy`
   */
  readonly volumeRestoreOverrides?: VolumeRestoreOverride[];

  /**
   * What is changed of a VM that is made: below `/spec/`, `/metadata/labels/` and `/metadata/annotations/`, one value each.
   *
   * @default - nothing
   */
  readonly patches?: JsonPatch[];
}

/** KubeVirt v1.9.0: pkg/storage/admitters/vmrestore.go, validateVolumeOverrides. */
const anOverride: PropCheck = (faults, property, override) => {
  part<VolumeRestoreOverride>({
    volumeName: required(aLabel),
    restoreName: aName,
    labels,
    annotations: checkAnnotations,
  })(faults, property, override);
  const { restoreName, labels: given, annotations } = (override ?? {}) as Partial<VolumeRestoreOverride>;
  if ([restoreName, given, annotations].every((value) => value === undefined)) {
    faults.note(`'${property}' must have 'restoreName', 'labels' or 'annotations'`);
  }
};

const OWN: PropChecks<Omit<VirtualMachineRestoreProps, keyof ObjectProps | 'snapshot' | 'vm'>> = {
  targetReadinessPolicy: oneOf(TargetReadinessPolicy),
  volumeRestorePolicy: oneOf(VolumeRestorePolicy),
  volumeOwnershipPolicy: oneOf(VolumeOwnershipPolicy),
  volumeRestoreOverrides: listOf(anOverride),
  patches: listOf(aRestorePatch),
};
const PROPS: KnownKeys<VirtualMachineRestoreProps> = { ...OBJECT_PROPS, ...keysOf(OWN), snapshot: true, vm: true };

/**
 * A VirtualMachineRestore: a VM and its disks are put back to a snapshot, or a new VM is made of it. Before KubeVirt v1.9 it needs the
 * feature gate `Snapshot`.
 *
 * @see https://kubevirt.io/user-guide/storage/snapshot_restore_api/#restoring-a-virtualmachine
 */
export class VirtualMachineRestore extends Construct {
  /** Name of the VirtualMachineRestore. */
  public readonly name: string;

  /** Namespace of the VirtualMachineRestore: that of the snapshot. */
  public readonly namespace?: string;

  /** The VM that is restored. */
  public readonly vm: IVirtualMachine;

  /**
   * Restores a VM, once it is applied.
   *
   * @param scope The chart, or a construct in it.
   * @param id Name of the VirtualMachineRestore, unless `name` says otherwise.
   * @param props The snapshot.
   * @throws if the VM or the snapshot is in another namespace, or KubeVirt does not accept a prop; all faults in one error.
   */
  public constructor(scope: Construct, id: string, props: VirtualMachineRestoreProps) {
    super(...placed(scope, id));
    const faults = new Faults(this.node.path);
    checkProps(faults, id, props, PROPS);
    checkGiven(faults, '', props, OWN);
    requireVmSnapshot(faults, 'snapshot', props.snapshot);
    this.vm = (props.vm === undefined ? props.snapshot.vm : props.vm) as IVirtualMachine;
    requireVm(faults, this.vm);
    this.name = objectName(id, props);
    this.namespace = namespaceOfSnapshot(faults, scope, props.snapshot, props.namespace);
    const { namespace } = this.vm;
    if (namespace !== undefined && namespace !== this.namespace) {
      faults.add('vm', "be in the snapshot's namespace", `${namespace}/${this.vm.name}`);
    }
    faults.refuse();
    const named = { ...props, namespace: this.namespace };
    const { VirtualMachineRestore: Resource } = generated.machineSnapshot;
    const spec: VirtualMachineRestoreSpec = {
      target: vmReference(this.vm),
      virtualMachineSnapshotName: props.snapshot.virtualMachineSnapshotName,
      targetReadinessPolicy:
        props.targetReadinessPolicy as unknown as VirtualMachineRestoreSpec['targetReadinessPolicy'],
      volumeRestorePolicy: props.volumeRestorePolicy,
      volumeOwnershipPolicy: props.volumeOwnershipPolicy,
      volumeRestoreOverrides: props.volumeRestoreOverrides?.map((override) => ({ ...override })),
      patches: renderPatches(props.patches),
    };
    addObject(this, Resource, named, { spec });
  }
}
