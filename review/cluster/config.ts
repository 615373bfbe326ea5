import { objectAt, textAt, valueAt } from '../manifests/json';
import { ClusterConfig, Json } from '../rule';
import { ALWAYS_ON } from './feature-gates';

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
}

/** Whether a gate is on: listed, or on for good in this release. Beta is off until listed. What may be on, is. */
export function gateIsOn(config: ClusterConfig, gate: string): boolean {
  return config.anyGate === true || config.featureGates.has(gate) || ALWAYS_ON.has(gate);
}

/**
 * The cluster's configuration: what the options say, else the KubeVirt object among the manifests, else the
 * defaults of the release (KubeVirt v1.6.2, pkg/virt-config/virt-config.go).
 */
export function clusterConfig(options: ConfigOptions = {}, kubevirt?: Json): ClusterConfig {
  const configuration = options.configuration ?? objectAt(kubevirt, 'spec', 'configuration') ?? {};
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
