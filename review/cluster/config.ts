import { objectAt, textAt, valueAt } from '../manifests/json';
import { ClusterConfig, Json } from '../rule';
import { GateSetting, gatesSwitchedOn, isGateOn, releasesWithout } from './feature-gates';
import { RolloutStrategy } from './rollout-strategy';

/** What the cluster is set to, for a review that finds no KubeVirt object among the manifests. */
export interface ConfigOptions {
  /**
   * Feature gates that the KubeVirt object lists, by their exact names; those of state GA are on without it.
   *
   * @default - those of the KubeVirt object among the manifests; else no gate
   */
  readonly featureGates?: readonly string[];

  /**
   * Architecture of the control plane, and of VMs without one of their own: `amd64`, `arm64` or `s390x`.
   *
   * @default - what the KubeVirt object's status says, else `amd64`
   */
  readonly architecture?: string;

  /**
   * `spec.configuration` of the KubeVirt object, as it stands in its manifest.
   *
   * @default - that of the KubeVirt object among the manifests; else empty
   */
  readonly configuration?: Json;

  /**
   * `vmRolloutStrategy` of the KubeVirt object.
   *
   * @default - that of the KubeVirt object, else LiveUpdate
   */
  readonly rolloutStrategy?: RolloutStrategy;
}

/** Whether a gate is on in the release of the cluster; where nothing names that, in every release that is held. */
export function gateIsOn(config: ClusterConfig, gate: string): boolean {
  if (config.releaseAssumed === true) return config.anyGate === true || gateGap(config, gate) === undefined;
  return gateMayBeOn(config, gate);
}

/** Whether a gate is on in the release that the cluster is taken to have. */
export function gateMayBeOn(config: ClusterConfig, gate: string): boolean {
  return config.anyGate === true || isGateOn(gate, settingOf(config), config.release);
}

/** The releases in which a gate is off; undefined if there are none. */
export function gateGap(config: ClusterConfig, gate: string): string | undefined {
  return releasesWithout(gate, settingOf(config));
}

function settingOf({ featureGates, configuration }: ClusterConfig): GateSetting {
  const disabled = valueAt(configuration, 'developerConfiguration', 'disabledFeatureGates');
  return { listed: featureGates, disabled: Array.isArray(disabled) ? disabled : [] };
}

/** Gates that come on by themselves with another release. */
export function gatesOnWith(config: ClusterConfig, from: string, to: string): string[] {
  return config.anyGate === true ? [] : gatesSwitchedOn(from, to, settingOf(config));
}

/**
 * The cluster's configuration: what the options say, else the KubeVirt object among the manifests, else the
 * defaults of the release (KubeVirt v1.6.2, pkg/virt-config/virt-config.go).
 */
export function clusterConfig(options: ConfigOptions = {}, kubevirt?: Json): ClusterConfig {
  const stated = options.configuration ?? objectAt(kubevirt, 'spec', 'configuration') ?? {};
  const { rolloutStrategy } = options;
  const configuration = rolloutStrategy === undefined ? stated : { ...stated, vmRolloutStrategy: rolloutStrategy };
  const listed = options.featureGates ?? valueAt(configuration, 'developerConfiguration', 'featureGates');
  const gates = Array.isArray(listed) ? listed.filter((gate): gate is string => typeof gate === 'string') : [];
  const architecture = options.architecture ?? textAt(kubevirt, 'status', 'defaultArchitecture');
  return {
    featureGates: new Set(gates),
    architecture: architecture || 'amd64',
    architectureAssumed: architecture === '',
    configuration,
    assumed: kubevirt === undefined && options.featureGates === undefined && options.configuration === undefined,
  };
}
