import { Acceptance, withAcceptance } from './accept';
import { selectionFor } from './admission/registry';
import { clusterConfig, ConfigOptions, isKubeVirt } from './config';
import { Finding, ObjectReference, Severity } from './finding';
import { textAt } from './json';
import { asReviewed, objectsOf, Reviewed, ReviewedManifest } from './manifest';
import { inOrder } from './order';
import { prepare } from './pipeline';
import { ExternalObject, REFERENCE_RULES } from './references';
import { Report, Unchecked } from './report';
import { ClusterConfig, Note, Rule } from './rule';
import { allPairs, alternatives, LAB, ReleasePair, SchemaCheck, SchemaVerdict } from './schema';

/** What a review may be told: of which releases the cluster is, what it holds already, and what is meant. */
export interface ReviewOptions extends ConfigOptions {
  /**
   * Release of KubeVirt whose schemas are taken, one of `allPairs()`. The admission rules are those of `LAB` in any case.
   *
   * @default 'v1.6.2'
   */
  readonly kubevirt?: string;

  /**
   * Release of CDI whose schemas are taken, one of `allPairs()`.
   *
   * @default 'v1.63.1'
   */
  readonly cdi?: string;

  /**
   * Whether every pair of releases that there are schemas of is reviewed against, after the one above.
   *
   * @default false
   */
  readonly allReleases?: boolean;

  /**
   * Objects that the manifests name and that exist without them.
   *
   * @default - none
   */
  readonly external?: readonly ExternalObject[];

  /**
   * Findings that are known and meant; an annotation `accept.cdk8s-kubevirt/<rule>: <reason>` does the same.
   *
   * @default - none
   */
  readonly accept?: readonly Acceptance[];
}

/**
 * Reads finished manifests and answers all that there is to say: findings, what is accepted, and what could not be checked.
 *
 * @param manifests Plain objects, or `ReviewedManifest.of(object, origin)` where more is known.
 * @throws if there are no schemas of a release that the options name.
 */
export function report(manifests: Iterable<unknown>, options: ReviewOptions = {}): Report {
  return new Review(options).run([...manifests].map(asReviewed));
}

class Review {
  private readonly open: Finding[] = [];
  private readonly accepted: Finding[] = [];
  private readonly unchecked: Unchecked[] = [];
  private readonly pairs: readonly ReleasePair[];
  private readonly schemas: SchemaCheck;

  constructor(private readonly options: ReviewOptions) {
    this.pairs = releasePairs(options);
    this.schemas = new SchemaCheck(this.pairs);
  }

  public run(manifests: readonly ReviewedManifest[]): Report {
    const objects = manifests.flatMap((manifest) => this.objects(manifest));
    const config = clusterConfig(this.options, objects.find(({ object }) => isKubeVirt(object))?.object);
    for (const reviewed of objects) this.guarded(reviewed, config);
    const set = { objects, external: this.options.external ?? [] };
    for (const rule of REFERENCE_RULES) {
      try {
        rule.check(set, (reviewed, field, message, remedy) => this.note(reviewed, rule, { field, message, remedy }));
      } catch (thrown) {
        this.unchecked.push({ reason: `rule '${rule.id}' could not be applied: ${String(thrown)}` });
      }
    }
    return {
      findings: inOrder(this.open),
      accepted: inOrder(this.accepted),
      unchecked: this.unchecked,
      objects: objects.length,
      schemas: this.pairs,
      admission: LAB,
    };
  }

  private objects(manifest: ReviewedManifest): readonly Reviewed[] {
    const { objects, passedBy } = objectsOf(manifest);
    const { file, document } = manifest.origin;
    for (const reason of passedBy) this.unchecked.push({ ...defined({ file, document }), reason });
    return objects;
  }

  /** An object within itself, or nested without end, which no file can hold, is no reason to say nothing of the others. */
  private guarded(reviewed: Reviewed, config: ClusterConfig): void {
    try {
      this.one(reviewed, config);
    } catch (thrown) {
      if (!(thrown instanceof RangeError)) throw thrown;
      this.pass(reviewed, 'it is nested too deep to be walked');
    }
  }

  private one(reviewed: Reviewed, config: ClusterConfig): void {
    const verdict = this.schemas.check(reviewed.object);
    for (const { rule: id, ...fault } of verdict.faults) {
      this.note(reviewed, { id, severity: Severity.ERROR }, fault);
    }
    for (const reason of verdict.unchecked) this.pass(reviewed, reason);
    if (verdict.tooLarge !== true) this.admission(reviewed, verdict, config);
  }

  private admission(reviewed: Reviewed, verdict: SchemaVerdict, config: ClusterConfig): void {
    const selection = selectionFor(reviewed.object);
    if (selection.rules.length === 0) return;
    const subject = prepare(reviewed.object, config, { stored: verdict.object, old: reviewed.old });
    let current = selection.rules[0]!;
    const note: Note = (field, message, remedy) => this.note(reviewed, current, { field, message, remedy });
    for (const rule of selection.of(subject)) {
      current = rule;
      try {
        rule.check(subject, note);
      } catch (thrown) {
        this.pass(reviewed, `rule '${rule.id}' could not be applied: ${String(thrown)}`);
      }
    }
  }

  private pass(reviewed: Reviewed, reason: string): void {
    const { file, document } = reviewed.origin;
    this.unchecked.push({ object: referenceOf(reviewed), ...defined({ file, document }), reason });
  }

  private note(reviewed: Reviewed, rule: Named, fault: Fault): void {
    const finding: Finding = {
      rule: rule.id,
      severity: rule.severity,
      object: referenceOf(reviewed),
      field: fault.field,
      message: fault.message,
      ...defined({ remedy: fault.remedy, path: reviewed.origin.path, releases: fault.releases }),
    };
    const judged = withAcceptance(finding, reviewed.object, this.options.accept ?? []);
    (judged.accepted === undefined ? this.open : this.accepted).push(judged);
  }
}

/** The pairs to review against, the one that is asked for first. */
function releasePairs(options: ReviewOptions): ReleasePair[] {
  const pair = { kubevirt: options.kubevirt ?? LAB.kubevirt, cdi: options.cdi ?? LAB.cdi };
  const all = allPairs();
  for (const component of ['kubevirt', 'cdi'] as const) {
    const known = all.map((other) => other[component]);
    if (known.includes(pair[component])) continue;
    throw new Error(`[review] '${component}' must be ${alternatives(known)}, got ${JSON.stringify(pair[component])}`);
  }
  if (options.allReleases !== true) return [pair];
  return [pair, ...all.filter(({ kubevirt, cdi }) => kubevirt !== pair.kubevirt || cdi !== pair.cdi)];
}

type Named = Pick<Rule, 'id' | 'severity'>;
type Fault = Pick<Finding, 'field' | 'message' | 'remedy' | 'releases'>;

/** How findings name an object. */
export function referenceOf({ object, origin }: Reviewed): ObjectReference {
  const name = textAt(object, 'metadata', 'name') || `${textAt(object, 'metadata', 'generateName')}*`;
  const namespace = textAt(object, 'metadata', 'namespace') || undefined;
  const [apiVersion, kind] = [textAt(object, 'apiVersion'), textAt(object, 'kind')];
  const { file, document } = origin;
  return { apiVersion, kind, ...defined({ namespace }), name, ...defined({ file, document }) };
}

function defined<T extends object>(fields: T): Partial<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<T>;
}
