import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import {
  addClusterObject,
  checkProps,
  CLUSTER_OBJECT_PROPS,
  ClusterObjectProps,
  objectName,
} from '../shared/api-object';
import { checkBoolean, checkOneOf, checkTextList, checkTextMap, isObject, isQualifiedName } from '../shared/checks';
import { KnownKeys } from '../shared/known-keys';
import { aLabelKey, listOf, PropCheck } from '../shared/prop-checks';
import { addKind, Faults } from '../shared/refusal';
import { placed } from '../shared/scope';
import { VolumeBindingMode } from '../storage/claim-modes';
import { IS_DEFAULT, IS_VIRT_DEFAULT } from '../storage/from-manifests';

/**
 * What becomes of a volume when its claim is deleted.
 *
 * @see https://kubernetes.io/docs/concepts/storage/persistent-volumes/#reclaiming
 */
export enum ReclaimPolicy {
  /** It is deleted. */
  DELETE = 'Delete',
  /** It is kept. */
  RETAIN = 'Retain',
}

/** Props of `StorageClass`: a kind of storage. */
export interface StorageClassProps extends ClusterObjectProps {
  /** Name of the CSI driver, such as `csi.trident.netapp.io`. */
  readonly provisioner: string;

  /**
   * Whether claims that name no class get this one.
   *
   * @default false
   */
  readonly isDefault?: boolean;

  /**
   * Whether the disks of VMs that name no class get this one: CDI takes it for them before the default class.
   *
   * @default false
   */
  readonly isVirtDefault?: boolean;

  /**
   * Parameters, as the driver knows them.
   *
   * @default - none
   */
  readonly parameters?: { readonly [name: string]: string };

  /**
   * Whether a claim can grow, as `SecondaryDisk.grow` asks.
   *
   * @default - Kubernetes' own: false
   */
  readonly allowVolumeExpansion?: boolean;

  /**
   * When a claim's volume is made: at once, or with the first pod that uses it.
   *
   * @default - Kubernetes' own: VolumeBindingMode.IMMEDIATE
   */
  readonly volumeBindingMode?: VolumeBindingMode;

  /**
   * What becomes of a volume when its claim is deleted.
   *
   * @default - Kubernetes' own: ReclaimPolicy.DELETE
   */
  readonly reclaimPolicy?: ReclaimPolicy;

  /**
   * Options by which nodes mount its volumes, as the driver knows them: `nfsvers=4.1`.
   *
   * @default - none
   */
  readonly mountOptions?: string[];

  /**
   * Where its volumes may be made, each a list of values by the label of nodes: `[{ 'topology.kubernetes.io/zone': ['a', 'b'] }]`.
   *
   * @default - anywhere
   */
  readonly allowedTopologies?: { readonly [label: string]: string[] }[];
}

const PROPS: KnownKeys<StorageClassProps> = {
  ...CLUSTER_OBJECT_PROPS,
  provisioner: true,
  isDefault: true,
  isVirtDefault: true,
  parameters: true,
  allowVolumeExpansion: true,
  volumeBindingMode: true,
  reclaimPolicy: true,
  mountOptions: true,
  allowedTopologies: true,
};

/**
 * A StorageClass. Once it exists, only two things can change: whether its claims can grow, and whether it is a default.
 *
 * @see https://kubernetes.io/docs/concepts/storage/storage-classes/
 */
export class StorageClass extends Construct {
  /** Name of the StorageClass. */
  public readonly storageClassName: string;

  /** Whether it is the default class of the cluster. */
  public readonly isDefault: boolean;

  /** Whether it is the default class of the disks of VMs. */
  public readonly isVirtDefault: boolean;

  /**
   * A StorageClass.
   *
   * @param scope The chart, or a construct in it.
   * @param id Name of the StorageClass, unless `name` says otherwise.
   * @param props The CSI driver, and what it is told.
   * @throws if Kubernetes does not accept a prop; all faults in one error.
   */
  public constructor(scope: Construct, id: string, props: StorageClassProps) {
    super(...placed(scope, id));
    const faults = new Faults(this.node.path);
    checkProps(faults, id, props, PROPS);
    checkProvisioner(faults, props.provisioner);
    checkBoolean(faults, 'isDefault', props.isDefault);
    checkBoolean(faults, 'isVirtDefault', props.isVirtDefault);
    checkBoolean(faults, 'allowVolumeExpansion', props.allowVolumeExpansion);
    checkOneOf(faults, 'volumeBindingMode', props.volumeBindingMode, VolumeBindingMode);
    checkOneOf(faults, 'reclaimPolicy', props.reclaimPolicy, ReclaimPolicy);
    checkTextMap(faults, 'parameters', props.parameters);
    checkTextList(faults, 'mountOptions', props.mountOptions);
    if (props.allowedTopologies !== undefined) listOf(aTopology)(faults, 'allowedTopologies', props.allowedTopologies);
    faults.refuse();
    this.storageClassName = objectName(id, props);
    this.isDefault = props.isDefault ?? false;
    this.isVirtDefault = props.isVirtDefault ?? false;
    const { provisioner, parameters, allowVolumeExpansion, volumeBindingMode, reclaimPolicy, mountOptions } = props;
    const body = {
      provisioner,
      parameters: parameters && { ...parameters },
      allowVolumeExpansion,
      volumeBindingMode,
      reclaimPolicy,
      mountOptions: mountOptions && [...mountOptions],
      allowedTopologies: props.allowedTopologies?.map(renderTopology),
    };
    addClusterObject(this, k8s.KubeStorageClass, props, body, { annotations: defaultMarks(this) });
  }
}

function defaultMarks({ isDefault, isVirtDefault }: StorageClass): Record<string, string> {
  return { ...(isDefault && { [IS_DEFAULT]: 'true' }), ...(isVirtDefault && { [IS_VIRT_DEFAULT]: 'true' }) };
}

const aTopology: PropCheck = (faults, property, value) => {
  if (!isObject(value)) {
    addKind(faults, property, "be values by the label of nodes: { 'topology.kubernetes.io/zone': ['a'] }", value);
    return;
  }
  for (const [label, values] of Object.entries(value)) {
    aLabelKey(faults, property, label);
    checkTextList(faults, `${property}[${JSON.stringify(label)}]`, values);
  }
};

function renderTopology(topology: { readonly [label: string]: string[] }): k8s.TopologySelectorTerm {
  return {
    matchLabelExpressions: Object.entries(topology).map(([key, values]) => ({ key, values: [...values] })),
  };
}

/** Kubernetes: pkg/apis/storage/validation/validation.go, validateProvisioner. */
function checkProvisioner(faults: Faults, provisioner: unknown): void {
  if (typeof provisioner === 'string' && isQualifiedName(provisioner.toLowerCase())) return;
  faults.add('provisioner', "be the name of a CSI driver, such as 'csi.trident.netapp.io'", provisioner);
}
