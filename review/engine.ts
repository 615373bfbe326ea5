import { firstWords } from '../constructs/shared/wording';
import { Acceptance } from './accept';
import { holdsIn, isUncompared, sourceIn } from './admission';
import { Cluster, ClusterOptions } from './cluster/cluster';
import { ConfigOptions } from './cluster/config';
import { checkGates, ClusterConfigs, gateNotes } from './cluster/config-by-file';
import { asStates } from './cluster/states';
import { versionEvidence } from './cluster/version-evidence';
import { inOrder } from './finding';
import { textAt } from './manifests/json';
import { Reviewed, ReviewedManifest } from './manifests/manifest';
import { objectsOf } from './manifests/objects';
import { templateObjects } from './manifests/openshift-template';
import { manifestList } from './manifests/program-input';
import { checkedOptions } from './options';
import { OUTCOME_RULES } from './outcomes';
import { byMissing, ExternalObject, REFERENCE_RULES } from './references';
import { Report, Unchecked, upgradesOf } from './report';
import { Json } from './rule';
import { checkRuleIds } from './rules';
import { checkReleases, chooseRelease, ReleaseChoice, ReleasePair } from './schema';
import { storageFacts } from './settings/storage-facts';
import { defined, FindingBook } from './verdicts/finding-book';
import { Fault, isSilent, Judge, JudgedReleases, Judgement, Named, nameOf } from './verdicts/judge';
import { OtherJudges } from './verdicts/other-judges';
import { byRoot, RootsOfDocuments } from './verdicts/root-merge';
import { TypeSamples } from './verdicts/type-samples';

export { referenceOf } from './verdicts/finding-book';

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
  return new Review(knownOptions(options)).run(manifestList(manifests));
}

/** As `report`, with others who judge single objects at the same time. */
export function reportWith(others: OtherJudges, manifests: Iterable<unknown>, options: ReviewOptions): Promise<Report> {
  return new Review(knownOptions(options)).runWith(manifestList(manifests), others);
}

/**
 * The options of a review without those that are empty, once what they name is known.
 *
 * @throws if an option is unknown, or a release, a rule or a gate that one names.
 */
export function knownOptions(options: ReviewOptions): ReviewOptions {
  const known = checkedOptions(options);
  checkReleases(known);
  checkRuleIds((known.accept ?? []).map(({ rule }) => rule));
  checkGates(known);
  return known;
}

/** What is asked of all objects of a root together. */
const ROOT_RULES = [...REFERENCE_RULES, ...OUTCOME_RULES];

/** A root, and the others that take no document with it. */
interface CourtRoot {
  readonly cluster: Cluster;
  readonly beside: readonly Cluster[];
}

/** What stands before the first rule is asked. */
interface Court {
  readonly objects: readonly Reviewed[];
  readonly choice: ReleaseChoice;
  readonly documents: RootsOfDocuments;
  readonly roots: readonly CourtRoot[];
  readonly configs: ClusterConfigs;
  readonly releases: JudgedReleases;
  readonly judge: Judge;
  readonly book: FindingBook;
}

class Review {
  private readonly surroundings: ClusterOptions;
  /** Objects that no schema describes: only that they exist is known. */
  private readonly unknown = new Set<Reviewed>();

  constructor(private readonly options: ReviewOptions) {
    const { external, closed, storage, backends } = options;
    this.surroundings = { external, unknown: this.unknown, closed, storage: storageFacts(storage, backends) };
  }

  /** All in this thread. */
  public run(manifests: readonly ReviewedManifest[]): Report {
    const court = this.court(manifests);
    for (const root of court.roots) {
      for (const reviewed of root.cluster.objects) {
        const judgement = court.judge.judge(reviewed, court.configs.of(reviewed));
        if (!judgement.isKnown) this.unknown.add(reviewed);
        if (!isSilent(judgement)) court.book.enter(reviewed, judgement);
      }
      askOfRoot(root, court.configs, (said) => write(court.book, said));
    }
    return this.reportOf(court);
  }

  /** With others who judge single objects, while this thread asks the rules of roots. */
  public async runWith(manifests: readonly ReviewedManifest[], others: OtherJudges): Promise<Report> {
    const court = this.court(manifests);
    const { roots, configs, book } = court;
    const own = this.judgedHere(court, others);
    const ofRoots = roots.map((root) => {
      const all: RootSaid[] = [];
      askOfRoot(root, configs, (said) => all.push(said));
      return all;
    });
    const theirs = await others.judgements();
    for (const [index, { cluster }] of roots.entries()) {
      for (const reviewed of cluster.objects) {
        const judgement = own.get(reviewed) ?? theirs.get(reviewed);
        if (judgement !== undefined) book.enter(reviewed, judgement);
      }
      for (const said of ofRoots[index]!) write(book, said);
    }
    return this.reportOf(court);
  }

  /** What is said of the objects that no other judge takes. */
  private judgedHere({ roots, configs, releases, judge }: Court, others: OtherJudges): Map<Reviewed, Judgement> {
    const asked = roots.flatMap(({ cluster }) =>
      cluster.objects.map((reviewed) => ({ reviewed, config: configs.of(reviewed) })),
    );
    const samples = new TypeSamples(asked.map(({ reviewed }) => reviewed));
    const taken = others.take(
      asked.filter(({ reviewed }) => !samples.has(reviewed)),
      releases,
    );
    const own = new Map<Reviewed, Judgement>();
    for (const one of asked) {
      const { reviewed, config } = one;
      if (taken.has(reviewed)) {
        if (!samples.isKnown(reviewed)) this.unknown.add(reviewed);
        continue;
      }
      const judgement = judge.judge(reviewed, config);
      samples.learn(reviewed, judgement);
      others.hear?.(one, judgement);
      if (!judgement.isKnown) this.unknown.add(reviewed);
      if (!isSilent(judgement)) own.set(reviewed, judgement);
    }
    return own;
  }

