import { JsonPatch } from 'cdk8s';
import { Construct } from 'constructs';
import type { VirtualMachineCloneSpec } from '../../imports/clone.kubevirt.io';
import { generated } from '../generated';
import { addObject, checkProps, OBJECT_PROPS, objectName, ObjectProps } from '../shared/api-object';
import { isObject } from '../shared/checks';
import { KnownKeys } from '../shared/known-keys';
import {
  aName,
  aText,
  checkGiven,
  instanceOf,
  keysOf,
  listOf,
  oneOf,
  PropCheck,
  PropChecks,
  required,
} from '../shared/prop-checks';
import { addKind, Faults } from '../shared/refusal';
import { placed } from '../shared/scope';
import { checkMacAddress } from './mac-address';
import { aPatch, renderPatches } from './machine-patch';
import { IVirtualMachine, namespaceBeside, requireVm } from './virtual-machine';
import {
  IVirtualMachineSnapshot,
  namespaceOfSnapshot,
  requireVmSnapshot,
  snapshotReference,
  vmReference,
} from './virtual-machine-snapshot';
import { vmSourceMeant } from './vm-source-remedy';

/** How the claims of a clone are named; of KubeVirt v1.8 and newer. */
export enum CloneVolumeNamePolicy {
  /** By random names. */
  RANDOMIZE_NAMES = 'RandomizeNames',
  /** By the name of the clone and that of the volume. */
  PREFIX_TARGET_NAME = 'PrefixTargetName',
}

/**
 * What a VM is cloned of.
 *
 * @see https://kubevirt.io/user-guide/storage/clone_api/
 */
export class VmCloneSource {
  /**
   * A VM; a snapshot of it is taken for the clone.
   *
   * @throws if it is not a VM.
   */
  public static vm(vm: IVirtualMachine): VmCloneSource {
    const faults = new Faults('VmCloneSource.vm');
    requireVm(faults, vm);
    faults.refuse();
    return new VmCloneSource(vm, undefined);
  }

  /**
   * A snapshot of a VM.
   *
   * @throws if it is not a snapshot of a VM.
   */
  public static snapshot(snapshot: IVirtualMachineSnapshot): VmCloneSource {
    const faults = new Faults('VmCloneSource.snapshot');
    requireVmSnapshot(faults, 'snapshot', snapshot);
    faults.refuse();
    return new VmCloneSource(undefined, snapshot);
  }

  private constructor(
    /** @internal */
    public readonly _vm: IVirtualMachine | undefined,
    /** @internal */
    public readonly _snapshot: IVirtualMachineSnapshot | undefined,
  ) {}
}

/** A VM that is made like another one. */
export interface VirtualMachineCloneProps extends ObjectProps {
  /** What it is cloned of, of the namespace of the clone. */
  readonly source: VmCloneSource;

  /**
   * Name of the VM that is made.
   *
   * @default - KubeVirt makes one up
   */
  readonly targetName?: string;

  /**
   * Which labels of the VM the clone has: keys, where `*` stands for any end, and `!` before a key leaves it out. The last that
   * fits decides.
   *
   * @default - all
   */
  readonly labelFilters?: string[];

  /**
   * Which annotations of the VM the clone has, as `labelFilters`.
   *
   * @default - all
   */
  readonly annotationFilters?: string[];

  /**
   * Which labels of the running instance the clone has, as `labelFilters`.
   *
   * @default - all
   */
  readonly templateLabelFilters?: string[];

  /**
   * Which annotations of the running instance the clone has, as `labelFilters`.
   *
   * @default - all
   */
  readonly templateAnnotationFilters?: string[];

  /**
   * Hardware addresses by the names of the networks.
   *
   * @default - new ones are made
   */
  readonly newMacAddresses?: { readonly [network: string]: string };

  /**
   * Serial number that the guest sees.
   *
   * @default - a new one is made
   */
  readonly newSmbiosSerial?: string;

  /**
   * What is changed of the clone.
   *
   * @default - nothing
   */
  readonly patches?: JsonPatch[];

  /**
   * How its claims are named.
   *
   * @default - KubeVirt's own: CloneVolumeNamePolicy.RANDOMIZE_NAMES
   */
  readonly volumeNamePolicy?: CloneVolumeNamePolicy;
}

/** KubeVirt v1.9.0: vmclone-admitter.go, validateFilters. */
const aFilter: PropCheck = (faults, property, filter) => {
  if (typeof filter === 'string' && /^!?[^!*]*\*?$/.test(filter) && filter !== '' && filter !== '!') return;
  faults.add(property, "be a key, with '!' at its start and '*' at its end at the most", filter);
};

