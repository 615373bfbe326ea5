import { childIn, listIn, numberIn, objectAt, objectsAt, textIn, textsIn } from '../../manifests/json';
import { Json, Note, Rule } from '../../rule';
import { isDnsLabel, isDnsSubdomain } from '../shared/formats';
import { EVERY_HOLDER } from '../shared/holders';
import { noteLabelName, noteLabelSelector } from '../shared/label-selector';
import { topic } from '../shared/topic';
import { must } from '../shared/wording';
import { cite, Machine, MachineCheck, TEMPLATE } from './machine';

const FILE = 'pkg/virt-api/webhooks/validating-webhook/admitters/validate-k8s-utils.go';
const REQUIRED = 'requiredDuringSchedulingIgnoredDuringExecution';
const PREFERRED = 'preferredDuringSchedulingIgnoredDuringExecution';
const NODE_REQUIRED = `${TEMPLATE}.affinity.nodeAffinity.${REQUIRED}.nodeSelectorTerms`;
const NODE_PREFERRED = `${TEMPLATE}.affinity.nodeAffinity.${PREFERRED}`;

const NODE_NAME = 'metadata.name';
const POD_AFFINITIES = ['podAffinity', 'podAntiAffinity'] as const;

/** Node affinity. Operators that do not exist are refused by the webhook's own schema. */
export const NODE_AFFINITY_RULES: readonly Rule<Machine>[] = topic<Machine>(
  { kinds: EVERY_HOLDER, about: ['affinity'] },
  [
    {
      id: 'node-affinity-terms-given',
      sentence: 'A required node affinity has a term.',
      source: cite(FILE, 'ValidateNodeSelector'),
      check: ({ template }, note) => {
        const selector = objectAt(template, 'affinity', 'nodeAffinity', REQUIRED);
        if (!Array.isArray(selector?.nodeSelectorTerms) || selector.nodeSelectorTerms.length > 0) return;
        withoutAffinity(note)(NODE_REQUIRED, must('nodeSelectorTerms', 'have a term', selector.nodeSelectorTerms));
      },
    },
    {
      id: 'node-affinity-expression-values',
      sentence: 'An expression has as many values as its operator takes.',
      source: cite(FILE, 'ValidateNodeSelectorRequirement'),
      check: eachExpression((expression, path, note) => {
        const operator = textIn(expression, 'operator');
        const values = textsIn(expression, 'values');
        const requirement = wantedValues(operator, values.length);
        if (requirement !== undefined)
          note(`${path}.values`, must('values', `${requirement} with '${operator}'`, values));
      }),
    },
    {
      id: 'node-affinity-expression-key',
      sentence: 'The key of an expression is a label name.',
      source: cite(FILE, 'ValidateNodeSelectorRequirement'),
      check: eachExpression((expression, path, note) => {
        noteLabelName(textIn(expression, 'key'), 'key', `${path}.key`, note);
      }),
    },
    {
      id: 'node-affinity-field-key',
      sentence: 'A field of a node affinity is metadata.name.',
      source: cite(FILE, 'ValidateNodeFieldSelectorRequirement'),
      check: eachField((requirement, path, note) => {
        const key = textIn(requirement, 'key');
        if (key !== NODE_NAME) note(`${path}.key`, must('key', `be '${NODE_NAME}'`, key));
      }),
    },
    {
      id: 'node-affinity-field-operator',
      sentence: 'The operator of a field is In or NotIn.',
      source: cite(FILE, 'ValidateNodeFieldSelectorRequirement'),
      check: eachField((requirement, path, note) => {
        const operator = textIn(requirement, 'operator');
        // Words that are no operator at all are the schema's.
        if (!['DoesNotExist', 'Exists', 'Gt', 'Lt'].includes(operator)) return;
        note(`${path}.operator`, must('operator', "be 'In' or 'NotIn' for a field", operator));
      }),
    },
    {
      id: 'node-affinity-field-values',
      sentence: 'A field has one value.',
      source: cite(FILE, 'ValidateNodeFieldSelectorRequirement'),
      check: eachField((requirement, path, note) => {
        const values = textsIn(requirement, 'values');
        if (values.length === 1 || !['In', 'NotIn'].includes(textIn(requirement, 'operator'))) return;
        note(`${path}.values`, must('values', 'have one entry for a field', values));
      }),
    },
    {
      id: 'node-affinity-field-node-name',
      sentence: "The value of a field is a node's name.",
      source: cite(FILE, 'ValidateNodeFieldSelectorRequirement'),
      check: eachField((requirement, path, note) => {
        if (textIn(requirement, 'key') !== NODE_NAME) return;
        textsIn(requirement, 'values').forEach((value, index) => {
          if (isDnsSubdomain(value)) return;
          note(`${path}.values[${index}]`, must('values', "hold nodes' names: RFC 1123 subdomains", value));
        });
      }),
    },
    {
      id: 'node-affinity-weight',
      sentence: 'The weight of a preferred node affinity is from 1 to 100.',
      source: cite(FILE, 'ValidatePreferredSchedulingTerms'),
      check: ({ template }, note) => {
        objectsAt(template, 'affinity', 'nodeAffinity', PREFERRED).forEach((term, index) => {
          noteWeight(term, `${NODE_PREFERRED}[${index}]`, withoutAffinity(note));
        });
      },
    },
  ],
);

