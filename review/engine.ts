import { isSensitiveField, SensitiveValues } from '../constructs/shared/sensitive';
import { Acceptance, withAcceptance } from './accept';
import { AdmissionCheck, holdsIn, isUncompared, sourceIn } from './admission';
import { Cluster, ClusterOptions } from './cluster/cluster';
import { ConfigOptions } from './cluster/config';
import { checkGates, ClusterConfigs, gateNotes } from './cluster/config-by-file';
import { asStates } from './cluster/states';
import { versionEvidence } from './cluster/version-evidence';
import { Finding, inOrder, ObjectReference, Severity } from './finding';
import { textAt } from './manifests/json';
import { machineWithin } from './manifests/machines-within';
import { Reviewed, ReviewedManifest } from './manifests/manifest';
import { objectsOf } from './manifests/objects';
import { templateObjects } from './manifests/openshift-template';
import { manifestList } from './manifests/program-input';
import { placeholdersIn } from './manifests/template';
import { checkedOptions } from './options';
import { OUTCOME_RULES } from './outcomes';
import { byMissing, ExternalObject, REFERENCE_RULES } from './references';
import { Report, Unchecked, upgradesOf } from './report';
import { ClusterConfig, Json, Rule } from './rule';
import { checkRuleIds } from './rules';
import { allPairs, checkReleases, chooseRelease, ReleasePair, SchemaCheck, SchemaVerdict } from './schema';
import { storageFacts } from './settings/storage-facts';
import { isOfAbsence, isTouched, PartialObjects } from './verdicts/absence';
import { admissionFindings } from './verdicts/admission-findings';
import { naming, releaseIn } from './verdicts/named-release';
import { OtherReleases } from './verdicts/other-releases';
import { byRoot, RootFinding, RootsOfDocuments } from './verdicts/root-merge';
import { SharedTexts } from './verdicts/shared-texts';

/** What a review may be told: of which releases the cluster is, what it holds already, and what is meant. */
export interface ReviewOptions extends ConfigOptions {
  /**
   * Release of KubeVirt that the cluster has, one of `allPairs()`.
   *
   * @default - what a KubeVirt, CDI or HyperConverged object or the annotations of a live object name, or the nearest to it that
   * is held; else the newest that is held
   */
  readonly kubevirt?: string;

  /**
   * Release of CDI that the cluster has, one of `allPairs()`.
   *
   * @default - as that of KubeVirt, else what goes with it
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
   * Whether what is neither among the manifests nor external does not exist. Else nothing is said of a Namespace, a StorageClass
   * or an object of a kind that a root does not hold at all, unless a clone or what is done with a machine names it.
   *
   * @default false
   */
  readonly closed?: boolean;

  /**
   * Objects of which the manifests state only a part, as another owner holds the rest: what they lack is no fault. An object
   * that is annotated for server-side apply (`argocd.argoproj.io/sync-options: ServerSideApply=true`,
   * `kustomize.toolkit.fluxcd.io/ssa: Merge`) is one by itself.
   *
   * @default - none
   */
  readonly partial?: readonly ExternalObject[];

  /**
   * Findings that are known and meant; an annotation `accept.cdk8s-kubevirt/<rule>: <reason>` does the same.
   *
   * @default - none
   */
  readonly accept?: readonly Acceptance[];

  /**
   * What is known of the cluster's storage: the objects, or the text, that `kubectl get
   * storageclass,storageprofile,volumesnapshotclass,cdiconfig,cdi,csidriver,persistentvolume -o yaml` printed.
   *
   * @default - what the manifests themselves say of it
   */
  readonly storage?: Iterable<unknown>;

  /**
   * `CLASS=BACKEND`: the array behind a storage class, beside `storage`. Classes of one backend can clone to each other.
   *
   * @default - not known
   */
  readonly backends?: readonly string[];
}

