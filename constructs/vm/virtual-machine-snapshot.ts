import { Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { generated } from '../generated';
import { addObject, checkProps, OBJECT_PROPS, objectName, objectNamespace, ObjectProps } from '../shared/api-object';
import { checkLabel, checkName, isObject, requireObject } from '../shared/checks';
import { inCluster } from '../shared/external';
import { checkKeys, KnownKeys } from '../shared/known-keys';
import { aDuration, checkGiven, keysOf, oneOf, PropChecks } from '../shared/prop-checks';
import { addKind, Faults } from '../shared/refusal';
import { placed } from '../shared/scope';
import { IVirtualMachine, namespaceBeside, requireVm } from './virtual-machine';

/** The API group of VirtualMachineSnapshots, as references to them name it. */
export const SNAPSHOT_GROUP = 'snapshot.kubevirt.io';

/** A VirtualMachineSnapshot, as what uses it finds it. */
export interface IVirtualMachineSnapshot {
  /** Name of the VirtualMachineSnapshot. */
  readonly virtualMachineSnapshotName: string;

  /**
   * Namespace of the VirtualMachineSnapshot.
   *
   * @default - that of what uses it
   */
  readonly namespace?: string;

  /**
   * The VM that it was taken of.
   *
   * @default - not known
   */
  readonly vm?: IVirtualMachine;
}

/** What is known of a VirtualMachineSnapshot that lives outside the app. */
export interface VirtualMachineSnapshotFacts {
  /**
   * Namespace of the VirtualMachineSnapshot.
   *
   * @default - that of what uses it
   */
  readonly namespace?: string;

  /**
   * The VM that it was taken of.
   *
   * @default - not known
   */
  readonly vm?: IVirtualMachine;
}

/** What happens to the content of a snapshot when the VirtualMachineSnapshot is deleted. */
export enum MachineSnapshotDeletionPolicy {
  /** It is deleted too. */
  DELETE = 'Delete',
  /** It stays. */
  RETAIN = 'Retain',
}

/** A snapshot of a VM. */
export interface VirtualMachineSnapshotProps extends ObjectProps {
  /** The VM, of the namespace of the snapshot: a `BootableVM`, or `VirtualMachine.fromName(…)`. */
  readonly vm: IVirtualMachine;

  /**
   * What happens to its content when it is deleted.
   *
   * @default - KubeVirt's own: MachineSnapshotDeletionPolicy.DELETE
   */
  readonly deletionPolicy?: MachineSnapshotDeletionPolicy;

  /**
   * How long it may take before it has failed; without any deadline `Duration.seconds(0)`.
   *
   * @default - KubeVirt's own: 5 minutes
   */
  readonly failureDeadline?: Duration;
}

const FACTS: KnownKeys<VirtualMachineSnapshotFacts> = { namespace: true, vm: true };

const OWN: PropChecks<Pick<VirtualMachineSnapshotProps, 'deletionPolicy' | 'failureDeadline'>> = {
  deletionPolicy: oneOf(MachineSnapshotDeletionPolicy),
  failureDeadline: aDuration(),
};
const PROPS: KnownKeys<VirtualMachineSnapshotProps> = { ...OBJECT_PROPS, ...keysOf(OWN), vm: true };

/**
 * A VirtualMachineSnapshot: the VM as it is, and all its disks at the same moment. Of a VM that runs, the guest agent makes
 * the disks quiet for it. It needs a VolumeSnapshotClass for the disks' driver, and before KubeVirt v1.9 the feature gate
 * `Snapshot`.
 *
 * @see https://kubevirt.io/user-guide/storage/snapshot_restore_api/
 */
export class VirtualMachineSnapshot extends Construct implements IVirtualMachineSnapshot {
  /**
   * A snapshot that is in the cluster already.
   *
   * @throws if the name is not valid for it, or a fact is not what it must be; all faults in one error.
   */
  public static fromName(name: string, facts: VirtualMachineSnapshotFacts = {}): IVirtualMachineSnapshot {
    const faults = new Faults('VirtualMachineSnapshot.fromName');
    checkName(faults, 'name', name);
    requireObject(faults, 'facts', facts, 'namespace');
    checkKeys(faults, 'facts', facts, FACTS);
    if (facts.namespace !== undefined) checkLabel(faults, 'namespace', facts.namespace);
    if (facts.vm !== undefined) requireVm(faults, facts.vm);
    faults.refuse();
    const { namespace } = facts;
    const snapshot = { ...facts, virtualMachineSnapshotName: name };
    return inCluster(snapshot, { kind: 'VirtualMachineSnapshot', name, namespace });
  }

  public readonly virtualMachineSnapshotName: string;
  public readonly namespace?: string;
  public readonly vm: IVirtualMachine;

  /**
   * Takes a snapshot of a VM, once it is applied.
   *
   * @param scope The chart, or a construct in it.
   * @param id Name of the VirtualMachineSnapshot, unless `name` says otherwise.
   * @param props The VM.
   * @throws if the VM is in another namespace, or KubeVirt does not accept a prop; all faults in one error.
   */
  public constructor(scope: Construct, id: string, props: VirtualMachineSnapshotProps) {
    super(...placed(scope, id));
    const faults = new Faults(this.node.path);
    checkProps(faults, id, props, PROPS);
    checkGiven(faults, '', props, OWN);
    requireVm(faults, props.vm);
    this.virtualMachineSnapshotName = objectName(id, props);
    this.namespace = namespaceBeside(faults, scope, props.vm, props.namespace);
    this.vm = props.vm;
    faults.refuse();
    const { deletionPolicy, failureDeadline } = props;
    const named = { ...props, namespace: this.namespace };
    addObject(this, generated.machineSnapshot.VirtualMachineSnapshot, named, {
      spec: { source: vmReference(props.vm), deletionPolicy, failureDeadline: goDuration(failureDeadline) },
    });
  }
}

/** A reference to a VM, as the objects that act on it hold it. */
export function vmReference(vm: IVirtualMachine): { apiGroup: string; kind: string; name: string } {
  return { apiGroup: 'kubevirt.io', kind: 'VirtualMachine', name: vm.name };
}

/** A reference to a snapshot of a VM. */
export function snapshotReference(snapshot: IVirtualMachineSnapshot): { apiGroup: string; kind: string; name: string } {
  return { apiGroup: SNAPSHOT_GROUP, kind: 'VirtualMachineSnapshot', name: snapshot.virtualMachineSnapshotName };
}

/** A duration as Go writes it. */
export function goDuration(duration: Duration | undefined): string | undefined {
  return duration && `${duration.toSeconds()}s`;
}

/**
 * Notes a value that is not a snapshot of a VM, and refuses it at once: all other checks need the snapshot.
 *
 * @throws with the faults so far.
 */
export function requireVmSnapshot(faults: Faults, property: string, snapshot: unknown): void {
  if (isObject(snapshot) && 'virtualMachineSnapshotName' in snapshot) {
    checkName(faults, `${property}.virtualMachineSnapshotName`, snapshot.virtualMachineSnapshotName);
    if (snapshot.namespace !== undefined) checkLabel(faults, `${property}.namespace`, snapshot.namespace);
    return;
  }
  const name = typeof snapshot === 'string' ? JSON.stringify(snapshot) : '…';
  const remedy = `write VirtualMachineSnapshot.fromName(${name})`;
  addKind(faults, property, 'be a snapshot of a VM', snapshot, remedy);
  faults.refuse();
}

/** The namespace of what uses a snapshot: that of the snapshot. */
export function namespaceOfSnapshot(
  faults: Faults,
  scope: Construct,
  snapshot: IVirtualMachineSnapshot,
  asked: string | undefined,
): string | undefined {
  const here = objectNamespace(faults, scope, { namespace: asked ?? snapshot.namespace });
  if (snapshot.namespace === undefined && !Construct.isConstruct(snapshot)) return here;
  if (here !== snapshot.namespace) {
    const must =
      snapshot.namespace === undefined
        ? 'be left out, as the snapshot has no namespace'
        : `be that of the snapshot ('${snapshot.namespace}')`;
    faults.add('namespace', must, here);
  }
  return snapshot.namespace;
}
