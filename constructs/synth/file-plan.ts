import { Chart } from 'cdk8s';
import { INSIDE } from '../shared/output-journal';
import { SynthFaults } from './synth-faults';

/** The record of the files that a synth wrote: one path a line. Its name has no ending that kubectl would read. */
export const RECORD_FILE = '.cdk8s-files';

/** What the validation plugins of the cdk8s command line read. */
export const METADATA_FILE = 'construct-metadata.json';

/** What every file system takes as a name, and every shell without quotes. */
const SEGMENT = /^[A-Za-z0-9._-]+$/;
/** The longest name that common file systems take, in bytes; each character of SEGMENT is one. */
const SEGMENT_LENGTH = 255;
/**
 * Names that Windows gives to devices, also with an ending.
 *
 * @see https://learn.microsoft.com/en-us/windows/win32/fileio/naming-a-file
 */
const DEVICE = /^(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)/i;

/** What is wrong with one name of a path, if anything. */
export function segmentFault(segment: string): string | undefined {
  if (segment === '.' || segment === '..') return "be other than '.' and '..'";
  if (!SEGMENT.test(segment)) return "consist of letters, digits, '.', '_' and '-'";
  if (segment.length > SEGMENT_LENGTH) return `have at most ${SEGMENT_LENGTH} characters`;
  if (segment.startsWith('-')) return "not begin with '-', which commands take for an option";
  if (segment.endsWith('.')) return "not end in '.', which Windows drops";
  if (DEVICE.test(segment)) return 'not be the name of a device of Windows';
  return undefined;
}

/** The paths of all files of a synth; on each of them only one thing may stand, upper and lower case being alike. */
export class FilePlan {
  private readonly owners = new Map<string, { readonly path: string; readonly owner: string }>();
  private readonly folders = new Map<string, string>();

  public constructor(
    private readonly extension: string,
    private readonly faults: SynthFaults,
    /** The path of a chart's file without its extension, where it is not that of the chart in the construct tree. */
    private readonly place: (chart: Chart) => string = (chart) => chart.node.path,
  ) {}

  /** Every path, in the order in which they were claimed. */
  public get paths(): string[] {
    return [...this.owners.values()].map(({ path }) => path);
  }

  /** The path of a chart's file. */
  public pathOf(chart: Chart): string {
    return `${this.place(chart)}${this.extension}`;
  }

  /** Claims the path of a chart's file. */
  public claimChart(chart: Chart): void {
    const names = chart.node.path.split('/');
    names.forEach((name, index) => {
      const last = index === names.length - 1;
      const must = segmentFault(last ? `${name}${this.extension}` : name) ?? segmentFault(name);
      if (must === undefined) return;
      const subject = names.slice(0, index + 1).join('/');
      this.faults.note(subject, `'id' must ${must}, got ${JSON.stringify(name)}; it names a file or a folder`);
    });
    this.claim(this.pathOf(chart), chart.node.path);
  }

  /** Claims a path, and the folders it stands in, for `owner`. */
  public claim(path: string, owner: string): void {
    const key = path.toLowerCase();
    if (key.startsWith(`${INSIDE}-`)) {
      const why = `must not begin with '${INSIDE}-', got '${path}', which is kept for a synth that is under way`;
      this.faults.note(owner, why);
      return;
    }
    const clash = this.owners.get(key)?.owner ?? this.folders.get(key) ?? this.fileAbove(key);
    if (clash !== undefined) {
      const why = `must be written to a file of its own, got '${path}', which clashes with [${clash}]`;
      this.faults.note(owner, `${why}; upper and lower case are alike`);
      return;
    }
    this.owners.set(key, { path, owner });
    for (const folder of foldersAbove(key)) if (!this.folders.has(folder)) this.folders.set(folder, owner);
  }

  private fileAbove(key: string): string | undefined {
    for (const folder of foldersAbove(key)) if (this.owners.has(folder)) return this.owners.get(folder)?.owner;
    return undefined;
  }
}

/** `a/b/c` stands in `a` and in `a/b`. */
export function foldersAbove(path: string): string[] {
  const names = path.split('/');
  return names.slice(1).map((_, index) => names.slice(0, index + 1).join('/'));
}
