import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ApiObject, App, Chart, IAnyProducer } from 'cdk8s';
import { constructMetadata } from './construct-metadata';
import { Dependencies } from './dependencies';
import { Documents } from './documents';
import { FilePlan, METADATA_FILE, RECORD_FILE, TEMPORARY_FILE } from './file-plan';
import { GitOpsLayout } from './git-ops';
import { checkProps, ManifestAppProps } from './manifest-app-props';
import { ManifestStream, TextTarget } from './manifest-stream';
import { objectOrder } from './object-order';
import { OutputFolder } from './output-folder';
import { Progress } from './progress';
import { isStdoutFolder, STREAM_FILE } from './stdout-folder';
import { SynthFaults } from './synth-faults';
import { TextFile } from './text-file';

/**
 * An app that writes one file for each chart, and the whole tree of them or nothing.
 *
 * - The path of a file is the path of its chart in the construct tree: chart `2-vm` in construct
 *   `1-2-import` is written to `1-2-import/2-vm.k8s.yaml`. A dependency renames no file.
 * - The content of a file is, byte for byte, what cdk8s's own `App` gives for that chart.
 * - All faults of the app are thrown in one error, and the old output stays as it was. A process
 *   that is killed leaves the old output whole, too.
 * - The new output takes the place of the old one as a whole. Files that an earlier synth wrote
 *   (the record `.cdk8s-files` names them) and this one does not, are gone; what others put into
 *   the folder stays. Where the folder cannot be moved (it is a mount point, or the working
 *   folder stands in it) its files are replaced one by one.
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
  private streams: boolean | undefined;

  /**
   * An app that writes one file for each chart when `synth` is called.
   *
   * @param props Where to; by default to where the cdk8s command line wants it, else to `dist`.
   * @throws if a prop is none that an app takes; all faults in one error.
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
  }

  /**
   * The charts, each after those it depends on, else in the order of definition.
   *
   * @throws if charts depend on each other in a cycle.
   */
  public override get charts(): Chart[] {
    const faults = new SynthFaults(this);
    const charts = new Dependencies(this, faults).chartOrder();
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
   * @throws if anything in the app is at fault, with all that is.
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
    const parts: string[] = [];
    this.renderStream(new Dependencies(this, faults), faults, { write: (text) => parts.push(text) });
    faults.refuse();
    return parts.join('');
  }

  private synthStream(): void {
    const faults = new SynthFaults(this);
    const app = new Dependencies(this, faults);
    const path = join(this.outdir, STREAM_FILE);
    const file = new TextFile(path);
    const { empty, metadata } = this.renderStream(app, faults, file);
    file.close();
    if (empty || !faults.none) rmSync(path);
    faults.refuse();
    if (this.recordsMetadata) writeFileSync(join(this.outdir, METADATA_FILE), constructMetadata(metadata));
  }

  private renderStream(app: Dependencies, faults: SynthFaults, target: TextTarget): Rendered {
    validate(app, faults);
    const stream = new ManifestStream(target, faults);
    const metadata: ApiObject[] = [];
    for (const chart of app.chartOrder()) {
      const objects = objectOrder(chart, app, faults);
      stream.addChart(chart, objects);
      if (this.recordsMetadata) for (const object of objects) metadata.push(object);
    }
    return { empty: stream.empty, metadata };
  }

  private synthTree(): void {
    const folder = new OutputFolder(this.outdir);
    const faults = new SynthFaults(this);
    try {
      this.renderTree(new Dependencies(this, faults), faults, folder);
      faults.refuse();
      folder.commit();
    } finally {
      folder.discard();
    }
  }

  private renderTree(app: Dependencies, faults: SynthFaults, folder: OutputFolder): void {
    validate(app, faults);
    const charts = app.chartOrder();
    const layout = this.gitOps
      ? new GitOpsLayout(charts, app, (chart) => objectOrder(chart, app, new SynthFaults(this)))
      : undefined;
    const plan = this.planFiles(app, faults, folder, layout);
    const metadata: ApiObject[] = [];
    const progress = new Progress(charts.length);
    for (const chart of charts) {
      const objects = objectOrder(chart, app, faults);
      const file = faults.none ? folder.create(plan.pathOf(chart)) : undefined;
      const complete = layout && ((manifest: unknown) => layout.withWave(chart, manifest));
      new ManifestStream(file ?? { write: () => undefined }, faults, complete).addChart(chart, objects);
      file?.close();
      if (this.recordsMetadata) for (const object of objects) metadata.push(object);
      progress.advance();
    }
    progress.stop();
    for (const path of layout?.paths ?? []) {
      writeText(folder, faults, path, () => layout?.text(path, this.outputFileExtension) ?? '');
    }
    for (const path of this.documents.paths) writeText(folder, faults, path, () => this.documents.text(path));
    if (this.recordsMetadata) writeText(folder, faults, METADATA_FILE, () => constructMetadata(metadata));
  }

  private planFiles(
    app: Dependencies,
    faults: SynthFaults,
    folder: OutputFolder,
    layout: GitOpsLayout | undefined,
  ): FilePlan {
    const plan = new FilePlan(this.outputFileExtension, faults, layout && ((chart) => layout.pathOf(chart)));
    for (const path of [RECORD_FILE, METADATA_FILE, TEMPORARY_FILE]) plan.claim(path, path);
    for (const path of layout?.paths ?? []) plan.claim(path, path);
    for (const chart of app.charts) plan.claimChart(chart);
    for (const path of this.documents.paths) plan.claim(path, path);
    for (const { path } of folder.inTheWay(plan.paths)) {
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

function validate(app: Dependencies, faults: SynthFaults): void {
  for (const construct of app.constructs) {
    try {
      for (const error of construct.node.validate()) faults.report(construct, error);
    } catch (error) {
      faults.report(construct, error);
    }
  }
}

function writeText(folder: OutputFolder, faults: SynthFaults, path: string, render: () => string): void {
  try {
    const text = render();
    if (!faults.none) return;
    const file = folder.create(path);
    file.write(text);
    file.close();
  } catch (error) {
    faults.note(path, error instanceof Error ? error.message : String(error));
  }
}
