import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ApiObject, App, Chart, IAnyProducer } from 'cdk8s';
import { IConstruct } from 'constructs';
import { DeclaredObject, externalsOf } from '../shared/external';
import { EXTERNAL } from '../shared/external-mark';
import { CollectedText } from './collected-text';
import { Dependencies } from './dependencies';
import { Documents } from './documents';
import { refuseDropped } from './dropped-values';
import { FilePlan, METADATA_FILE, RECORD_FILE } from './file-plan';
import { removeFile } from './file-system';
import { GitOpsLayout } from './git-ops';
import { checkProps, ManifestAppProps } from './manifest-app-props';
import { isStdoutFolder, ManifestStream, STREAM_FILE, TextTarget } from './manifest-stream';
import { lateCharts } from './needed-first';
import { objectOrder } from './object-order';
import { ObjectWriter } from './object-text';
import { OutputFolder } from './output-folder';
import { Progress } from './progress';
import { SynthFaults } from './synth-faults';
import { shownLine, SynthCount, synthLine } from './synth-line';
import { TextFile } from './text-file';

/**
 * An app that writes one file for each chart, and the whole tree of them or nothing.
 *
 * - The path of a file is the path of its chart in the construct tree: chart `2-vm` in construct
 *   `1-2-import` is written to `1-2-import/2-vm.k8s.yaml`. A dependency renames no file.
 * - The content of a file is, byte for byte, what cdk8s's own `App` gives for that chart, but that what `kubectl apply`
 *   must meet first (a Namespace, a class, a quota, an instance type, a preference) is put before the first object that
 *   needs it, unless it depends on that.
 * - All faults of the app are thrown in one error, and the old output stays as it was.
 * - The new output takes the place of the old one as a whole. Files that an earlier synth wrote
 *   (the record `.cdk8s-files` names them) and this one does not, are gone; what others put into
 *   the folder stays. A file of others that would be overwritten is refused by name.
 * - Where the folder cannot be moved (it is a mount point, its parent is read-only, or the working
 *   folder stands in it) its files are replaced one by one, after the old ones were kept.
 * - A process that is killed leaves a journal, which says where the old output stands; the next
 *   synth puts it back before it writes, and the review reads it from there.
 * - Two processes write a folder one after the other: the second one waits for ten seconds, then fails.
 * - Under `cdk8s synth --stdout` it is one stream, `---` between the documents, the charts in the
 *   order of definition where dependencies do not ask for another.
 * - The time is linear in constructs and dependencies: both are read once, not once a chart.
 *
 * One app to a folder: a second one would take the files of the first for its own old ones.
 *
 * @see https://cdk8s.io/docs/latest/basics/app/
 */
export class ManifestApp extends App {
  private readonly recordsMetadata: boolean;
  private readonly documents = new Documents();
  private readonly outdirGiven: boolean;
  private readonly gitOps: boolean;
  private readonly overwrite: boolean;
  private streams: boolean | undefined;

  /**
   * An app that writes one file for each chart when `synth` is called.
   *
   * @param props Where to; by default to where the cdk8s command line wants it, else to `dist`.
   * @throws if a prop is unknown, or has a value that it does not take; all faults in one error.
   */
  public constructor(props: ManifestAppProps = {}) {
    checkProps(props);
    const recordConstructMetadata =
      props.recordConstructMetadata ?? process.env.CDK8S_RECORD_CONSTRUCT_METADATA === 'true';
    super({
      outdir: props.outdir ?? (process.env.CDK8S_OUTDIR || 'dist'),
      outputFileExtension: props.outputFileExtension,
      resolvers: props.resolvers,
      recordConstructMetadata,
    });
    this.recordsMetadata = recordConstructMetadata;
    this.outdirGiven = props.outdir !== undefined;
    this.gitOps = props.gitOps ?? false;
    this.overwrite = props.overwrite ?? false;
  }

  /**
   * The charts, each after those it depends on and after those that hold what it needs, such as its Namespace, else in the
   * order of definition.
   *
   * @throws if charts depend on each other in a cycle.
   */
  public override get charts(): Chart[] {
    const faults = new SynthFaults(this);
    const charts = chartsOf(new Dependencies(this, faults));
    faults.refuse();
    return charts;
  }

