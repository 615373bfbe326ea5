import { Severity } from '../../finding';
import { objectAt } from '../../manifests/json';
import { Json, Note, Rule, Subject } from '../../rule';
import { semanticEqual } from '../shared/semantic-equal';
import { topic } from '../shared/topic';

/** File of the webhook for updates. */
export const UPDATE = 'KubeVirt, pkg/virt-operator/webhooks/kubevirt-update-admitter.go';

/** A rule that the webhook asks on updates alone. */
export interface UpdateCheck extends Pick<Rule, 'id' | 'sentence' | 'source' | 'since' | 'until'> {
  /** Key of `spec.configuration` that it looks at; it is asked only where that was changed. */
  readonly onlyChanged?: string;
  /** Gets the spec. */
  readonly check: (spec: Json, note: Note, subject: Subject) => void;
}

/**
 * The rules that such a check makes: an error on an update; a warning on a create, which is let through, and then every
 * later update is refused.
 */
export function updateRules({ id, source, onlyChanged, check, ...rule }: UpdateCheck): readonly Rule[] {
  return topic({ kinds: ['KubeVirt'] }, [
    {
      ...rule,
      id,
      source,
      check: (subject, note) => {
        const { object, old } = subject;
        if (old === undefined || !isChanged(object, old, onlyChanged)) return;
        check(objectAt(object, 'spec') ?? {}, note, subject);
      },
    },
    {
      ...rule,
      id: `${id}-on-create`,
      source: `${source}: a create is not asked, every later update is refused`,
      severity: Severity.WARNING,
      check: (subject, note) => {
        if (subject.old === undefined) check(objectAt(subject.object, 'spec') ?? {}, note, subject);
      },
    },
  ]);
}

function isChanged(object: Json, old: Json, key: string | undefined): boolean {
  if (key === undefined) return true;
  const path = ['spec', 'configuration', key] as const;
  return !semanticEqual(objectAt(object, ...path), objectAt(old, ...path));
}
