import { ApiObject, Chart } from 'cdk8s';
import { IConstruct } from 'constructs';
import { identity } from './identity';
import { manifestText } from './manifest-text';
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
    /** What is added to a manifest before it is written. */
    private readonly complete: (manifest: unknown) => unknown = (manifest) => manifest,
  ) {}

  /** Whether nothing has been written. */
  public get empty(): boolean {
    return this.documents === 0;
  }

  /** Writes a chart's objects; one that fails is noted, and the others go on. */
  public addChart(chart: Chart, objects: readonly ApiObject[]): void {
    const owners = new Map<string, string>();
    if (chart.toJson !== Chart.prototype.toJson) {
      this.attempt(chart, () => Object.values(chart.toJson()).forEach((each) => this.add(chart, each, owners)));
      return;
    }
    for (const object of objects) this.attempt(object, () => this.add(object, object.toJson(), owners));
  }

  private attempt(construct: IConstruct, render: () => void): void {
    try {
      render();
    } catch (error) {
      this.faults.report(construct, error);
    }
  }

  private add(construct: IConstruct, manifest: unknown, owners: Map<string, string>): void {
    this.noteTwin(construct, manifest, owners);
    const text = manifestText(this.complete(manifest));
    // After a fault nothing is put in place: the rest is rendered only to find its faults.
    if (!this.faults.none) return;
    this.target.write(this.documents++ === 0 ? text : `---\n${text}`);
  }

  private noteTwin(construct: IConstruct, manifest: unknown, owners: Map<string, string>): void {
    const key = identity(manifest);
    if (key === undefined) return;
    const owner = owners.get(key);
    if (owner === undefined) owners.set(key, construct.node.path);
    else
      this.faults.note(construct.node.path, `must make an object of its own, got ${key}, as [${owner}] in this chart`);
  }
}
