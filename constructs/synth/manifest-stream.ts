import { lstatSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, resolve } from 'node:path';
import { ApiObject, Chart } from 'cdk8s';
import { IConstruct } from 'constructs';
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
    if (!this.faults.isEmpty) return;
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

/** What the API server tells objects apart by: group, kind, namespace and name. */
export function identity(manifest: unknown): string | undefined {
  const { apiVersion, kind, metadata } = (manifest ?? {}) as Record<string, unknown>;
  const { namespace, name } = (metadata ?? {}) as Record<string, unknown>;
  if (typeof name !== 'string' || typeof apiVersion !== 'string') return undefined;
  const group = apiVersion.includes('/') ? `.${apiVersion.split('/')[0]}` : '';
  return `${String(kind)}${group} '${namespace === undefined ? '' : `${String(namespace)}/`}${name}'`;
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
