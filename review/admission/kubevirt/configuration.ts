import { isGateKnown } from '../../cluster/feature-gates';
import { Severity } from '../../finding';
import { objectAt, textAt, valueAt } from '../../manifests/json';
import { Json, Note, Rule } from '../../rule';
import { topic } from '../shared/topic';
import { alternatives, must } from '../shared/wording';

const CONFIG = 'KubeVirt, pkg/virt-config/configuration.go:validateConfig';
const PULL_POLICIES = ['Always', 'IfNotPresent', 'Never'];
const INTERFACES = ['bridge', 'slirp', 'masquerade'];
const STOPS = 'every component then keeps the configuration that it had';

/** Rules for `spec.configuration`: what the webhook's own schema refuses, and what is stored and takes no effect. */
export const CONFIGURATION_RULES: readonly Rule[] = topic({ kinds: ['KubeVirt'] }, [
  {
    id: 'kubevirt-image-pull-policy',
    sentence: 'The image pull policy is Always, IfNotPresent or Never.',
    source: 'KubeVirt, pkg/util/webhooks/webhooks.go:ValidateSchema (enum of PullPolicy)',
    check: ({ object }, note) => {
      for (const path of [['spec'], ['spec', 'configuration']]) {
        const policy = valueAt(object, ...path, 'imagePullPolicy');
        if (policy === undefined || PULL_POLICIES.includes(policy as string)) continue;
        note(
          [...path, 'imagePullPolicy'].join('.'),
          must('imagePullPolicy', `be ${alternatives(PULL_POLICIES)}`, policy),
        );
      }
    },
  },
  {
    id: 'kubevirt-overcommit-positive',
    sentence: 'Overcommit and CPU allocation ratio are not negative, or no component takes the configuration.',
    severity: Severity.WARNING,
    source: CONFIG,
    check: ofConfiguration((configuration, note) => {
      for (const key of ['memoryOvercommit', 'cpuAllocationRatio']) {
        const value = valueAt(configuration, 'developerConfiguration', key);
        if (typeof value !== 'number' || value >= 0) continue;
        note(`spec.configuration.developerConfiguration.${key}`, must(key, 'be at least 0', value), STOPS);
      }
    }),
  },
  {
    id: 'kubevirt-less-space-percent',
    sentence: 'The tolerated lack of space is 0 to 100 percent, or no component takes the configuration.',
    severity: Severity.WARNING,
    source: CONFIG,
    check: ofConfiguration((configuration, note) => {
      const key = 'pvcTolerateLessSpaceUpToPercent';
      const value = valueAt(configuration, 'developerConfiguration', key);
      if (typeof value !== 'number' || (value >= 0 && value <= 100)) return;
      note(`spec.configuration.developerConfiguration.${key}`, must(key, 'be 0 to 100', value), STOPS);
    }),
  },
  {
    id: 'kubevirt-default-interface',
    sentence: 'The default interface is one that KubeVirt knows, or no component takes the configuration.',
    severity: Severity.WARNING,
    source: CONFIG,
    check: ofConfiguration((configuration, note) => {
      const value = textAt(configuration, 'network', 'defaultNetworkInterface');
      if (value === '' || INTERFACES.includes(value)) return;
      const message = must('defaultNetworkInterface', `be ${alternatives(INTERFACES)}`, value);
      note('spec.configuration.network.defaultNetworkInterface', message, STOPS);
    }),
  },
  {
    id: 'kubevirt-feature-gate-known',
    sentence: 'Every feature gate is one that the release knows.',
    source: 'KubeVirt, pkg/virt-config/featuregate/active.go, inactive.go',
    severity: Severity.WARNING,
    check: ({ object, config: { release } }, note) => {
      const gates = valueAt(object, 'spec', 'configuration', 'developerConfiguration', 'featureGates');
      for (const [index, gate] of (Array.isArray(gates) ? gates : []).entries()) {
        if (typeof gate !== 'string' || isGateKnown(gate, release)) continue;
        const field = `spec.configuration.developerConfiguration.featureGates[${index}]`;
        note(
          field,
          must('featureGates', `be gates that KubeVirt ${release ?? ''} knows`.replace('  ', ' '), gate),
          'an unknown gate is taken and does nothing',
        );
      }
    },
  },
]);

/** Stored, and then refused by every component that reads it. */
function ofConfiguration(check: (configuration: Json, note: Note) => void): Rule['check'] {
  return ({ object }, note) => check(objectAt(object, 'spec', 'configuration') ?? {}, note);
}
