import { ExternalObject } from '../cluster/catalogue';
import { Cluster } from '../cluster/cluster';
import { Severity } from '../finding';
import { Reviewed } from '../manifests/manifest';
import { Rule } from '../rule';

/** What every rule says of itself. */
type Said = Pick<Rule, 'id' | 'sentence' | 'severity' | 'source' | 'since' | 'until' | 'moved' | 'unchecked'>;

/** One rule over all manifests: what one object says of another. */
export interface ReferenceRule extends Said {
  readonly check: (cluster: Cluster, note: NoteOn) => void;
}

/** Notes what is wrong with a field of one object; a severity that is given stands for that of the rule. */
export type NoteOn = (
  object: Reviewed,
  field: string,
  message: string,
  remedy?: string,
  missing?: ExternalObject,
  severity?: Severity,
) => void;
