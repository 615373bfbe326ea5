import { Severity } from '../../finding';
import { objectAt } from '../../manifests/json';
import { Json, Note, Rule } from '../../rule';
import { semanticEqual } from '../shared/semantic-equal';
import { topic } from '../shared/topic';

/** File of the webhook for updates. */
export const UPDATE = 'KubeVirt, pkg/virt-operator/webhooks/kubevirt-update-admitter.go';

/** A rule that the webhook asks on updates alone. */
export interface UpdateCheck extends Pick<Rule, 'id' | 'sentence' | 'source' | 'since' | 'until'> {
  /** Key of `spec.configuration` that it looks at; it is asked only where that was changed. */
  readonly onlyChanged?: string;
  /** Gets the spec. */
  readonly check: (spec: Json, note: Note) => void;
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
      check: ({ object, old }, note) => {
        if (old === undefined || !isChanged(object, old, onlyChanged)) return;
        check(objectAt(object, 'spec') ?? {}, note);
      },
    },
    {
      ...rule,
      id: `${id}-on-create`,
      source: `${source}: a create is not asked, every later update is refused`,
      severity: Severity.WARNING,
      check: ({ object, old }, note) => {
        if (old === undefined) check(objectAt(object, 'spec') ?? {}, note);
      },
    },
  ]);
}

function isChanged(object: Json, old: Json, key: string | undefined): boolean {
  if (key === undefined) return true;
  const path = ['spec', 'configuration', key] as const;
  return !semanticEqual(objectAt(object, ...path), objectAt(old, ...path));
}
