import { ApiObject, Chart } from 'cdk8s';
import { Namespace } from 'cdk8s-kubevirt';
import {
  type InventoryGroup,
  type InventoryStep,
  type ObjectKey,
  objectPicture,
} from 'cdk8s-kubevirt/review/inventory';
import { Construct } from 'constructs';
import { renderRunbook, Runbook, RunbookStep } from './runbook';

/** What a chapter is about. */
export type ChapterText = Pick<Runbook, 'title' | 'shows' | 'needs'>;

/** A step that applies manifests: what it is called, and where its objects stand. */
export interface ApplyStep extends Pick<RunbookStep, 'title' | 'text'> {
  /** Namespace of the step's objects. */
  readonly namespace?: string;
  /** Whether the step makes that namespace. */
  readonly newNamespace?: boolean;
}

/** What follows when a step's manifests have been applied. */
export interface FollowUp extends Pick<RunbookStep, 'watch' | 'look' | 'inGuest'> {
  /** Commands that come next. */
  readonly next?: readonly string[];
}

/**
 * A chapter: its steps are charts, and commands between them. The step's place in the runbook is
 * that of the call which adds it; its manifests are applied in the order of their names.
 */
export abstract class Chapter extends Construct {
  private readonly steps: RunbookStep[] = [];
  private readonly remarks: string[] = [];
  private readonly reasons: string[] = [];
  private readonly cleanUps: string[] = [];
  private readonly charts: (Chart | readonly ObjectKey[])[] = [];
  private readonly undone: ObjectKey[] = [];

  /** @param text what the chapter is about */
  protected constructor(
    scope: Construct,
    id: string,
    public readonly text: ChapterText,
  ) {
    super(scope, id);
  }

  /** The chapter's runbook, as Markdown. */
  public renderRunbook(): string {
    return renderRunbook({
      ...this.text,
      picture: objectPicture(manifestsOf(this)),
      remarks: this.remarks,
      steps: this.pictured(),
      hangs: this.reasons,
      cleanUp: this.cleanUps,
    });
  }

  /** The steps; one that changes what an earlier one made has a picture of what stands after it. */
  private pictured(): RunbookStep[] {
    const state = new Map<string, object>();
    return this.steps.map((step, index) => {
      const chart = this.charts[index];
      if (!(chart instanceof Chart)) {
        for (const key of chart ?? []) state.delete(titleOf(key));
        return step;
      }
      const made = manifestsOf(chart).map((manifest) => [titleOf(keyOf(manifest)), manifest] as const);
      const changes = made.some(([title]) => state.has(title));
      for (const [title, manifest] of made) state.set(title, manifest);
      return changes ? { ...step, picture: objectPicture([...state.values()]) } : step;
    });
  }

  /** What the chapter makes and deletes, in order, to be counted. */
  public inventoryGroup(): InventoryGroup {
    const steps = this.charts.map((chart): InventoryStep =>
      chart instanceof Chart ? { manifests: manifestsOf(chart) } : { removed: chart },
    );
    return { name: this.node.id, steps, cleanUp: this.undone };
  }

  /** Adds a step that applies manifests: `fill` makes the objects, and says what follows. */
  protected apply(id: string, { namespace, newNamespace, ...step }: ApplyStep, fill: (chart: Chart) => FollowUp): void {
    const chart = new Chart(this, id, { namespace });
    if (newNamespace && namespace !== undefined) new Namespace(chart, namespace);
    const { next = [], ...rest } = fill(chart);
    this.charts.push(chart);
    this.steps.push({ ...step, ...rest, commands: [`kubectl apply -f dist/${chart.node.path}.k8s.yaml`, ...next] });
  }

  /** Adds a step that applies nothing, and says what its commands delete. */
  protected run(step: RunbookStep, removed: readonly ObjectKey[] = []): void {
    this.steps.push(step);
    this.charts.push(removed);
  }

  /** Adds a table or a remark before the steps, as Markdown. */
  protected remark(markdown: string): void {
    this.remarks.push(markdown);
  }

  /** Says where the reason stands when a step waits too long, as Markdown. */
  protected hangs(...reasons: string[]): void {
    this.reasons.push(...reasons);
  }

  /** Adds commands that undo the chapter; they run in the order in which they were added. */
  protected cleanUp(...commands: string[]): void {
    this.cleanUps.push(...commands);
  }

  /** Says what of the cluster's storage the clean-up sets back, for the chapters that come after. */
  protected setsBack(...objects: ObjectKey[]): void {
    this.undone.push(...objects);
  }
}

function keyOf(manifest: object): ObjectKey {
  const { kind, metadata } = manifest as { kind: string; metadata: { name: string; namespace?: string } };
  return { kind, ...metadata };
}

function titleOf({ kind, namespace = '', name }: ObjectKey): string {
  return `${kind} ${namespace}/${name}`;
}

/** All manifests, in the order of definition. */
function manifestsOf(scope: Construct): object[] {
  return scope.node.findAll().flatMap((node) => (ApiObject.isApiObject(node) ? [node.toJson() as object] : []));
}
