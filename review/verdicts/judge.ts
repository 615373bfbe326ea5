import { AdmissionCheck } from '../admission';
import { Finding, Severity } from '../finding';
import { Reviewed } from '../manifests/manifest';
import { ClusterConfig, Rule } from '../rule';
import { allPairs, ReleasePair, SchemaCheck, SchemaVerdict } from '../schema';
import { admissionFindings } from './admission-findings';
import { OtherReleases } from './other-releases';

/** The rule that says something. */
export type Named = Pick<Rule, 'id' | 'severity' | 'source'>;

/** What a rule says of a field, before it is known whether it holds for what is applied. */
export type Fault = Pick<Finding, 'field' | 'serverField' | 'message' | 'remedy' | 'missing' | 'releases'>;

/** A rule, and what it says. */
export interface Said {
  readonly rule: Named;
  readonly fault: Fault;
}

/** What the rules that look at one object alone say of it: plain data, which another thread may make. */
export interface Judgement {
  readonly said: readonly Said[];
  /** Why schemas could not check it. */
  readonly unchecked: readonly string[];
  /** Which rules could not be applied, or why it was not judged to the end. */
  readonly failed: readonly string[];
  /** Whether there is a schema of it, as far as that was found out. */
  readonly isKnown: boolean;
}

/** The releases by which objects are judged. */
export interface JudgedReleases {
  readonly release: string;
  readonly cdi: string;
  /** Whether every other pair is asked as well. */
  readonly allReleases: boolean;
}

/** Says of one object after the other what the schemas and the webhooks make of it. */
export class Judge {
  /** The pairs of releases whose schemas are asked, that of the cluster first. */
  public readonly pairs: readonly ReleasePair[];
  private readonly schemas: SchemaCheck;
  private readonly admission: AdmissionCheck;
  /** Undefined unless all releases are asked. */
  private readonly others: OtherReleases | undefined;

  constructor({ release, cdi, allReleases }: JudgedReleases) {
    this.pairs = releasePairs({ kubevirt: release, cdi }, allReleases);
    this.schemas = new SchemaCheck(this.pairs);
    this.admission = new AdmissionCheck({ release, cdi });
    this.others = allReleases ? new OtherReleases(this.pairs.slice(1)) : undefined;
  }

  /** The rules that were asked whose source nobody has compared with the releases. */
  public get uncompared(): readonly Rule<never>[] {
    return this.admission.uncompared;
  }

  /** An object that cannot be judged does not end the review of the others. */
  public judge(reviewed: Pick<Reviewed, 'object' | 'old'>, config: ClusterConfig): Judgement {
    const said: Said[] = [];
    const failed: string[] = [];
    let verdict: SchemaVerdict | undefined;
    try {
      verdict = this.schemas.check(reviewed.object);
      for (const { rule: id, source, ...fault } of verdict.faults) {
        said.push({ rule: { id, severity: Severity.ERROR, source }, fault });
      }
      this.ask(reviewed, verdict, config, said, failed);
    } catch (thrown) {
      const isDeep = thrown instanceof RangeError;
      failed.push(isDeep ? 'it is nested too deep to be walked' : `it could not be reviewed (${nameOf(thrown)})`);
    }
    const isKnown = verdict === undefined || verdict.known === true;
    const unchecked = verdict?.unchecked ?? [];
    if (isKnown && said.length + failed.length + unchecked.length === 0) return NOTHING_SAID;
    return { said, unchecked, failed, isKnown };
  }

  /** The webhooks, unless no rule can be asked about the object. */
  private ask(
    reviewed: Pick<Reviewed, 'object' | 'old'>,
    verdict: SchemaVerdict,
    config: ClusterConfig,
    said: Said[],
    failed: string[],
  ): void {
    const fail = (rule: Rule<never>, thrown: unknown): void => {
      failed.push(`rule '${rule.id}' could not be applied (${nameOf(thrown)})`);
    };
    const stored = this.schemas.asStored(reviewed);
    const own = verdict.unread === true ? [] : admissionFindings(this.admission, stored, verdict, config, fail);
    for (const { id, severity, source, ...fault } of own) {
      said.push({ rule: { id, severity, source }, fault });
    }
    for (const { id, severity, source, ...fault } of this.others?.refusals(reviewed, config, own) ?? []) {
      said.push({ rule: { id, severity, source }, fault });
    }
  }
}

/** Of most objects. */
const NOTHING_SAID: Judgement = { said: [], unchecked: [], failed: [], isKnown: true };

/** Whether a judgement says nothing at all. */
export function isSilent({ said, unchecked, failed, isKnown }: Judgement): boolean {
  return isKnown && said.length + unchecked.length + failed.length === 0;
}

/** The class of an error alone: its message may repeat a value. */
export function nameOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.name : 'an unknown error';
}

/** The pairs to review against, the chosen one first. */
function releasePairs({ kubevirt, cdi }: ReleasePair, all: boolean): ReleasePair[] {
  const others = allPairs().filter((pair) => pair.kubevirt !== kubevirt || pair.cdi !== cdi);
  return [{ kubevirt, cdi }, ...(all ? others : [])];
}
