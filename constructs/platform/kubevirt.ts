import { Construct } from 'constructs';
import type { KubeVirtSpec } from '../../imports/kubevirt.io';
import { generated } from '../generated';
import { addObject, checkChartNamespace, checkProps, OBJECT_PROPS, ObjectProps } from '../shared/api-object';
import { checkBoolean, checkTextList } from '../shared/checks';
import { KnownKeys } from '../shared/known-keys';
import { checkGiven, keysOf, part, PropChecks, texts } from '../shared/prop-checks';
import { Faults } from '../shared/refusal';
import { placed } from '../shared/scope';
import { CLUSTER_MACHINES, ClusterMachines, renderMachines } from './cluster-machines';
import { CLUSTER_MIGRATIONS, ClusterMigrations, renderClusterMigrations } from './cluster-migrations';
import { checkPods, KUBEVIRT_PODS, KubeVirtPods } from './kubevirt-pods';
import { renderVerbosity } from './log-verbosity';
import { renderPlacement } from './node-placement';
import { PERMITTED_DEVICES, PermittedHostDevices, renderPermitted } from './permitted-devices';
import { renderWorkloadUpdates, WORKLOAD_UPDATES, WorkloadUpdates } from './workload-updates';

/** The gate of the imperative hotplug, and the one that serves both kinds. */
const HOTPLUG = 'HotplugVolumes';
const DECLARATIVE_HOTPLUG = 'DeclarativeHotplugVolumes';

/** Props of `KubeVirt`: its settings. What is left out is as the release has it. */
export interface KubeVirtProps extends ObjectProps, ClusterMachines, KubeVirtPods {
  /**
   * Whether the processor is emulated where the nodes have no virtualization: for labs, slow.
   *
   * @default false
   */
  readonly useEmulation?: boolean;

  // What is generally available is on: pkg/virt-config/feature-gates.go, isFeatureGateEnabled (v1.6.2).
  /**
   * Feature gates, by their exact names. The list is the whole list: a gate that is not in it is off, unless the
   * release has the feature for generally available, and on by itself.
   *
   * @default - only those
   * @see https://kubevirt.io/user-guide/cluster_admin/activating_and_deactivating_feature_gates/
   */
  readonly featureGates?: string[];

  /**
   * How VMs are migrated, and how many at once.
   *
   * @default - KubeVirt's own
   */
  readonly migrations?: ClusterMigrations;

  /**
   * Feature gates that are off, though the release has them on by itself; from v1.9.0 on.
   *
   * @default - none
   */
  readonly disabledFeatureGates?: string[];

  /**
   * How running VMs come to the programs of a new release.
   *
   * @default - not at all
   */
  readonly workloadUpdates?: WorkloadUpdates;

  /**
   * Devices of the nodes that VMs may have for themselves.
   *
   * @default - none
   */
  readonly permittedHostDevices?: PermittedHostDevices;
}

const SETTINGS: PropChecks<
  Omit<KubeVirtProps, keyof ObjectProps | keyof KubeVirtPods | 'useEmulation' | 'featureGates'>
> = {
  ...CLUSTER_MACHINES,
  migrations: part(CLUSTER_MIGRATIONS),
  disabledFeatureGates: texts,
  workloadUpdates: part(WORKLOAD_UPDATES),
  permittedHostDevices: part(PERMITTED_DEVICES),
};

const PROPS: KnownKeys<KubeVirtProps> = {
  ...OBJECT_PROPS,
  useEmulation: true,
  featureGates: true,
  ...keysOf(SETTINGS),
  ...KUBEVIRT_PODS,
};

/**
 * The KubeVirt object: the operator installs KubeVirt by it. A cluster has one.
 *
 * @see https://kubevirt.io/user-guide/cluster_admin/installation/
 */
export class KubeVirt extends Construct {
  /**
   * The KubeVirt object of a cluster.
   *
   * @param scope The chart, or a construct in it.
   * @param id Name of the KubeVirt, unless `name` says otherwise.
   * @param props The settings.
   * @throws if a gate stands twice, two gates switch each other off, or KubeVirt does not accept a setting.
   */
  public constructor(scope: Construct, id: string, props: KubeVirtProps = {}) {
    super(...placed(scope, id));
    const faults = new Faults(this.node.path);
    checkProps(faults, id, props, PROPS);
    checkChartNamespace(faults, scope, props);
    checkBoolean(faults, 'useEmulation', props.useEmulation);
    checkGates(faults, props.featureGates);
    checkGiven(faults, '', props, SETTINGS);
    checkPods(faults, props);
    faults.refuse();
    addObject(this, generated.kubevirt.KubeVirt, props, { spec: renderSpec(props) });
  }
}

function renderSpec(props: KubeVirtProps): KubeVirtSpec {
  const { useEmulation, featureGates, disabledFeatureGates, migrations, logVerbosity, permittedHostDevices } = props;
  const { infrastructure, infrastructureReplicas: replicas, workloads, workloadUpdates } = props;
  const hasInfrastructure = infrastructure !== undefined || replicas !== undefined;
  return {
    imagePullPolicy: props.imagePullPolicy,
    infra: hasInfrastructure ? { nodePlacement: renderPlacement(infrastructure), replicas } : undefined,
    workloads: workloads && { nodePlacement: renderPlacement(workloads) },
    workloadUpdateStrategy: workloadUpdates && renderWorkloadUpdates(workloadUpdates),
    configuration: {
      ...renderMachines(props),
      developerConfiguration: {
        useEmulation,
        featureGates: featureGates && [...featureGates],
        disabledFeatureGates: disabledFeatureGates && [...disabledFeatureGates],
        logVerbosity: logVerbosity && renderVerbosity(logVerbosity),
      },
      migrations: migrations && renderClusterMigrations(migrations),
      permittedHostDevices: permittedHostDevices && renderPermitted(permittedHostDevices),
    },
  };
}

/** KubeVirt v1.6.2: pkg/virt-controller/watch/vm/vm.go, handleDeclarativeVolumeHotplug, looks that the first gate is off. */
function checkGates(faults: Faults, gates: unknown): void {
  checkTextList(faults, 'featureGates', gates);
  if (Array.isArray(gates) && gates.includes(HOTPLUG) && gates.includes(DECLARATIVE_HOTPLUG)) {
    const remedy = `'${DECLARATIVE_HOTPLUG}' alone serves virtctl addvolume too`;
    faults.add('featureGates', `not hold '${HOTPLUG}', which switches '${DECLARATIVE_HOTPLUG}' off`, gates, remedy);
  }
}