const macAddresses: PropCheck = (faults, property, addresses) => {
  if (!isObject(addresses)) {
    addKind(faults, property, 'be an object of networks and addresses', addresses);
    return;
  }
  for (const [network, address] of Object.entries(addresses)) {
    if (network === '') faults.add(property, 'name the network of each address', addresses);
    checkMacAddress(faults, `${property}[${JSON.stringify(network)}]`, address);
  }
};

const OWN: PropChecks<Omit<VirtualMachineCloneProps, keyof ObjectProps>> = {
  source: required(instanceOf(VmCloneSource, (value) => vmSourceMeant('VmCloneSource', value))),
  targetName: aName,
  labelFilters: listOf(aFilter),
  annotationFilters: listOf(aFilter),
  templateLabelFilters: listOf(aFilter),
  templateAnnotationFilters: listOf(aFilter),
  newMacAddresses: macAddresses,
  newSmbiosSerial: aText,
  patches: listOf(aPatch),
  volumeNamePolicy: oneOf(CloneVolumeNamePolicy),
};
const PROPS: KnownKeys<VirtualMachineCloneProps> = { ...OBJECT_PROPS, ...keysOf(OWN) };

/**
 * A VirtualMachineClone: a VM is made like another one, with copies of its disks. They must be of a storage class whose driver
 * takes snapshots; before KubeVirt v1.9 it needs the feature gate `Snapshot`.
 *
 * @see https://kubevirt.io/user-guide/storage/clone_api/
 */
export class VirtualMachineClone extends Construct {
  /** Name of the VirtualMachineClone. */
  public readonly name: string;

  /** Namespace of the VirtualMachineClone: that of its source. */
  public readonly namespace?: string;

  /** The VM that is made, where its name is known. */
  public readonly vm?: IVirtualMachine;

  /**
   * Clones a VM, once it is applied.
   *
   * @param scope The chart, or a construct in it.
   * @param id Name of the VirtualMachineClone, unless `name` says otherwise.
   * @param props What it is cloned of.
   * @throws if the source is in another namespace, or KubeVirt does not accept a prop; all faults in one error.
   */
  public constructor(scope: Construct, id: string, props: VirtualMachineCloneProps) {
    super(...placed(scope, id));
    const faults = new Faults(this.node.path);
    checkProps(faults, id, props, PROPS);
    checkGiven(faults, '', props, OWN);
    faults.refuse();
    const { source, targetName } = props;
    this.name = objectName(id, props);
    this.namespace = namespaceOf(faults, scope, props);
    if (targetName !== undefined && targetName === source._vm?.name) {
      faults.add('targetName', 'differ from the name of the source', targetName);
    }
    faults.refuse();
    if (targetName !== undefined) this.vm = { name: targetName, namespace: this.namespace };
    const { VirtualMachineClone: Resource } = generated.clone;
    addObject(this, Resource, { ...props, namespace: this.namespace }, { spec: renderSpec(props) });
  }
}

function namespaceOf(faults: Faults, scope: Construct, props: VirtualMachineCloneProps): string | undefined {
  const { _vm: vm, _snapshot: snapshot } = props.source;
  if (vm !== undefined) return namespaceBeside(faults, scope, vm, props.namespace);
  return snapshot && namespaceOfSnapshot(faults, scope, snapshot, props.namespace);
}

function renderSpec(props: VirtualMachineCloneProps): VirtualMachineCloneSpec {
  const { source, targetName, templateLabelFilters, templateAnnotationFilters, newMacAddresses } = props;
  const template = { labelFilters: templateLabelFilters, annotationFilters: templateAnnotationFilters };
  return {
    source: source._vm === undefined ? snapshotReference(source._snapshot!) : vmReference(source._vm),
    target: targetName === undefined ? undefined : vmReference({ name: targetName }),
    labelFilters: props.labelFilters && [...props.labelFilters],
    annotationFilters: props.annotationFilters && [...props.annotationFilters],
    template: Object.values(template).every((filters) => filters === undefined) ? undefined : template,
    newMacAddresses: newMacAddresses && { ...newMacAddresses },
    newSmBiosSerial: props.newSmbiosSerial,
    patches: renderPatches(props.patches),
    volumeNamePolicy: props.volumeNamePolicy as unknown as VirtualMachineCloneSpec['volumeNamePolicy'],
  };
}