/** Affinity and anti-affinity to other pods. */
export const POD_AFFINITY_RULES: readonly Rule<Machine>[] = topic<Machine>(
  { kinds: EVERY_HOLDER, about: ['affinity'] },
  [
    {
      id: 'pod-affinity-weight',
      sentence: 'The weight of a preferred pod affinity is from 1 to 100.',
      source: cite(FILE, 'validateWeightedPodAffinityTerms'),
      check: ({ template }, note) => {
        for (const kind of POD_AFFINITIES) {
          objectsAt(template, 'affinity', kind, PREFERRED).forEach((term, index) => {
            noteWeight(term, `${TEMPLATE}.affinity.${kind}.${PREFERRED}[${index}]`, withoutAffinity(note));
          });
        }
      },
    },
    {
      id: 'pod-affinity-topology-key',
      sentence: 'The topology key of a pod affinity is a label name.',
      source: cite(FILE, 'validatePodAffinityTerm'),
      check: eachTerm((term, path, note) => {
        noteLabelName(textIn(term, 'topologyKey'), 'topologyKey', `${path}.topologyKey`, note);
      }),
    },
    {
      id: 'pod-affinity-selector',
      sentence: 'The selectors of a pod affinity are valid.',
      source: cite(FILE, 'validatePodAffinityTerm'),
      check: eachTerm((term, path, note) => {
        for (const key of ['labelSelector', 'namespaceSelector']) {
          noteLabelSelector(childIn(term, key), `${path}.${key}`, note);
        }
      }),
    },
    {
      id: 'pod-affinity-namespace',
      sentence: 'The namespaces of a pod affinity are RFC 1123 labels.',
      source: cite(FILE, 'validatePodAffinityTerm'),
      check: eachTerm((term, path, note) => {
        for (const name of textsIn(term, 'namespaces')) {
          if (!isDnsLabel(name))
            note(`${path}.namespace`, must('namespaces', "hold namespaces' names: RFC 1123 labels", name));
        }
      }),
    },
  ],
);

/** How a VM's instances spread over the cluster. */
export const TOPOLOGY_SPREAD_RULES: readonly Rule<Machine>[] = topic<Machine>(
  { kinds: EVERY_HOLDER, about: ['topologySpreadConstraints'] },
  [
    {
      id: 'topology-spread-max-skew',
      sentence: 'The maximum skew of a spread constraint is at least 1.',
      source: cite(FILE, 'ValidateMaxSkew'),
      check: eachConstraint((constraint, path, note) => {
        if (numberIn(constraint, 'maxSkew') > 0) return;
        note(`${path}.maxSkew`, must('maxSkew', 'be at least 1', constraint.maxSkew));
      }),
    },
    {
      id: 'topology-spread-topology-key',
      sentence: 'The topology key of a spread constraint is a label name.',
      source: cite(FILE, 'ValidateTopologyKey'),
      check: eachConstraint((constraint, path, note) => {
        noteLabelName(textIn(constraint, 'topologyKey'), 'topologyKey', `${path}.topologyKey`, note);
      }),
    },
    {
      id: 'topology-spread-selector',
      sentence: 'The selector of a spread constraint is valid.',
      source: cite(FILE, 'validateTopologySpreadConstraints'),
      check: eachConstraint((constraint, path, note) => {
        noteLabelSelector(childIn(constraint, 'labelSelector'), `${path}.labelSelector`, note);
      }),
    },
  ],
);

/** The webhook leaves `affinity` out of every path. */
function withoutAffinity(note: Note): Note {
  return (field, message, remedy) => note(field, message, remedy, field.replace('.affinity.', '.'));
}

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

function eachExpression(check: TermCheck): MachineCheck {
  return eachRequirement('matchExpressions', check);
}

function eachField(check: TermCheck): MachineCheck {
  return eachRequirement('matchFields', check);
}

function eachRequirement(list: string, check: TermCheck): MachineCheck {
  return ({ template }, note) => {
    const affinity = childIn(childIn(template, 'affinity'), 'nodeAffinity');
    if (affinity === undefined) return;
    const visit = (term: Json | undefined, path: string): void => {
      listIn(term, list).forEach((requirement, index) =>
        check(requirement, `${path}.${list}[${index}]`, withoutAffinity(note)),
      );
    };
    listIn(childIn(affinity, REQUIRED), 'nodeSelectorTerms').forEach((term, index) => {
      visit(term, `${NODE_REQUIRED}[${index}]`);
    });
    objectsAt(affinity, PREFERRED).forEach((term, index) => {
      visit(childIn(term, 'preference'), `${NODE_PREFERRED}[${index}].preference`);
    });
  };
}

function eachTerm(check: TermCheck): MachineCheck {
  return ({ template }, note) => {
    if (childIn(template, 'affinity') === undefined) return;
    for (const kind of POD_AFFINITIES) {
      const path = `${TEMPLATE}.affinity.${kind}`;
      objectsAt(template, 'affinity', kind, REQUIRED).forEach((term, index) => {
        check(term, `${path}.${REQUIRED}[${index}]`, withoutAffinity(note));
      });
      objectsAt(template, 'affinity', kind, PREFERRED).forEach((term, index) => {
        check(
          childIn(term, 'podAffinityTerm') ?? {},
          `${path}.${PREFERRED}[${index}].podAffinityTerm`,
          withoutAffinity(note),
        );
      });
    }
  };
}

function eachConstraint(check: TermCheck): MachineCheck {
  return ({ template }, note) => {
    listIn(template, 'topologySpreadConstraints').forEach((constraint, index) => {
      check(constraint, `${TEMPLATE}.topologySpreadConstraints[${index}]`, note);
    });
  };
}
