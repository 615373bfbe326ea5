import { lstatSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, resolve } from 'node:path';
import { ApiObject, Chart } from 'cdk8s';
import { IConstruct } from 'constructs';
import { ChartAnnotations, longText, ObjectText, ObjectWriter } from './object-text';
import { SynthFaults } from './synth-faults';

/** Where rendered text goes. */
export interface TextTarget {
  write(text: string): void;
}

/** Manifests as one YAML stream: documents with `---` between them. */
export class ManifestStream {
  private documents = 0;

  public constructor(
    private readonly target: TextTarget,
    private readonly faults: SynthFaults,
    private readonly writer: ObjectWriter,
  ) {}

  /** Whether nothing has been written. */
  public get empty(): boolean {
    return this.documents === 0;
  }

  /**
   * Writes a chart's objects; one that fails is noted, and the others go on.
   *
   * @param annotations What each of them is annotated with.
   */
  public addChart(chart: Chart, objects: readonly ApiObject[], annotations?: ChartAnnotations): void {
    const owners = new Map<string, string>();
    if (chart.toJson !== Chart.prototype.toJson) {
      this.attempt(chart, () =>
        Object.values(chart.toJson()).forEach((each) => this.add(chart, longText(each, annotations), owners)),
      );
      return;
    }
    for (const object of objects) {
      this.attempt(object, () => this.add(object, this.writer.write(object, annotations), owners));
    }
  }

  private attempt(construct: IConstruct, render: () => void): void {
    try {
      render();
    } catch (error) {
      this.faults.report(construct, error);
    }
  }

  private add(construct: IConstruct, { text, identity }: ObjectText, owners: Map<string, string>): void {
    this.noteTwin(construct, identity, owners);
    // After a fault nothing is put in place: the rest is rendered only to find its faults.
    if (!this.faults.isEmpty) return;
    this.target.write(this.documents++ === 0 ? text : `---\n${text}`);
  }

  private noteTwin(construct: IConstruct, identity: string | undefined, owners: Map<string, string>): void {
    if (identity === undefined) return;
    const owner = owners.get(identity);
    if (owner === undefined) owners.set(identity, construct.node.path);
    else {
      const why = `must make an object of its own, got ${identity}, as [${owner}] in this chart`;
      this.faults.note(construct.node.path, why);
    }
  }
}

/** The file that holds the whole stream under `--stdout`; the command line prints what ends in `.yaml`. */
export const STREAM_FILE = 'app.k8s.yaml';

/**
 * Whether a folder is the one that `cdk8s synth --stdout` makes: an empty temporary folder. The
 * command line gives no other sign, and prints all files in it at once, with nothing between.
 *
 * @see https://github.com/cdk8s-team/cdk8s-cli/blob/2.x/src/util.ts
 */
export function isStdoutFolder(folder: string): boolean {
  const path = resolve(folder);
  if (dirname(path) !== resolve(tmpdir()) || !/^cdk8s-[A-Za-z0-9]{6}$/.test(basename(path))) return false;
  return lstatSync(path, { throwIfNoEntry: false })?.isDirectory() === true && readdirSync(path).length === 0;
}