  /**
   * Adds a text file to the output, which is written together with the manifests. It is not
   * written under `cdk8s synth --stdout`.
   *
   * @param path Where it stands in the output folder, '/' between names. No `.yaml`, `.yml` or
   *   `.json`: kubectl and the cdk8s command line would take it for a manifest.
   * @param text Produces the text. Called once a synth, after the manifests were rendered.
   * @throws if the path leads out of the output folder, would be taken for a manifest, or is taken.
   */
  public addDocument(path: string, text: IAnyProducer): void {
    this.documents.add(path, text);
  }

  /**
   * Writes all files.
   *
   * @throws if anything in the app is at fault, with all that is; if a file that somebody else made would be
   *   overwritten; if another process writes the folder for longer than ten seconds; if a call of the system fails.
   */
  public override synth(): void {
    // Kept, because the folder is no longer empty when the app is synthesized again.
    this.streams ??= !this.outdirGiven && process.env.CDK8S_OUTDIR === this.outdir && isStdoutFolder(this.outdir);
    if (this.streams) this.synthStream();
    else this.synthTree();
  }

  /**
   * All manifests as one stream, in the order of `charts`.
   *
   * @throws if anything in the app is at fault, with all that is.
   */
  public override synthYaml(): string {
    const faults = new SynthFaults(this);
    const text = new CollectedText();
    this.renderStream(this.validated(faults), faults, text);
    faults.refuse();
    return text.whole();
  }

  /** The app with its dependencies, once its constructs were asked for their faults: what they add then is part of it. */
  private validated(faults: SynthFaults): Dependencies {
    for (const construct of this.node.findAll()) validate(construct, faults);
    return new Dependencies(this, faults);
  }

  private synthStream(): void {
    const faults = new SynthFaults(this);
    const app = this.validated(faults);
    const path = join(this.outdir, STREAM_FILE);
    const file = new TextFile(path);
    try {
      const { empty, metadata } = this.renderStream(app, faults, file);
      file.close();
      faults.refuse();
      if (empty) removeFile(path);
      if (this.recordsMetadata)
        writeFileSync(join(this.outdir, METADATA_FILE), constructMetadata(metadata, app.constructs));
    } catch (error) {
      file.abandon();
      emptyFolder(this.outdir);
      throw error;
    }
  }

  private renderStream(app: Dependencies, faults: SynthFaults, target: TextTarget): Rendered {
    const stream = new ManifestStream(target, faults, new ObjectWriter(this.resolvers));
    const metadata: ApiObject[] = [];
    for (const chart of chartsOf(app)) {
      const objects = objectOrder(chart, app, faults);
      stream.addChart(chart, objects);
      if (this.recordsMetadata) for (const object of objects) metadata.push(object);
    }
    return { empty: stream.empty, metadata };
  }

  private synthTree(): void {
    const folder = new OutputFolder(this.outdir);
    try {
      this.writeTree(folder);
    } catch (error) {
      folder.abandon();
      throw error;
    }
    folder.close();
  }

  private writeTree(folder: OutputFolder): void {
    const faults = new SynthFaults(this);
    const count = this.renderTree(this.validated(faults), faults, folder);
    faults.refuse();
    const conflicts = folder.conflicts();
    for (const path of this.overwrite ? [] : conflicts) {
      const why = `must not be overwritten, got '${path}' in '${this.outdir}', which this app did not write`;
      faults.note(path, `${why}; move it away, or write new ManifestApp({ overwrite: true })`);
    }
    faults.refuse();
    const stock = folder.commit();
    const others = stock.filter((path) => !folder.holds(path));
    if (stock.length > others.length) process.stderr.write(takeOverLine(this.outdir, stock.length, others));
    if (process.stderr.isTTY) process.stderr.write(shownLine(synthLine(this.outdir, count), process.stderr));
  }

