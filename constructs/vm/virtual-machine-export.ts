import { Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { generated } from '../generated';
import { addObject, checkProps, OBJECT_PROPS, objectName, objectNamespace, ObjectProps } from '../shared/api-object';
import { KnownKeys } from '../shared/known-keys';
import { aDuration, aName, checkGiven, instanceOf, keysOf, PropChecks, required } from '../shared/prop-checks';
import { Faults } from '../shared/refusal';
import { placed } from '../shared/scope';
import { checkDisk, IDisk } from '../storage/disk';
import { IVirtualMachine, requireVm } from './virtual-machine';
import {
  goDuration,
  IVirtualMachineSnapshot,
  requireVmSnapshot,
  snapshotReference,
  vmReference,
} from './virtual-machine-snapshot';
import { vmSourceMeant } from './vm-source-remedy';

/** A reference to what is exported. */
interface Reference {
  readonly apiGroup: string;
  readonly kind: string;
  readonly name: string;
}

/**
 * What is exported.
 *
 * @see https://kubevirt.io/user-guide/storage/export_api/
 */
export class VmExportSource {
  /**
   * The disks of a VM, which must not run.
   *
   * @throws if it is not a VM.
   */
  public static vm(vm: IVirtualMachine): VmExportSource {
    const faults = new Faults('VmExportSource.vm');
    requireVm(faults, vm);
    faults.refuse();
    return new VmExportSource(vmReference(vm), vm);
  }

  /**
   * The disks of a snapshot of a VM, which may run.
   *
   * @throws if it is not a snapshot of a VM.
   */
  public static snapshot(snapshot: IVirtualMachineSnapshot): VmExportSource {
    const faults = new Faults('VmExportSource.snapshot');
    requireVmSnapshot(faults, 'snapshot', snapshot);
    faults.refuse();
    return new VmExportSource(snapshotReference(snapshot), snapshot);
  }

  /**
   * One disk, which no pod uses.
   *
   * @throws if it is not a disk.
   */
  public static claim(disk: IDisk): VmExportSource {
    const faults = new Faults('VmExportSource.claim');
    checkDisk(faults, 'disk', disk);
    faults.refuse();
    return new VmExportSource({ apiGroup: '', kind: 'PersistentVolumeClaim', name: disk.claimName }, disk);
  }

  private constructor(
    /** @internal */
    public readonly _reference: Reference,
    /** @internal */
    public readonly _from: { readonly namespace?: string },
  ) {}
}

/** Disks that can be fetched from the cluster. */
export interface VirtualMachineExportProps extends ObjectProps {
  /** What is exported, of the namespace of the export. */
  readonly source: VmExportSource;

  /**
   * Name of a Secret of that namespace with the key `token`, which a client has to send.
   *
   * @default - KubeVirt makes one
   */
  readonly tokenSecretName?: string;

  /**
   * How long it stays; it is deleted then.
   *
   * @default - KubeVirt's own: 2 hours
   */
  readonly ttl?: Duration;
}

const OWN: PropChecks<Omit<VirtualMachineExportProps, keyof ObjectProps>> = {
  source: required(instanceOf(VmExportSource, (value) => vmSourceMeant('VmExportSource', value))),
  tokenSecretName: aName,
  ttl: aDuration(1),
};
const PROPS: KnownKeys<VirtualMachineExportProps> = { ...OBJECT_PROPS, ...keysOf(OWN) };

/**
 * A VirtualMachineExport: disks that `virtctl vmexport download` fetches, or a browser with the token. The object is of the
 * version `v1`, of KubeVirt v1.9. Older ones need the feature gate `VMExport` and
 * `overrides: { apiVersion: 'export.kubevirt.io/v1beta1' }`.
 *
 * @see https://kubevirt.io/user-guide/storage/export_api/
 */
export class VirtualMachineExport extends Construct {
  /** Name of the VirtualMachineExport. */
  public readonly name: string;

  /** Namespace of the VirtualMachineExport: that of its source. */
  public readonly namespace?: string;

  /**
   * Exports disks, once it is applied.
   *
   * @param scope The chart, or a construct in it.
   * @param id Name of the VirtualMachineExport, unless `name` says otherwise.
   * @param props What is exported.
   * @throws if the source is in another namespace, or KubeVirt does not accept a prop; all faults in one error.
   */
  public constructor(scope: Construct, id: string, props: VirtualMachineExportProps) {
    super(...placed(scope, id));
    const faults = new Faults(this.node.path);
    checkProps(faults, id, props, PROPS);
    checkGiven(faults, '', props, OWN);
    faults.refuse();
    const { _from: from, _reference: source } = props.source;
    this.name = objectName(id, props);
    this.namespace = objectNamespace(faults, scope, { namespace: props.namespace ?? from.namespace });
    const isKnown = from.namespace !== undefined || Construct.isConstruct(from);
    if (isKnown && from.namespace !== this.namespace) {
      const must = from.namespace === undefined ? 'be left out, as its source has none' : `be '${from.namespace}'`;
      faults.add('namespace', `${must}: an export is beside its source`, this.namespace);
    }
    faults.refuse();
    const spec = { source, tokenSecretRef: props.tokenSecretName, ttlDuration: goDuration(props.ttl) };
    const { VirtualMachineExport: Resource } = generated.export;
    addObject(this, Resource, { ...props, namespace: this.namespace }, { spec });
  }
}
