import { ExternalObject } from '../cluster/catalogue';
import { Cluster } from '../cluster/cluster';
import { Severity } from '../finding';
import { Reviewed } from '../manifests/manifest';

/** One rule over all manifests: what one object says of another. */
export interface ReferenceRule {
  readonly id: string;
  /** What it demands, in one sentence. */
  readonly sentence: string;
  readonly source: string;
  readonly severity: Severity;
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
