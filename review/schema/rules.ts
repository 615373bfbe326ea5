import { Severity } from '../finding';
import { SchemaRule } from './issue';
import { METADATA_RULES } from './metadata';

/** What the schemas and the API server itself demand. */
export interface SchemaRuleEntry {
  readonly id: string;
  readonly sentence: string;
  readonly severity: Severity;
  readonly source: string;
  /** Where Kubernetes explains it. */
  readonly help: string;
}

const SCHEMA = 'the schema of the kind, as the release serves it';
const NAMES = 'https://kubernetes.io/docs/concepts/overview/working-with-objects/';
const FIELDS = 'https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/';
const VALIDATION = `${FIELDS}#validation`;

const SENTENCES: Readonly<Record<SchemaRule, readonly [sentence: string, help: string]>> = {
  [SchemaRule.UNKNOWN_FIELD]: ['Every field is one that the release knows.', `${FIELDS}#field-pruning`],
  [SchemaRule.TYPE]: ['Every value has the type that the schema says.', VALIDATION],
  [SchemaRule.REQUIRED]: ['Every field that the schema requires is given.', VALIDATION],
  [SchemaRule.ENUM]: ['A value of a closed set is one of its words.', VALIDATION],
  [SchemaRule.PATTERN]: ['A text has the form that the schema says.', VALIDATION],
  [SchemaRule.QUANTITY]: [
    'A quantity is one that Kubernetes can read.',
    'https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/',
  ],
  [SchemaRule.FORMAT]: ['A value has the format that the schema says, such as a date.', VALIDATION],
  [SchemaRule.RANGE]: ['A number is within the bounds of the schema.', VALIDATION],
  [SchemaRule.LENGTH]: ['A text or a list is as long as the schema allows.', VALIDATION],
  [SchemaRule.DUPLICATE]: ['The entries of a list of type map or set differ.', VALIDATION],
  [SchemaRule.VERSION]: [
    'The release serves this version of the kind.',
    'https://kubernetes.io/docs/reference/using-api/',
  ],
  [SchemaRule.KIND]: ['The API group has such a kind.', 'https://kubernetes.io/docs/reference/using-api/'],
  [SchemaRule.EXPRESSION]: ['The rules in CEL that the schema holds are kept.', `${FIELDS}#validation-rules`],
};

const METADATA: Readonly<Record<string, readonly [sentence: string, help: string]>> = {
  'metadata-name': ['The name of an object has the form that Kubernetes takes.', `${NAMES}names/`],
  'metadata-namespace': ['The namespace of an object is a DNS label.', `${NAMES}namespaces/`],
  'metadata-labels': ['Labels have names and values that Kubernetes takes.', `${NAMES}labels/`],
  'metadata-annotations': [
    'Annotations have names that Kubernetes takes, and not too many bytes.',
    `${NAMES}annotations/`,
  ],
};

/** Every rule of the schemas and of the metadata of objects. */
export const SCHEMA_RULES: readonly SchemaRuleEntry[] = [
  ...Object.values(SchemaRule).map((id) => entry(id, SENTENCES[id], SCHEMA)),
  ...METADATA_RULES.map((id) =>
    entry(id, METADATA[id]!, 'Kubernetes, pkg/api/validation/objectmeta.go:ValidateObjectMeta'),
  ),
];

function entry(id: string, [sentence, help]: readonly [string, string], source: string): SchemaRuleEntry {
  return { id, sentence, severity: Severity.ERROR, source, help };
}
