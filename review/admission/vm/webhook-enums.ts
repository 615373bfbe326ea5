import { childIn, isObject, objectAt } from '../../manifests/json';
import { Json, Note, Rule, Subject } from '../../rule';
import { EVERY_HOLDER, MACHINE, MACHINES } from '../shared/holders';
import { topic, TopicRule } from '../shared/topic';
import { must, mustBeOneOf } from '../shared/wording';
import { cite } from './machine';

const PULL_POLICIES = ['Always', 'IfNotPresent', 'Never'];
const NODE_OPERATORS = ['DoesNotExist', 'Exists', 'Gt', 'In', 'Lt', 'NotIn'];
const INCLUSION_POLICIES = ['Honor', 'Ignore'];

/** Where a path begins. */
enum Root {
  SPEC = 'spec',
  TEMPLATE = 'spec.template.spec',
}

/** A closed set that the webhook's OpenAPI schema knows and the CRD does not. */
interface WebhookEnum extends Pick<Rule, 'id' | 'sentence' | 'about'> {
  readonly kinds?: Rule['kinds'];
  readonly root: Root;
  /** Below `root`; `[]` stands for each entry of a list, `{a,b}` for either key. */
  readonly path: string;
  readonly words: readonly string[];
  /** Where '' counts as left out. */
  readonly mayBeEmpty?: boolean;
  /** Where the mutating webhook writes what is left out back as '', which is none of the words. */
  readonly required?: boolean;
  /** The path that the answer names, where it is not the field's own. */
  readonly shown?: (path: string) => string;
}

/** The webhook leaves out `affinity` wherever it names a term. */
const withoutAffinity = (path: string): string => path.replace('.affinity.', '.');

const TERMS = '{matchExpressions,matchFields}[].operator';

const ENUMS: readonly WebhookEnum[] = [
  {
    id: 'data-volume-template-access-mode-known',
    kinds: MACHINES,
    about: ['dataVolumeTemplates'],
    sentence: 'The access modes of a dataVolumeTemplate are those of Kubernetes.',
    root: Root.SPEC,
    path: 'dataVolumeTemplates[].spec.{pvc,storage}.accessModes[]',
    words: ['ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOnce', 'ReadWriteOncePod'],
  },
  {
    id: 'data-volume-template-volume-mode-known',
    kinds: MACHINES,
    about: ['dataVolumeTemplates'],
    sentence: 'The volume mode of a dataVolumeTemplate is Block, Filesystem or FromStorageProfile.',
    root: Root.SPEC,
    path: 'dataVolumeTemplates[].spec.{pvc,storage}.volumeMode',
    words: ['Block', 'Filesystem', 'FromStorageProfile'],
  },
  {
    id: 'container-disk-pull-policy-known',
    about: ['containerDisk'],
    sentence: 'The pull policy of a container disk is Always, IfNotPresent or Never.',
    root: Root.TEMPLATE,
    path: 'volumes[].containerDisk.imagePullPolicy',
    words: PULL_POLICIES,
    mayBeEmpty: true,
  },
  {
    id: 'kernel-boot-pull-policy-known',
    about: ['firmware'],
    sentence: 'The pull policy of a kernel boot image is Always, IfNotPresent or Never.',
    root: Root.TEMPLATE,
    path: 'domain.firmware.kernelBoot.container.imagePullPolicy',
    words: PULL_POLICIES,
    mayBeEmpty: true,
  },
  {
    id: 'dns-policy-known',
    about: ['dnsConfig', 'dnsPolicy'],
    sentence: 'The DNS policy is one that Kubernetes knows.',
    root: Root.TEMPLATE,
    path: 'dnsPolicy',
    words: ['ClusterFirst', 'ClusterFirstWithHostNet', 'Default', 'None'],
  },
  {
    id: 'toleration-effect-known',
    about: ['tolerations'],
    sentence: 'The effect of a toleration is NoExecute, NoSchedule or PreferNoSchedule.',
    root: Root.TEMPLATE,
    path: 'tolerations[].effect',
    words: ['NoExecute', 'NoSchedule', 'PreferNoSchedule'],
  },
  {
    id: 'toleration-operator-known',
    about: ['tolerations'],
    sentence: 'The operator of a toleration is Equal or Exists.',
    root: Root.TEMPLATE,
    path: 'tolerations[].operator',
    words: ['Equal', 'Exists'],
  },
  {
    id: 'probe-scheme-known',
    about: ['livenessProbe', 'readinessProbe'],
    sentence: 'The scheme of an HTTP probe is HTTP or HTTPS.',
    root: Root.TEMPLATE,
    path: '{livenessProbe,readinessProbe}.httpGet.scheme',
    words: ['HTTP', 'HTTPS'],
  },
  {
    id: 'topology-spread-node-policy-known',
    about: ['topologySpreadConstraints'],
    sentence: 'The node policies of a spread constraint are Honor or Ignore.',
    root: Root.TEMPLATE,
    path: 'topologySpreadConstraints[].{nodeAffinityPolicy,nodeTaintsPolicy}',
    words: INCLUSION_POLICIES,
  },
  {
    id: 'topology-spread-when-unsatisfiable-known',
    about: ['topologySpreadConstraints'],
    sentence: 'A spread constraint says DoNotSchedule or ScheduleAnyway.',
    root: Root.TEMPLATE,
    path: 'topologySpreadConstraints[].whenUnsatisfiable',
    words: ['DoNotSchedule', 'ScheduleAnyway'],
    required: true,
  },
  {
    id: 'node-affinity-required-operator-known',
    about: ['affinity'],
    sentence: 'The operators of a required node affinity are those of Kubernetes.',
    root: Root.TEMPLATE,
    path: `affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[].${TERMS}`,
    words: NODE_OPERATORS,
    required: true,
    shown: withoutAffinity,
  },
  {
    id: 'node-affinity-preferred-operator-known',
    about: ['affinity'],
    sentence: 'The operators of a preferred node affinity are those of Kubernetes.',
    root: Root.TEMPLATE,
    path: `affinity.nodeAffinity.preferredDuringSchedulingIgnoredDuringExecution[].preference.${TERMS}`,
    words: NODE_OPERATORS,
    required: true,
    shown: withoutAffinity,
  },
];

