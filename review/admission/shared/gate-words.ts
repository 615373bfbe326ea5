import { gateGap, gateMayBeOn } from '../../cluster/config';
import { isAtLeast } from '../../cluster/release-order';
import { objectAt, textsIn } from '../../manifests/json';
import { ClusterConfig } from '../../rule';
import { listGate, NOT_LISTED } from './wording';

/** Asked for in the list even where it is GA: KubeVirt v1.9.0, pkg/virt-config/virt-config.go, PersistentReservationEnabled. */
const LISTED_WHEN_GA: ReadonlySet<string> = new Set(['PersistentReservation']);

/** What is said of a gate that is off. */
export interface GateWords {
  readonly message: string;
  readonly remedy?: string;
  /** Whether it is off in the cluster; else it is off by default, or in some releases. */
  readonly isCertain: boolean;
}

/**
 * What is said of a gate that is off follows from what is known of the cluster: who lists its gates, and which release it
 * has. Undefined for a message about something else.
 */
export function gateWords(config: ClusterConfig, message: string, remedy?: string): GateWords | undefined {
  if (!message.endsWith(NOT_LISTED)) return undefined;
  const [, gate = ''] = /feature gate '(\w+)'/.exec(message) ?? [];
  const said = (why: string, isCertain: boolean, wayOut?: string): GateWords => ({
    message: message.slice(0, -NOT_LISTED.length) + why,
    remedy: wayOut === undefined ? remedy : remedy?.replace(listGate(gate), wayOut),
    isCertain,
  });
  if (config.releaseAssumed === true && !LISTED_WHEN_GA.has(gate) && gateMayBeOn(config, gate)) {
    const why = `which must be listed in KubeVirt ${gateGap(config, gate)}`;
    return said(why, false, `name the release of the cluster (--kubevirt), or ${listGate(gate)}`);
  }
  if (config.assumed === true) {
    const why = `which KubeVirt ${config.release ?? ''} leaves off by default (no KubeVirt object stands among the manifests)`;
    const wayOut = `say that the cluster lists it (--feature-gate ${gate}), put the KubeVirt object beside the manifests, or accept this`;
    return said(why, false, wayOut);
  }
  if (config.byOperator === true) {
    const wayOut = `let the HyperConverged object set '${gate}': by its own feature gates, where it has one for it, else by its annotation kubevirt.kubevirt.io/jsonpatch`;
    return said('which HyperConverged does not list', true, wayOut);
  }
  const place = config.from === undefined ? '' : ` in ${config.from}`;
  const developer = objectAt(config.configuration, 'developerConfiguration');
  const canDisable = isAtLeast(config.release ?? '', 'v1.8.4');
  if (canDisable && textsIn(developer, 'disabledFeatureGates').includes(gate)) {
    return said(`which is disabled${place}`, true, `take '${gate}' out of disabledFeatureGates of the KubeVirt object`);
  }
  const off = config.release === undefined ? '' : `: KubeVirt ${config.release} leaves it off`;
  return said(`${NOT_LISTED}${place}${off}`, true);
}
