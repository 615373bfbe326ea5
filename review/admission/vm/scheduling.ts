import { childIn, listIn, numberIn, objectAt, objectsAt, textIn, textsIn } from '../../manifests/json';
import { Json, Note, Rule } from '../../rule';
import { isDnsLabel, isDnsSubdomain } from '../shared/formats';
import { noteLabelName, noteLabelSelector } from '../shared/label-selector';
import { must } from '../shared/wording';
import { cite, machineRule, TEMPLATE } from './machine';

const FILE = 'pkg/virt-api/webhooks/validating-webhook/admitters/validate-k8s-utils.go';
const REQUIRED = 'requiredDuringSchedulingIgnoredDuringExecution';
const PREFERRED = 'preferredDuringSchedulingIgnoredDuringExecution';
// The webhook leaves `affinity` out of every path.
const NODE_REQUIRED = `${TEMPLATE}.nodeAffinity.${REQUIRED}.nodeSelectorTerms`;
const NODE_PREFERRED = `${TEMPLATE}.nodeAffinity.${PREFERRED}`;

const NODE_NAME = 'metadata.name';
const POD_AFFINITIES = ['podAffinity', 'podAntiAffinity'] as const;

/** Node affinity. Operators that do not exist are refused by the webhook's own schema. */
export const NODE_AFFINITY_RULES: readonly Rule[] = [
  machineRule('node-affinity-terms-given', cite(FILE, 'ValidateNodeSelector'), ({ template }, note) => {
    const selector = objectAt(template, 'affinity', 'nodeAffinity', REQUIRED);
    if (!Array.isArray(selector?.nodeSelectorTerms) || selector.nodeSelectorTerms.length > 0) return;
    note(NODE_REQUIRED, must('nodeSelectorTerms', 'have a term', selector.nodeSelectorTerms));
  }),
  expressionRule('node-affinity-expression-values', 'ValidateNodeSelectorRequirement', (expression, path, note) => {
    const operator = textIn(expression, 'operator');
    const values = textsIn(expression, 'values');
    const requirement = wantedValues(operator, values.length);
    if (requirement !== undefined) note(`${path}.values`, must('values', `${requirement} with '${operator}'`, values));
  }),
  expressionRule('node-affinity-expression-key', 'ValidateNodeSelectorRequirement', (expression, path, note) => {
    noteLabelName(textIn(expression, 'key'), 'key', `${path}.key`, note);
  }),
  fieldRule('node-affinity-field-key', (requirement, path, note) => {
    const key = textIn(requirement, 'key');
    if (key !== NODE_NAME) note(`${path}.key`, must('key', `be '${NODE_NAME}'`, key));
  }),
  fieldRule('node-affinity-field-operator', (requirement, path, note) => {
    const operator = textIn(requirement, 'operator');
    // Words that are no operator at all are the schema's.
    if (!['DoesNotExist', 'Exists', 'Gt', 'Lt'].includes(operator)) return;
    note(`${path}.operator`, must('operator', "be 'In' or 'NotIn' for a field", operator));
  }),
  fieldRule('node-affinity-field-values', (requirement, path, note) => {
    const values = textsIn(requirement, 'values');
    if (values.length === 1 || !['In', 'NotIn'].includes(textIn(requirement, 'operator'))) return;
    note(`${path}.values`, must('values', 'have one entry for a field', values));
  }),
  fieldRule('node-affinity-field-node-name', (requirement, path, note) => {
    if (textIn(requirement, 'key') !== NODE_NAME) return;
    textsIn(requirement, 'values').forEach((value, index) => {
      if (isDnsSubdomain(value)) return;
      note(`${path}.values[${index}]`, must('values', "hold nodes' names: RFC 1123 subdomains", value));
    });
  }),
  machineRule('node-affinity-weight', cite(FILE, 'ValidatePreferredSchedulingTerms'), ({ template }, note) => {
    objectsAt(template, 'affinity', 'nodeAffinity', PREFERRED).forEach((term, index) => {
      noteWeight(term, `${NODE_PREFERRED}[${index}]`, note);
    });
  }),
];

