import { Duration, Size } from 'cdk8s';
import { Construct } from 'constructs';
import type { MigrationPolicySpecExperimental } from '../../imports/migrations.kubevirt.io';
import { generated } from '../generated';
import {
  addClusterObject,
  checkProps,
  CLUSTER_OBJECT_PROPS,
  ClusterObjectProps,
  objectName,
} from '../shared/api-object';
import { isObject } from '../shared/checks';
import { KnownKeys } from '../shared/known-keys';
import {
  aBoolean,
  aDuration,
  aSize,
  checkGiven,
  keysOf,
  labels,
  oneOf,
  PropCheck,
  PropChecks,
} from '../shared/prop-checks';
import { quantity } from '../shared/quantity';
import { addKind, Faults } from '../shared/refusal';

/** How memory is sent; experimental, of KubeVirt v1.9 and newer. */
export enum MigrationCompression {
  /** As it is. */
  NONE = 'none',
  /** Compressed by Zstandard. */
  ZSTD = 'zstd',
}

/** How VMs are migrated, and which. */
export interface MigrationPolicyProps extends ClusterObjectProps {
  /**
   * Labels that the namespaces of the VMs have.
   *
   * @default - any
   */
  readonly namespaceSelector?: { readonly [key: string]: string };

  /**
   * Labels that the running instances have: `templateLabels` of their VMs.
   *
   * @default - any
   */
  readonly virtualMachineInstanceSelector?: { readonly [key: string]: string };

  /**
   * Whether processors of the guest are slowed down where its memory changes faster than it is sent.
   *
   * @default - that of the KubeVirt object
   */
  readonly allowAutoConverge?: boolean;

  /**
   * Whether the guest runs on at its target before all its memory is there; a failure then loses the VM.
   *
   * @default - that of the KubeVirt object
   */
  readonly allowPostCopy?: boolean;

  /**
   * Whether the guest may be paused where the migration does not end otherwise.
   *
   * @default - that of the KubeVirt object
   */
  readonly allowWorkloadDisruption?: boolean;

  /**
   * The most bytes that a migration sends a second.
   *
   * @default - that of the KubeVirt object
   */
  readonly bandwidthPerMigration?: Size;

  /**
   * How long a migration may take for each GiB of memory, in whole seconds; it is given up then, or the guest is paused.
   *
   * @default - that of the KubeVirt object
   */
  readonly completionTimeoutPerGiB?: Duration;

  /**
   * The longest time for which the guest stands still at the end, 1 millisecond to 2000 seconds; of KubeVirt v1.9 and newer.
   *
   * @default - that of the KubeVirt object
   */
  readonly maxDowntime?: Duration;

  /**
   * How memory is sent; experimental, of KubeVirt v1.9 and newer.
   *
   * @default - that of the KubeVirt object
   */
  readonly compression?: MigrationCompression;
}

/** The CRD's minimum and maximum. */
const aDowntime: PropCheck = (faults, property, value) => {
  const isDuration = isObject(value) && typeof value.toMilliseconds === 'function';
  if (!isDuration) addKind(faults, property, 'be a Duration of cdk8s', value, 'write for example Duration.millis(300)');
  else {
    const downtime = value as unknown as Duration;
    const milliseconds = downtime.toMilliseconds({ integral: false });
    if (!Number.isInteger(milliseconds) || milliseconds < 1 || milliseconds > 2_000_000) {
      faults.add(property, 'be 1 millisecond to 2000 seconds', downtime.toHumanString());
    }
  }
};

const OWN: PropChecks<Omit<MigrationPolicyProps, keyof ClusterObjectProps>> = {
  namespaceSelector: labels,
  virtualMachineInstanceSelector: labels,
  allowAutoConverge: aBoolean,
  allowPostCopy: aBoolean,
  allowWorkloadDisruption: aBoolean,
  bandwidthPerMigration: aSize(),
  completionTimeoutPerGiB: aDuration(),
  maxDowntime: aDowntime,
  compression: oneOf(MigrationCompression),
};
const PROPS: KnownKeys<MigrationPolicyProps> = { ...CLUSTER_OBJECT_PROPS, ...keysOf(OWN) };

/**
 * A MigrationPolicy: settings of live migrations for some VMs. Of several that fit a VM the one with the most labels wins.
 *
 * @see https://kubevirt.io/user-guide/cluster_admin/migration_policies/
 */
export class MigrationPolicy extends Construct {
  /** Name of the MigrationPolicy. */
  public readonly name: string;

  /**
   * Settings of live migrations.
   *
   * @param scope The chart, or a construct in it.
   * @param id Name of the MigrationPolicy, unless `name` says otherwise.
   * @param props The settings, and the VMs that they are for.
   * @throws if KubeVirt does not accept a prop; all faults in one error.
   */
  public constructor(scope: Construct, id: string, props: MigrationPolicyProps) {
    super(scope, id);
    const faults = new Faults(this.node.path);
    checkProps(faults, id, props, PROPS);
    checkGiven(faults, '', props, OWN);
    faults.refuse();
    this.name = objectName(id, props);
    const { namespaceSelector, virtualMachineInstanceSelector, bandwidthPerMigration: bandwidth } = props;
    const { MigrationPolicy: Resource, MigrationPolicySpecBandwidthPerMigration: Bandwidth } = generated.migrations;
    addClusterObject(this, Resource, props, {
      spec: {
        selectors: {
          namespaceSelector: namespaceSelector && { ...namespaceSelector },
          virtualMachineInstanceSelector: virtualMachineInstanceSelector && { ...virtualMachineInstanceSelector },
        },
        allowAutoConverge: props.allowAutoConverge,
        allowPostCopy: props.allowPostCopy,
        allowWorkloadDisruption: props.allowWorkloadDisruption,
        bandwidthPerMigration: bandwidth && quantity(Bandwidth, bandwidth),
        completionTimeoutPerGiB: props.completionTimeoutPerGiB?.toSeconds(),
        maxDowntimeMs: props.maxDowntime?.toMilliseconds(),
        experimental:
          props.compression === undefined
            ? undefined
            : ({ compression: props.compression } as unknown as MigrationPolicySpecExperimental),
      },
    });
  }
}
