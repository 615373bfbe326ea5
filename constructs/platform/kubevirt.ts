import { Construct } from 'constructs';
import { generated } from '../generated';
import { addObject, checkChartNamespace, checkProps, OBJECT_PROPS, ObjectProps } from '../shared/api-object';
import { checkBoolean, checkTextList } from '../shared/checks';
import { KnownKeys } from '../shared/known-keys';
import { part } from '../shared/prop-checks';
import { Faults } from '../shared/refusal';
import { placed } from '../shared/scope';
import { CLUSTER_MIGRATIONS, ClusterMigrations, renderClusterMigrations } from './cluster-migrations';

/** The gate of the imperative hotplug, and the one that serves both kinds. */
const HOTPLUG = 'HotplugVolumes';
const DECLARATIVE_HOTPLUG = 'DeclarativeHotplugVolumes';

/** Props of `KubeVirt`: its settings. What is left out is as the release has it. */
export interface KubeVirtProps extends ObjectProps {
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
}

const PROPS: KnownKeys<KubeVirtProps> = {
  ...OBJECT_PROPS,
  useEmulation: true,
  featureGates: true,
  migrations: true,
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
    if (props.migrations !== undefined) part(CLUSTER_MIGRATIONS)(faults, 'migrations', props.migrations);
    faults.refuse();
    const { useEmulation, featureGates, migrations } = props;
    addObject(this, generated.kubevirt.KubeVirt, props, {
      spec: {
        configuration: {
          developerConfiguration: { useEmulation, featureGates: featureGates && [...featureGates] },
          migrations: migrations && renderClusterMigrations(migrations),
        },
      },
    });
  }
}

/** KubeVirt v1.6.2: pkg/virt-controller/watch/vm/vm.go, handleDeclarativeVolumeHotplug, looks that the first gate is off. */
function checkGates(faults: Faults, gates: unknown): void {
  checkTextList(faults, 'featureGates', gates);
  if (Array.isArray(gates) && gates.includes(HOTPLUG) && gates.includes(DECLARATIVE_HOTPLUG)) {
    const remedy = `'${DECLARATIVE_HOTPLUG}' alone serves virtctl addvolume too`;
    faults.add('featureGates', `not hold '${HOTPLUG}', which switches '${DECLARATIVE_HOTPLUG}' off`, gates, remedy);
  }
}