/** Affinity and anti-affinity to other pods. */
export const POD_AFFINITY_RULES: readonly Rule[] = [
  machineRule('pod-affinity-weight', cite(FILE, 'validateWeightedPodAffinityTerms'), ({ template }, note) => {
    for (const kind of POD_AFFINITIES) {
      objectsAt(template, 'affinity', kind, PREFERRED).forEach((term, index) => {
        noteWeight(term, `${TEMPLATE}.${kind}.${PREFERRED}[${index}]`, note);
      });
    }
  }),
  podRule('pod-affinity-topology-key', (term, path, note) => {
    noteLabelName(textIn(term, 'topologyKey'), 'topologyKey', `${path}.topologyKey`, note);
  }),
  podRule('pod-affinity-selector', (term, path, note) => {
    for (const key of ['labelSelector', 'namespaceSelector']) {
      noteLabelSelector(childIn(term, key), `${path}.${key}`, note);
    }
  }),
  podRule('pod-affinity-namespace', (term, path, note) => {
    for (const name of textsIn(term, 'namespaces')) {
      if (!isDnsLabel(name))
        note(`${path}.namespace`, must('namespaces', "hold namespaces' names: RFC 1123 labels", name));
    }
  }),
];

/** How a VM's instances spread over the cluster. */
export const TOPOLOGY_SPREAD_RULES: readonly Rule[] = [
  spreadRule('topology-spread-max-skew', 'ValidateMaxSkew', (constraint, path, note) => {
    if (numberIn(constraint, 'maxSkew') > 0) return;
    note(`${path}.maxSkew`, must('maxSkew', 'be at least 1', constraint.maxSkew));
  }),
  spreadRule('topology-spread-topology-key', 'ValidateTopologyKey', (constraint, path, note) => {
    noteLabelName(textIn(constraint, 'topologyKey'), 'topologyKey', `${path}.topologyKey`, note);
  }),
  spreadRule('topology-spread-selector', 'validateTopologySpreadConstraints', (constraint, path, note) => {
    noteLabelSelector(childIn(constraint, 'labelSelector'), `${path}.labelSelector`, note);
  }),
];

type TermCheck = (term: Json, path: string, note: Note) => void;

function noteWeight(term: Json, path: string, note: Note): void {
  const weight = numberIn(term, 'weight');
  if (weight < 1 || weight > 100) note(`${path}.weight`, must('weight', 'be from 1 to 100', term.weight));
}

/** What the number of values must be, where it is wrong. */
function wantedValues(operator: string, count: number): string | undefined {
  if (operator === 'In' || operator === 'NotIn') return count === 0 ? 'have an entry' : undefined;
  if (operator === 'Exists' || operator === 'DoesNotExist') return count > 0 ? 'be left out' : undefined;
  if (operator === 'Gt' || operator === 'Lt') return count === 1 ? undefined : 'have one entry';
  return undefined;
}

function expressionRule(id: string, name: string, check: TermCheck): Rule {
  return requirementRule(id, name, 'matchExpressions', check);
}

function fieldRule(id: string, check: TermCheck): Rule {
  return requirementRule(id, 'ValidateNodeFieldSelectorRequirement', 'matchFields', check);
}

function requirementRule(id: string, name: string, list: string, check: TermCheck): Rule {
  return machineRule(id, cite(FILE, name), ({ template }, note) => {
    const affinity = childIn(childIn(template, 'affinity'), 'nodeAffinity');
    if (affinity === undefined) return;
    const visit = (term: Json | undefined, path: string): void => {
      listIn(term, list).forEach((requirement, index) => check(requirement, `${path}.${list}[${index}]`, note));
    };
    listIn(childIn(affinity, REQUIRED), 'nodeSelectorTerms').forEach((term, index) => {
      visit(term, `${NODE_REQUIRED}[${index}]`);
    });
    objectsAt(affinity, PREFERRED).forEach((term, index) => {
      visit(childIn(term, 'preference'), `${NODE_PREFERRED}[${index}].preference`);
    });
  });
}

function podRule(id: string, check: TermCheck): Rule {
  return machineRule(id, cite(FILE, 'validatePodAffinityTerm'), ({ template }, note) => {
    if (childIn(template, 'affinity') === undefined) return;
    for (const kind of POD_AFFINITIES) {
      const path = `${TEMPLATE}.${kind}`;
      objectsAt(template, 'affinity', kind, REQUIRED).forEach((term, index) => {
        check(term, `${path}.${REQUIRED}[${index}]`, note);
      });
      objectsAt(template, 'affinity', kind, PREFERRED).forEach((term, index) => {
        check(childIn(term, 'podAffinityTerm') ?? {}, `${path}.${PREFERRED}[${index}].podAffinityTerm`, note);
      });
    }
  });
}

function spreadRule(id: string, name: string, check: TermCheck): Rule {
  return machineRule(id, cite(FILE, name), ({ template }, note) => {
    listIn(template, 'topologySpreadConstraints').forEach((constraint, index) => {
      check(constraint, `${TEMPLATE}.topologySpreadConstraints[${index}]`, note);
    });
  });
}