const SCHEMA = cite('pkg/util/webhooks/webhooks.go', 'ValidateSchema');

type Visit = (value: unknown, path: string) => void;
type Walk = (value: unknown, path: string, visit: Visit) => void;

/** A path as one function, made once: what runs for each object only follows it. */
function walker(path: string, required = false): Walk {
  const keys = path.split('.');
  const steps = keys.flatMap((step, index): Walk[] => {
    const list = step.endsWith('[]');
    const bare = list ? step.slice(0, -2) : step;
    const names = bare.startsWith('{') ? bare.slice(1, -1).split(',') : [bare];
    const absent = required && index === keys.length - 1 ? '' : undefined;
    const into: Walk = (value, at, visit) => {
      if (!isObject(value)) return;
      for (const name of names) {
        const found = value[name] ?? absent;
        if (found !== undefined) visit(found, `${at}.${name}`);
      }
    };
    return list ? [into, eachEntry] : [into];
  });
  return steps.reduceRight(
    (next, step) => (value, at, visit) => {
      step(value, at, (found, where) => next(found, where, visit));
    },
    here,
  );
}

const here: Walk = (value, path, visit) => visit(value, path);

const eachEntry: Walk = (value, path, visit) => {
  if (!Array.isArray(value)) return;
  value.forEach((entry, index) => visit(entry, `${path}[${index}]`));
};

function enumRule(row: WebhookEnum): TopicRule<Subject> {
  const { root, path, words, required, mayBeEmpty = false, shown, ...rule } = row;
  const walk = walker(path, required);
  const known: ReadonlySet<unknown> = new Set(words);
  return {
    ...rule,
    source: SCHEMA,
    check: ({ raw }, note) => {
      walk(rootOf(raw, root), root, (value, at) => {
        if (typeof value !== 'string' || known.has(value) || (mayBeEmpty && value === '')) return;
        note(at, mustBeOneOf(propertyOf(at), words, value), undefined, shown?.(at));
      });
    },
  };
}

function rootOf(raw: Json, root: Root): Json | undefined {
  return root === Root.SPEC ? childIn(raw, 'spec') : objectAt(raw, 'spec', 'template', 'spec');
}

function propertyOf(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1).replace(/\[\d+\]$/, '');
}

const dataSources = walker('dataVolumeTemplates[].spec.{pvc,storage}.{dataSource,dataSourceRef}');

/** What the webhook's own schema refuses, beyond the CRD's. */
export const WEBHOOK_ENUM_RULES: readonly Rule[] = topic({ kinds: EVERY_HOLDER }, [
  ...ENUMS.map(enumRule),
  {
    id: 'data-volume-template-data-source-api-group',
    kinds: [MACHINE],
    about: ['dataVolumeTemplates'],
    sentence: 'A data source of a dataVolumeTemplate has an API group, empty for a core kind.',
    source: SCHEMA,
    check: ({ raw }, note) =>
      dataSources(rootOf(raw, Root.SPEC), Root.SPEC, (value, at) => noteApiGroup(value, at, note)),
  },
]);

/** The mutating webhook writes an absent group back as null, which the schema then refuses. */
function noteApiGroup(value: unknown, path: string, note: Note): void {
  if (!isObject(value) || hasGroup(value)) return;
  note(`${path}.apiGroup`, must('apiGroup', 'be given', undefined), `write 'apiGroup: ""' for a core kind`);
}

function hasGroup(reference: Json): boolean {
  return reference.apiGroup !== undefined && reference.apiGroup !== null;
}
