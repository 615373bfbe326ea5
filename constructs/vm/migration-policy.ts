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
import { KnownKeys } from '../shared/known-keys';
import { checkGiven, keysOf, labels, oneOf, part, PropChecks } from '../shared/prop-checks';
import { Faults } from '../shared/refusal';
import { placed } from '../shared/scope';
import { MIGRATION_SETTINGS, MigrationSettings, renderMigrationSettings } from './migration-settings';
import { STALL_DETECTOR, StallDetector, renderStallDetector } from './stall-detector';

/** How memory is sent; experimental, of KubeVirt v1.9 and newer. */
export enum MigrationCompression {
  /** As it is. */
  NONE = 'none',
  /** Compressed by Zstandard. */
  ZSTD = 'zstd',
}

/** How VMs are migrated, and which. */
export interface MigrationPolicyProps extends ClusterObjectProps, MigrationSettings {
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
   * How memory is sent; experimental, of KubeVirt v1.9 and newer.
   *
   * @default - that of the KubeVirt object
   */
  readonly compression?: MigrationCompression;

  /**
   * How KubeVirt tells that a migration no longer moves on; experimental, of KubeVirt v1.9 and newer, with the feature gate
   * `MigrationStallDetection`.
   *
   * @default - KubeVirt's own
   */
  readonly stallDetector?: StallDetector;
}

const OWN: PropChecks<Omit<MigrationPolicyProps, keyof ClusterObjectProps>> = {
  namespaceSelector: labels,
  virtualMachineInstanceSelector: labels,
  ...MIGRATION_SETTINGS,
  compression: oneOf(MigrationCompression),
  stallDetector: part(STALL_DETECTOR),
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
    super(...placed(scope, id));
    const faults = new Faults(this.node.path);
    checkProps(faults, id, props, PROPS);
    checkGiven(faults, '', props, OWN);
    faults.refuse();
    this.name = objectName(id, props);
    const { namespaceSelector, virtualMachineInstanceSelector } = props;
    const { MigrationPolicy: Resource, MigrationPolicySpecBandwidthPerMigration: Bandwidth } = generated.migrations;
    addClusterObject(this, Resource, props, {
      spec: {
        selectors: {
          namespaceSelector: namespaceSelector && { ...namespaceSelector },
          virtualMachineInstanceSelector: virtualMachineInstanceSelector && { ...virtualMachineInstanceSelector },
        },
        ...renderMigrationSettings(props, Bandwidth),
        experimental: renderExperimental(props),
      },
    });
  }
}

function renderExperimental(props: MigrationPolicyProps): MigrationPolicySpecExperimental | undefined {
  const { compression, stallDetector } = props;
  if (compression === undefined && stallDetector === undefined) return undefined;
  return {
    compression: compression as unknown as MigrationPolicySpecExperimental['compression'],
    stallDetector: stallDetector && renderStallDetector(stallDetector),
  };
}