/**
 * Reads finished manifests and answers all that there is to say: findings, what is accepted, and what could not be checked.
 *
 * @param manifests Plain objects, or `ReviewedManifest.of(object, origin)` where more is known.
 * @throws if the manifests are not objects, an option is unknown, there are no schemas of a release that the options name,
 *   or a rule or gate that they name is unknown.
 */
export function report(manifests: Iterable<unknown>, options: ReviewOptions = {}): Report {
  return new Review(checkedOptions(options)).run(manifestList(manifests));
}

/** What is asked of all objects of a root together. */
const ROOT_RULES = [...REFERENCE_RULES, ...OUTCOME_RULES];

/** Of as many objects as these it is kept what of them is sensitive. */
const MOST_SPOKEN_OF = 1000;

class Review {
  private readonly open: RootFinding[] = [];
  private readonly accepted: RootFinding[] = [];
  private readonly unchecked: Unchecked[] = [];
  private readonly surroundings: ClusterOptions;
  /** Objects that no schema describes: only that they exist is known. */
  private readonly unknown = new Set<Reviewed>();
  private readonly placeholders = new Map<Reviewed, Set<string>>();
  private readonly partial: PartialObjects;
  /** Of the objects that were last spoken of. */
  private readonly sensitive = new Map<Reviewed, SensitiveValues>();
  private readonly texts = new SharedTexts();
  private documents = new RootsOfDocuments([]);
  private admissionCheck = new AdmissionCheck({});
  /** Undefined unless all releases are reviewed against. */
  private otherReleases: OtherReleases | undefined;

  constructor(private readonly options: ReviewOptions) {
    checkReleases(options);
    checkRuleIds((options.accept ?? []).map(({ rule }) => rule));
    checkGates(options);
    this.partial = new PartialObjects(options.partial);
    const { external, closed, storage, backends } = options;
    this.surroundings = { external, unknown: this.unknown, closed, storage: storageFacts(storage, backends) };
  }

  public run(manifests: readonly ReviewedManifest[]): Report {
    const objects = manifests.flatMap((manifest) => this.objects(manifest));
    const { choice, notes, isAssumed, operators } = chooseRelease(this.options, versionEvidence(objects));
    const { featureGates, configuration } = this.options;
    const given = { featureGates, configuration, operators };
    const release = { release: choice.kubevirt, cdi: choice.cdi, releaseAssumed: isAssumed };
    const surroundings = { ...this.surroundings, ...release, given };
    const roots = byRoot(objects);
    const clusters = roots.map((own) => new Cluster(asStates(own), surroundings));
    const settings = clusters.flatMap(({ withSettings }) => withSettings);
    this.admissionCheck = new AdmissionCheck(release);
    const configs = new ClusterConfigs(this.options, settings, release, operators);
    for (const reason of gateNotes(this.options, choice.kubevirt)) this.unchecked.push({ reason });
    for (const reason of notes) this.unchecked.push({ reason });
    const pairs = releasePairs(choice, this.options.allReleases === true);
    const schemas = new SchemaCheck(pairs);
    if (this.options.allReleases === true) this.otherReleases = new OtherReleases(pairs.slice(1));
    this.documents = new RootsOfDocuments(objects);
    for (const cluster of clusters) {
      const beside = clusters.filter((other) => other !== cluster && this.documents.areApart(cluster, other));
      this.root(cluster, beside, schemas, configs);
    }
    for (const [reviewed, found] of this.placeholders) {
      this.pass(
        reviewed,
        `not reviewed where it holds ${[...found].join(', ')}: fill in what stands for something else first`,
      );
    }
    const uncompared = [
      ...this.admissionCheck.uncompared,
      ...ROOT_RULES.filter((rule) => holdsIn(rule, release) && isUncompared(rule, release)),
    ];
    if (uncompared.length > 0) this.unchecked.push({ reason: notCompared(uncompared, choice) });
    for (const [reviewed, reason] of this.partial.notes()) this.pass(reviewed, reason);
    const findings = this.documents.merged(this.open);
    return {
      findings: byMissing(inOrder(findings)),
      accepted: inOrder(this.documents.merged(this.accepted)),
      unchecked: this.unchecked,
      objects: objects.filter((reviewed) => isTyped(reviewed.object) && !this.documents.isRepeated(reviewed)).length,
      release: choice,
      upgrades: upgradesOf(findings, choice, pairs, configs.of({})),
      schemas: pairs,
      admission: { kubevirt: choice.kubevirt, cdi: choice.cdi },
    };
  }

