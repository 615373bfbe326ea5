import { AdmissionCheck, sourceIn } from '../admission';
import { gateWords } from '../admission/shared/gate-words';
import { restingOn } from '../admission/shared/wording';
import { prepare } from '../admission/webhook-defaults';
import { Severity } from '../finding';
import { Reviewed } from '../manifests/manifest';
import { ClusterConfig, Rule } from '../rule';
import { SchemaRule, SchemaVerdict } from '../schema';

/** What a webhook of one release says of an object, in the words for what is known of the cluster. */
export interface AdmissionFinding {
  readonly id: string;
  readonly severity: Severity;
  /** Where it is written in that release. */
  readonly source: string;
  readonly field: string;
  readonly serverField?: string;
  readonly message: string;
  readonly remedy?: string;
  /** Whether it is about a feature gate that is off. */
  readonly isOfGate: boolean;
}

/**
 * Asks the admission rules about an object. What the API server refuses before any webhook sees it is not asked again.
 *
 * @param reviewed The object; on an update with the one in the cluster, as its API server stores it.
 * @param failed Called for a rule that could not be applied.
 */
export function admissionFindings(
  check: AdmissionCheck,
  reviewed: Pick<Reviewed, 'object' | 'old'>,
  verdict: SchemaVerdict,
  config: ClusterConfig,
  failed: (rule: Rule<never>, thrown: unknown) => void,
): readonly AdmissionFinding[] {
  const { object, old } = reviewed;
  if (!check.hasRules(object)) return [];
  const found: AdmissionFinding[] = [];
  const refused = refusedFields(verdict);
  check.check(
    prepare(object, config, { stored: verdict.object, old }),
    ({ rule, severity, field, serverField, ...fault }) => {
      if (severity === Severity.ERROR && refused.some((above) => isBelow(field, above))) return;
      const said = gateWords(config, fault.message, fault.remedy);
      const { remedy } = said ?? fault;
      const message = said?.message ?? restingOn(config.file, rule.id, fault.message);
      found.push({
        id: rule.id,
        severity: said?.isCertain === false ? Severity.WARNING : severity,
        source: sourceIn(rule, config),
        isOfGate: said !== undefined,
        ...{ field, serverField, message, remedy },
      });
    },
    failed,
  );
  return found;
}

/** The fields that the API server refuses before any webhook sees them. */
function refusedFields({ faults }: SchemaVerdict): string[] {
  return faults.filter(({ rule }) => rule !== String(SchemaRule.UNKNOWN_FIELD)).map(({ field }) => field);
}

function isBelow(field: string, above: string): boolean {
  return field.startsWith(above) && above !== '' && /^$|^[.[]/.test(field.slice(above.length));
}
