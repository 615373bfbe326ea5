import { ApiObject, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { Namespace } from '../constructs';
import { picture } from './picture';
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
export interface FollowUp extends Pick<RunbookStep, 'look' | 'inGuest'> {
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
  private readonly cleanUps: string[] = [];

  protected constructor(
    scope: Construct,
    id: string,
    private readonly text: ChapterText,
  ) {
    super(scope, id);
  }

  /** The chapter's runbook, as Markdown. */
  public renderRunbook(): string {
    return renderRunbook({
      ...this.text,
      picture: picture(this.manifests()),
      remarks: this.remarks,
      steps: this.steps,
      cleanUp: this.cleanUps,
    });
  }

  /** Adds a step that applies manifests: `fill` makes the objects, and says what follows. */
  protected apply(id: string, { namespace, newNamespace, ...step }: ApplyStep, fill: (chart: Chart) => FollowUp): void {
    const chart = new Chart(this, id, { namespace });
    if (newNamespace && namespace !== undefined) new Namespace(chart, namespace);
    const { next = [], ...rest } = fill(chart);
    this.steps.push({ ...step, ...rest, commands: [`kubectl apply -f dist/${chart.node.path}.k8s.yaml`, ...next] });
  }

  /** Adds a step that applies nothing. */
  protected run(step: RunbookStep): void {
    this.steps.push(step);
  }

  /** Adds a table or a remark before the steps, as Markdown. */
  protected remark(markdown: string): void {
    this.remarks.push(markdown);
  }

  /** Adds commands that undo the chapter; they run in the order in which they were added. */
  protected cleanUp(...commands: string[]): void {
    this.cleanUps.push(...commands);
  }

  /** All manifests, in the order of the steps. */
  private manifests(): object[] {
    return this.node.findAll().flatMap((node) => (ApiObject.isApiObject(node) ? [node.toJson()] : []));
  }
}