  /**
   * Each object of a root by itself, and against the others of the root. What a root names may stand in another one, unless
   * both take the same document: overlays of one base are of different clusters, or of different namespaces.
   */
  private root(cluster: Cluster, beside: readonly Cluster[], schemas: SchemaCheck, configs: ClusterConfigs): void {
    const standsElsewhere = ({ kind, name, namespace }: ExternalObject): boolean =>
      beside.some((other) => other.has(kind, name, namespace));
    for (const reviewed of cluster.objects) this.guarded(reviewed, schemas, configs.of(reviewed));
    for (const rule of ROOT_RULES.filter((one) => holdsIn(one, configs.releases))) {
      try {
        rule.check(cluster, (reviewed, field, message, remedy, missing, severity = rule.severity) => {
          if (reviewed.isChanged === true) return;
          if (missing !== undefined && (reviewed.root?.isOpen === true || standsElsewhere(missing))) return;
          const source = sourceIn(rule, configs.releases);
          this.note(reviewed, { id: rule.id, severity, source }, { field, message, remedy, missing });
        });
      } catch (thrown) {
        this.unchecked.push({ reason: `rule '${rule.id}' could not be applied (${nameOf(thrown)})` });
      }
    }
  }

  private objects(manifest: ReviewedManifest): readonly Reviewed[] {
    const { objects, passedBy } = objectsOf(manifest);
    const { file, document } = manifest.origin;
    for (const reason of passedBy) this.unchecked.push({ ...defined({ file, document }), reason });
    return objects.flatMap((reviewed) => templateObjects(reviewed) ?? reviewed);
  }

  /** One object that cannot be reviewed does not end the review of the others. */
  private guarded(reviewed: Reviewed, schemas: SchemaCheck, config: ClusterConfig): void {
    try {
      this.one(reviewed, schemas, config);
    } catch (thrown) {
      const isDeep = thrown instanceof RangeError;
      this.pass(
        reviewed,
        isDeep ? 'it is nested too deep to be walked' : `it could not be reviewed (${nameOf(thrown)})`,
      );
    }
  }

  private one(reviewed: Reviewed, schemas: SchemaCheck, config: ClusterConfig): void {
    const verdict = schemas.check(reviewed.object);
    for (const { rule: id, source, ...fault } of verdict.faults) {
      this.note(reviewed, { id, severity: Severity.ERROR, source }, fault);
    }
    if (verdict.unchecked.length > 0) {
      const within = machineWithin(reviewed.object, reviewed.origin.file);
      for (const reason of within === undefined ? verdict.unchecked : [within]) this.pass(reviewed, reason);
    }
    if (verdict.known !== true) this.unknown.add(reviewed);
    this.admission(reviewed, verdict, config, schemas);
  }

  private admission(reviewed: Reviewed, verdict: SchemaVerdict, config: ClusterConfig, schemas: SchemaCheck): void {
    const failed = (rule: Rule<never>, thrown: unknown): void =>
      this.pass(reviewed, `rule '${rule.id}' could not be applied (${nameOf(thrown)})`);
    const stored = schemas.asStored(reviewed);
    const own = verdict.unread === true ? [] : admissionFindings(this.admissionCheck, stored, verdict, config, failed);
    for (const { id, severity, source, ...fault } of own) this.note(reviewed, { id, severity, source }, fault);
    const others = this.otherReleases?.refusals(reviewed, config, own) ?? [];
    for (const { id, severity, source, ...fault } of others) this.note(reviewed, { id, severity, source }, fault);
  }