  private renderTree(app: Dependencies, faults: SynthFaults, folder: OutputFolder): SynthCount {
    const charts = chartsOf(app);
    const layout = this.gitOps ? new GitOpsLayout(charts, app) : undefined;
    const plan = this.planFiles(app, faults, folder, layout);
    const metadata: ApiObject[] = [];
    const progress = new Progress(charts.length);
    const writer = new ObjectWriter(this.resolvers);
    for (const chart of charts) {
      const objects = objectOrder(chart, app, faults);
      const file = faults.isEmpty ? folder.create(plan.pathOf(chart)) : undefined;
      new ManifestStream(file ?? { write: () => undefined }, faults, writer).addChart(
        chart,
        objects,
        layout?.waveOf(chart),
      );
      file?.close();
      if (this.recordsMetadata) for (const object of objects) metadata.push(object);
      progress.advance();
    }
    progress.stop();
    for (const path of layout?.paths ?? []) {
      writeText(folder, faults, path, () => layout?.text(path, this.outputFileExtension) ?? '');
    }
    for (const path of this.documents.paths) writeText(folder, faults, path, () => this.documents.text(path));
    if (this.recordsMetadata)
      writeText(folder, faults, METADATA_FILE, () => constructMetadata(metadata, app.constructs));
    return {
      manifests: charts.length,
      kustomizations: layout?.paths.length ?? 0,
      documents: this.documents.paths,
    };
  }

  private planFiles(
    app: Dependencies,
    faults: SynthFaults,
    folder: OutputFolder,
    layout: GitOpsLayout | undefined,
  ): FilePlan {
    const plan = new FilePlan(this.outputFileExtension, faults, layout && ((chart) => layout.pathOf(chart)));
    for (const path of [RECORD_FILE, METADATA_FILE]) plan.claim(path, path);
    for (const path of layout?.paths ?? []) plan.claim(path, path);
    for (const chart of app.charts) plan.claimChart(chart);
    for (const path of this.documents.paths) plan.claim(path, path);
    for (const { path } of folder.read().inTheWay(plan.paths)) {
      const why = `must be free for what is written there, got '${path}' in '${this.outdir}', which this app did not write`;
      faults.note(path, `${why}; move it away`);
    }
    return plan;
  }
}

interface Rendered {
  readonly empty: boolean;
  readonly metadata: readonly ApiObject[];
}

/** The charts in their order: those that hold what others need, as a Namespace, come before them where no dependency is against it. */
function chartsOf(app: Dependencies): Chart[] {
  return app.chartOrder((order) => lateCharts(app, order));
}

function validate(construct: IConstruct, faults: SynthFaults): void {
  try {
    for (const error of construct.node.validate()) faults.report(construct, error);
    refuseDropped(construct);
  } catch (error) {
    faults.report(construct, error);
  }
}

function writeText(folder: OutputFolder, faults: SynthFaults, path: string, render: () => string): void {
  try {
    const text = render();
    if (!faults.isEmpty) return;
    const file = folder.create(path);
    file.write(text);
    file.close();
  } catch (error) {
    faults.note(path, error instanceof Error ? error.message : String(error));
  }
}

/** Removes the files of a stream that failed. */
function emptyFolder(folder: string): void {
  try {
    for (const name of readdirSync(folder)) removeFile(join(folder, name));
  } catch {
    // What fails here would hide the error of the synth.
  }
}

function takeOverLine(outdir: string, count: number, others: readonly string[]): string {
  const taken = count - others.length;
  const files = taken === 1 ? '1 file' : `${taken} files`;
  const stay = others.length === 0 ? '' : `; this app does not write ${others.join(', ')}: delete what is stale`;
  return `${outdir}: ${files} of stock cdk8s, which keeps no record, taken over${stay}\n`;
}

/**
 * The text of `construct-metadata.json`: where in the construct tree an object comes from, by the object's name, as
 * cdk8s has it. One name may be of many objects; so each stands by its chart, kind, namespace and name too:
 * `1-import/2-vm VirtualMachine shop/web`. No name of an object holds a space. What a construct was given as being in the cluster
 * already stands by `EXTERNAL`, kind, namespace and name.
 */
function constructMetadata(objects: readonly ApiObject[], constructs: readonly IConstruct[]): string {
  const byName = objects.map(({ name, node }) => [name, { path: node.path }]);
  const whole = objects.map((object) => [wholeName(object), { path: object.node.path }]);
  const external = constructs.flatMap((construct) =>
    externalsOf(construct).map((object) => [`${EXTERNAL} ${titleOf(object)}`, { path: construct.node.path }]),
  );
  return JSON.stringify({ version: '1.0.0', resources: Object.fromEntries([...byName, ...whole, ...external]) });
}

function wholeName(object: ApiObject): string {
  const { kind, name, metadata } = object;
  return `${Chart.of(object).node.path} ${titleOf({ kind, name, namespace: metadata.namespace })}`;
}

function titleOf({ kind, namespace, name }: DeclaredObject): string {
  return `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
}
