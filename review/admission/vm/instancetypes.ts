import { childIn, has, listIn, objectsAt, textIn, valueAt } from '../../manifests/json';
import { Json, Note, Rule, Subject } from '../../rule';
import { MACHINE } from '../shared/holders';
import { topic } from '../shared/topic';
import { must, mustBeOneOf, show } from '../shared/wording';
import { cite } from './machine';

const MUTATOR = 'pkg/instancetype/webhooks/vm/mutator.go';
const INFER = 'pkg/instancetype/infer/volume.go';
const MATCHERS = ['instancetype', 'preference'] as const;
const FAILURE_POLICIES = ['Ignore', 'Reject'];

/** How a machine names its instance type and its preference. Whether they exist is the cluster's to know. */
export const INSTANCETYPE_RULES: readonly Rule[] = topic({ kinds: [MACHINE], about: ['instancetype', 'preference'] }, [
  {
    id: 'instancetype-named',
    sentence: 'An instance type or preference is named, or inferred from a volume.',
    source: cite(MUTATOR, 'validateInstancetypeMatcher', 'validatePreferenceMatcher'),
    check: eachMatcher((matcher, path, note) => {
      if (textIn(matcher, 'name') !== '' || textIn(matcher, 'inferFromVolume') !== '') return;
      note(path, must('name', "be given, or 'inferFromVolume'", matcher.name));
    }),
  },
  {
    id: 'instancetype-inferred-without-name',
    sentence: 'An instance type or preference that is inferred from a volume has no name.',
    source: cite(MUTATOR, 'validateInstancetypeMatcher', 'validatePreferenceMatcher'),
    check: eachMatcher((matcher, path, note) => noteBesideInference(matcher, 'name', path, note)),
  },
  {
    id: 'instancetype-inferred-without-kind',
    sentence: 'An instance type or preference that is inferred from a volume has no kind.',
    source: cite(MUTATOR, 'validateInstancetypeMatcher', 'validatePreferenceMatcher'),
    check: eachMatcher((matcher, path, note) => noteBesideInference(matcher, 'kind', path, note)),
  },
  {
    id: 'instancetype-infer-failure-policy-known',
    sentence: 'The policy for a failed inference is Ignore or Reject.',
    source: cite(MUTATOR, 'validateInstancetypeMatcher', 'validatePreferenceMatcher'),
    check: eachMatcher((matcher, path, note) => {
      const policy = matcher.inferFromVolumeFailurePolicy;
      if (typeof policy !== 'string' || FAILURE_POLICIES.includes(policy)) return;
      const property = 'inferFromVolumeFailurePolicy';
      note(`${path}.${property}`, mustBeOneOf(property, FAILURE_POLICIES, policy));
    }),
  },
  {
    id: 'instancetype-infer-volume-exists',
    sentence: 'The volume that an instance type is inferred from exists in the machine.',
    source: cite(INFER, 'fromVolumes'),
    check: inferred((volume, name, path, note) => {
      if (volume === undefined) note(path, must('inferFromVolume', 'be the name of a volume', name));
    }),
  },
  {
    id: 'instancetype-infer-volume-claim',
    sentence: 'The volume that an instance type is inferred from is a claim or a DataVolume.',
    source: cite(INFER, 'fromVolumes'),
    check: inferred((volume, _name, path, note, matcher) => {
      if (volume === undefined || ignores(matcher)) return;
      if (has(volume, 'persistentVolumeClaim') || has(volume, 'dataVolume')) return;
      const kinds = Object.keys(volume).filter((key) => key !== 'name');
      const requirement = "name a volume of 'persistentVolumeClaim' or 'dataVolume'";
      note(path, `'inferFromVolume' must ${requirement}, got ${show(kinds)}`);
    }),
  },
  {
    id: 'instancetype-infer-template-source',
    sentence: 'The template that an instance type is inferred from has a pvc source or a sourceRef to a DataSource.',
    source: cite(INFER, 'fromDataVolumeSpec'),
    check: inferred((volume, _name, path, note, matcher, raw) => {
      if (ignores(matcher) || has(volume, 'persistentVolumeClaim') || !has(volume, 'dataVolume')) return;
      const name = textIn(childIn(volume, 'dataVolume'), 'name');
      const template = listIn(childIn(raw, 'spec'), 'dataVolumeTemplates').find(
        (entry) => textIn(childIn(entry, 'metadata'), 'name') === name,
      );
      const spec = childIn(template, 'spec');
      if (spec === undefined || has(childIn(spec, 'source'), 'pvc')) return;
      if (textIn(childIn(spec, 'sourceRef'), 'kind') === 'DataSource') return;
      const requirement = "name a template that has a 'pvc' source or a 'sourceRef' to a DataSource";
      note(
        path,
        `'inferFromVolume' must ${requirement}, got ${show(name)}`,
        'labels of the template itself are not read',
      );
    }),
  },
  {
    id: 'instancetype-revision-renamed',
    sentence: 'An update that names another instance type or preference leaves out the revision of the old one.',
    source: cite(MUTATOR, 'validateMatcherUpdate'),
    check: ({ raw, old }, note) => {
      if (old === undefined) return;
      for (const key of MATCHERS) {
        const [now, then] = [raw, old].map((vm) => childIn(childIn(vm, 'spec'), key));
        if (now === undefined || then === undefined) continue;
        const revision = textIn(now, 'revisionName');
        if (revision === '' || revision !== textIn(then, 'revisionName')) continue;
        if (textIn(now, 'name') === textIn(then, 'name')) continue;
        const message = must('revisionName', `be left out where 'name' becomes ${show(now.name)}`, revision);
        note(`spec.${key}.revisionName`, message);
      }
    },
  },
]);

function noteBesideInference(matcher: Json, key: string, path: string, note: Note): void {
  const value = textIn(matcher, key);
  if (value === '' || textIn(matcher, 'inferFromVolume') === '') return;
  note(`${path}.${key}`, must(key, "be left out with 'inferFromVolume'", value));
}

type MatcherCheck = (matcher: Json, path: string, note: Note, raw: Json) => void;

/** The mutating webhook reads both matchers before it changes anything. */
function eachMatcher(check: MatcherCheck): Rule['check'] {
  return ({ raw }: Subject, note) => {
    for (const key of MATCHERS) {
      const matcher = childIn(childIn(raw, 'spec'), key);
      if (matcher !== undefined) check(matcher, `spec.${key}`, note, raw);
    }
  };
}

function inferred(
  check: (volume: Json | undefined, name: string, path: string, note: Note, matcher: Json, raw: Json) => void,
): Rule['check'] {
  return eachMatcher((matcher, path, note, raw) => {
    const wanted = textIn(matcher, 'inferFromVolume');
    if (wanted === '') return;
    const volumes = objectsAt(raw, 'spec', 'template', 'spec', 'volumes');
    const volume = volumes.find((entry) => textIn(entry, 'name') === wanted);
    check(volume, wanted, `${path}.inferFromVolume`, note, matcher, raw);
  });
}

/** Whether a failed inference is let pass. */
function ignores(matcher: Json): boolean {
  return valueAt(matcher, 'inferFromVolumeFailurePolicy') === 'Ignore';
}