  private court(manifests: readonly ReviewedManifest[]): Court {
    const { objects, passedBy } = split(manifests);
    const { choice, notes, isAssumed, operators } = chooseRelease(this.options, versionEvidence(objects));
    const { featureGates, configuration, allReleases = false } = this.options;
    const given = { featureGates, configuration, operators };
    const release = { release: choice.kubevirt, cdi: choice.cdi, releaseAssumed: isAssumed };
    const surroundings = { ...this.surroundings, ...release, given };
    const clusters = byRoot(objects).map((own) => new Cluster(asStates(own), surroundings));
    const settings = clusters.flatMap(({ withSettings }) => withSettings);
    const configs = new ClusterConfigs(this.options, settings, release, operators);
    const documents = new RootsOfDocuments(objects);
    const book = new FindingBook(documents, this.options);
    for (const unchecked of passedBy) book.unchecked.push(unchecked);
    for (const reason of gateNotes(this.options, choice.kubevirt)) book.unchecked.push({ reason });
    for (const reason of notes) book.unchecked.push({ reason });
    const roots = clusters.map((cluster) => ({
      cluster,
      beside: clusters.filter((other) => other !== cluster && documents.areApart(cluster, other)),
    }));
    const releases = { release: choice.kubevirt, cdi: choice.cdi, allReleases };
    return { objects, choice, documents, roots, configs, releases, judge: new Judge(releases), book };
  }

  private reportOf({ objects, choice, documents, configs, judge, book }: Court): Report {
    book.passPlaceholders();
    const { releases } = configs;
    const uncompared = [
      ...judge.uncompared,
      ...ROOT_RULES.filter((rule) => holdsIn(rule, releases) && isUncompared(rule, releases)),
    ];
    if (uncompared.length > 0) book.unchecked.push({ reason: notCompared(uncompared, choice) });
    book.passParts();
    const findings = book.open;
    return {
      findings: byMissing(inOrder(findings)),
      accepted: inOrder(book.accepted),
      unchecked: book.unchecked,
      objects: objects.filter((reviewed) => isTyped(reviewed.object) && !documents.isRepeated(reviewed)).length,
      release: choice,
      upgrades: upgradesOf(findings, choice, judge.pairs, configs.of({})),
      schemas: judge.pairs,
      admission: { kubevirt: choice.kubevirt, cdi: choice.cdi },
    };
  }
}

/** The objects of manifests, and why others have none: with loops, as there may be a million. */
function split(manifests: readonly ReviewedManifest[]): {
  objects: readonly Reviewed[];
  passedBy: readonly Unchecked[];
} {
  const objects: Reviewed[] = [];
  const all: Unchecked[] = [];
  for (const manifest of manifests) {
    const { objects: own, passedBy } = objectsOf(manifest);
    const { file, document } = manifest.origin;
    for (const reason of passedBy) all.push({ ...defined({ file, document }), reason });
    for (const one of own) {
      const within = templateObjects(one);
      if (within === undefined) objects.push(one);
      else for (const object of within) objects.push(object);
    }
  }
  return { objects, passedBy: all };
}

/** What a rule of roots says of an object, or why it could not be applied. */
type RootSaid =
  { readonly reviewed: Reviewed; readonly rule: Named; readonly fault: Fault } | { readonly reason: string };

function write(book: FindingBook, said: RootSaid): void {
  if ('reason' in said) book.unchecked.push(said);
  else book.note(said.reviewed, said.rule, said.fault);
}

/**
 * The objects of a root against each other. What a root names may stand in another one, unless both take the same document:
 * overlays of one base are of different clusters, or of different namespaces.
 */
function askOfRoot({ cluster, beside }: CourtRoot, { releases }: ClusterConfigs, say: (said: RootSaid) => void): void {
  const standsElsewhere = ({ kind, name, namespace }: ExternalObject): boolean =>
    beside.some((other) => other.has(kind, name, namespace));
  for (const rule of ROOT_RULES.filter((one) => holdsIn(one, releases))) {
    try {
      rule.check(cluster, (reviewed, field, message, remedy, missing, severity = rule.severity) => {
        if (reviewed.isChanged === true) return;
        if (missing !== undefined && (reviewed.root?.isOpen === true || standsElsewhere(missing))) return;
        const source = sourceIn(rule, releases);
        say({ reviewed, rule: { id: rule.id, severity, source }, fault: { field, message, remedy, missing } });
      });
    } catch (thrown) {
      say({ reason: `rule '${rule.id}' could not be applied (${nameOf(thrown)})` });
    }
  }
}

/** That rules were not compared with a release, once for all of them. */
function notCompared(rules: readonly { readonly id: string }[], { kubevirt, cdi }: ReleasePair): string {
  const ids = rules.map(({ id }) => id);
  return `rules that nobody has compared with the source of KubeVirt ${kubevirt} and CDI ${cdi}, taken as in other releases: ${firstWords(ids, 3)} ('cdk8s-kubevirt rules --format json' names them as unchecked)`;
}

/** Whether it is an object of a cluster at all; the values of a chart are not. */
function isTyped(object: Json): boolean {
  return textAt(object, 'apiVersion') !== '' && textAt(object, 'kind') !== '';
}
