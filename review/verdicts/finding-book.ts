import { isSensitiveField } from '../../constructs/shared/sensitive';
import { SensitiveValues } from '../../constructs/shared/sensitive-values';
import { Acceptance, withAcceptance } from '../accept';
import { Finding, ObjectReference } from '../finding';
import { textAt } from '../manifests/json';
import { machineWithin } from '../manifests/machines-within';
import { Reviewed } from '../manifests/manifest';
import { placeholdersIn } from '../manifests/template';
import { ExternalObject } from '../references';
import { Unchecked } from '../report';
import { isOfAbsence, isTouched, PartialObjects } from './absence';
import { Fault, Judgement, Named, nameOf } from './judge';
import { naming, releaseIn } from './named-release';
import { RootFindings, RootsOfDocuments } from './root-merge';
import { SharedTexts } from './shared-texts';

/** What holds for all findings of a review. */
export interface BookOptions {
  readonly accept?: readonly Acceptance[];
  readonly partial?: readonly ExternalObject[];
}

/** Of as many objects as these it is kept what of them is sensitive. */
const MOST_SPOKEN_OF = 1000;

/**
 * What is said of the objects of a review: whether it holds for what is applied, whether it is accepted, and without what is
 * sensitive.
 */
export class FindingBook {
  public readonly unchecked: Unchecked[] = [];
  private readonly found = new RootFindings();
  private readonly meant = new RootFindings();
  private readonly placeholders = new Map<Reviewed, Set<string>>();
  private readonly partial: PartialObjects;
  /** Of the objects that were last spoken of. */
  private readonly sensitive = new Map<Reviewed, SensitiveValues>();
  private readonly texts = new SharedTexts();

  constructor(
    private readonly documents: RootsOfDocuments,
    private readonly options: BookOptions,
  ) {
    this.partial = new PartialObjects(options.partial);
  }

  /** What is wrong. */
  public get open(): readonly Finding[] {
    return this.documents.merged(this.found);
  }

  /** What is wrong and meant. */
  public get accepted(): readonly Finding[] {
    return this.documents.merged(this.meant);
  }

  /** Writes down what the rules of single objects say of one. */
  public enter(reviewed: Reviewed, { said, unchecked, failed }: Judgement): void {
    for (const { rule, fault } of said) this.note(reviewed, rule, fault);
    if (unchecked.length > 0) {
      for (const reason of this.within(reviewed) ?? unchecked) this.pass(reviewed, reason);
    }
    for (const reason of failed) this.pass(reviewed, reason);
  }

  /** Says once of each object what stands in the place of a value in it. */
  public passPlaceholders(): void {
    for (const [reviewed, found] of this.placeholders) {
      this.pass(
        reviewed,
        `not reviewed where it holds ${[...found].join(', ')}: fill in what stands for something else first`,
      );
    }
  }

  /** Says of each object that is a part of one what it lacks. */
  public passParts(): void {
    for (const [reviewed, reason] of this.partial.notes()) this.pass(reviewed, reason);
  }

  /** Writes down why an object was not judged, or a part of it. */
  public pass(reviewed: Reviewed, reason: string): void {
    if (this.documents.isRepeated(reviewed)) return;
    const { file, document } = reviewed.origin;
    this.unchecked.push({
      object: referenceOf(reviewed),
      ...defined({ file, document }),
      reason: this.sensitiveIn(reviewed).hide(reason),
    });
  }

  /** Writes down what a rule says of an object. */
  public note(reviewed: Reviewed, rule: Named, fault: Fault): void {
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
    const list = judged.accepted === undefined ? this.found : this.meant;
    list.add(judged, reviewed.root?.name);
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

  /** The machine in an object that no schema describes, if there is one. */
  private within({ object, origin: { file } }: Reviewed): readonly string[] | undefined {
    try {
      const within = machineWithin(object, file);
      return within === undefined ? undefined : [within];
    } catch (thrown) {
      return [`it could not be reviewed (${nameOf(thrown)})`];
    }
  }
}

/** How findings name an object. */
export function referenceOf({ object, origin }: Reviewed): ObjectReference {
  const name = textAt(object, 'metadata', 'name') || `${textAt(object, 'metadata', 'generateName')}*`;
  const namespace = textAt(object, 'metadata', 'namespace') || undefined;
  const [apiVersion, kind] = [textAt(object, 'apiVersion'), textAt(object, 'kind')];
  const { file, document } = origin;
  return { apiVersion, kind, ...defined({ namespace }), name, ...defined({ file, document }) };
}

/** An object without the fields that have no value. */
export function defined<T extends object>(fields: T): Partial<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<T>;
}