  private pass(reviewed: Reviewed, reason: string): void {
    if (this.documents.isRepeated(reviewed)) return;
    const { file, document } = reviewed.origin;
    this.unchecked.push({
      object: referenceOf(reviewed),
      ...defined({ file, document }),
      reason: this.sensitiveIn(reviewed).hide(reason),
    });
  }

  private note(reviewed: Reviewed, rule: Named, fault: Fault): void {
    if (isTouched(reviewed, fault.field)) return;
    const isAbsent = isOfAbsence({ rule: rule.id, message: fault.message });
    if (isAbsent && (reviewed.isChanged === true || this.partial.lacks(reviewed, fault.field))) return;
    const placeholders = placeholdersIn(fault.message, fault.field);
    const isHidden = placeholders.length > 0 && isSensitiveField(textAt(reviewed.object, 'kind'), fault.field);
    if (isHidden) placeholders.splice(0, Infinity, `a placeholder in ${fault.field}`);
    if (placeholders.length > 0) {
      const known = this.placeholders.get(reviewed) ?? new Set();
      this.placeholders.set(reviewed, new Set([...known, ...placeholders]));
      return;
    }
    const sensitive = this.sensitiveIn(reviewed);
    const { source } = rule;
    const releases = fault.releases ?? [releaseIn(source)].filter((title) => title !== undefined);
    const finding: Finding = {
      rule: rule.id,
      severity: rule.severity,
      object: referenceOf(reviewed),
      field: this.texts.shared(fault.field),
      message: this.texts.shared(naming(sensitive.hide(fault.message, fault.field), releases)),
      ...defined({
        remedy: fault.remedy === undefined ? undefined : this.texts.shared(sensitive.hide(fault.remedy)),
        missing: fault.missing,
        path: reviewed.origin.path,
        releases: fault.releases,
        serverField: fault.serverField,
        source,
      }),
    };
    const judged = withAcceptance(finding, reviewed.object, this.options.accept ?? []);
    const list = judged.accepted === undefined ? this.open : this.accepted;
    list.push({ finding: judged, root: reviewed.root?.name });
  }

  private sensitiveIn(reviewed: Reviewed): SensitiveValues {
    let values = this.sensitive.get(reviewed);
    if (values === undefined) {
      if (this.sensitive.size >= MOST_SPOKEN_OF) this.sensitive.clear();
      values = new SensitiveValues(textAt(reviewed.object, 'kind'), [reviewed.object, reviewed.old]);
      this.sensitive.set(reviewed, values);
    }
    return values;
  }
}

/** That rules were not compared with a release, once for all of them. */
function notCompared(rules: readonly { readonly id: string }[], { kubevirt, cdi }: ReleasePair): string {
  const some = rules.slice(0, 3).map(({ id }) => id);
  const more = rules.length > some.length ? ` and ${rules.length - some.length} more` : '';
  return `rules that nobody has compared with the source of KubeVirt ${kubevirt} and CDI ${cdi}, taken as in other releases: ${some.join(', ')}${more} ('cdk8s-kubevirt rules --format json' names them as unchecked)`;
}

/** The pairs to review against, the chosen one first. */
function releasePairs({ kubevirt, cdi }: ReleasePair, all: boolean): ReleasePair[] {
  const others = allPairs().filter((pair) => pair.kubevirt !== kubevirt || pair.cdi !== cdi);
  return [{ kubevirt, cdi }, ...(all ? others : [])];
}

/** The class of an error alone: its message may repeat a value. */
function nameOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.name : 'an unknown error';
}

type Named = Pick<Rule, 'id' | 'severity' | 'source'>;
type Fault = Pick<Finding, 'field' | 'serverField' | 'message' | 'remedy' | 'missing' | 'releases'>;

/** Whether it is an object of a cluster at all; the values of a chart are not. */
function isTyped(object: Json): boolean {
  return textAt(object, 'apiVersion') !== '' && textAt(object, 'kind') !== '';
}

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
