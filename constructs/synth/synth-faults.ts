import { ApiObject } from 'cdk8s';
import { IConstruct } from 'constructs';
import { userError } from '../shared/user-error';

/** Collects everything that is wrong with an app, to refuse it in one error. */
export class SynthFaults {
  private readonly lines = new Set<string>();
  private paths: Set<string> | undefined;

  public constructor(private readonly app: IConstruct) {}

  /** Whether nothing has been noted. */
  public get isEmpty(): boolean {
    return this.lines.size === 0;
  }

  /** Notes a fault of what stands at `subject`: a construct's path, or the name of a prop or verb. */
  public note(subject: string, sentence: string): void {
    this.lines.add(`[${subject || '<root>'}] ${sentence}`);
  }

  /** Notes what a construct threw, or what its validation returned; a line that names its construct stays as it is. */
  public report(construct: IConstruct, error: unknown): void {
    const entries: string[] = [];
    for (const line of unwrap(construct, error).trimEnd().split('\n')) {
      if (this.namesConstruct(line)) entries.push(line);
      else if (entries.length === 0) entries.push(`[${construct.node.path || '<root>'}] ${line}`);
      else entries.push(`${entries.pop()}\n    ${line}`);
    }
    for (const entry of entries) this.lines.add(entry);
  }

  /** @throws if anything has been noted, with all of it. */
  public refuse(): void {
    if (this.isEmpty) return;
    const text = `synthesis failed, the output stays as it was:\n  ${[...this.lines].join('\n  ')}`;
    throw userError(text, 'node-do-not-add-exception-line');
  }

  private namesConstruct(line: string): boolean {
    const subject = /^\[([^\]]*)\] /.exec(line)?.[1];
    if (subject === undefined) return false;
    this.paths ??= new Set(this.app.node.findAll().map((construct) => construct.node.path));
    return this.paths.has(subject);
  }
}

/** The text of an error without the words that cdk8s's `ApiObject.toJson` wraps it in. */
function unwrap(construct: IConstruct, error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  if (!ApiObject.isApiObject(construct)) return text;
  const wrapper = `Failed serializing construct at path '${construct.node.path}' with name '${construct.name}': `;
  return text.startsWith(wrapper) ? text.slice(wrapper.length).replace(/^Error: /, '') : text;
}
