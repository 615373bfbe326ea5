import { Finding } from '../finding';
import { InputFault } from '../manifests/input';
import { Place } from '../manifests/locator';
import { Report } from '../report';

/** All that a format shows. */
export interface Reviewed {
  readonly report: Report;
  /** What is wrong with the input itself. */
  readonly faults: readonly InputFault[];
  /** Where a finding stands in its file, as far as that is known. */
  readonly place: (finding: Finding) => Place | undefined;
}

/** Writes a review as text. */
export type Format = (reviewed: Reviewed) => string;
