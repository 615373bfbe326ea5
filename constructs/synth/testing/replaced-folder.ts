import * as fs from 'node:fs';
import { join } from 'node:path';
import { ApiObject, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { wholeTree } from '../../shared/output-journal';
import { ManifestApp } from '../manifest-app';

/** The charts of three outputs that follow one another in one folder: files change, come, go, and become folders. */
const OUTPUTS = {
  old: ['1/a', '1/b', '2/only', 'top', 'x.k8s.yaml/inner'],
  new: ['1/a', '3/c', '3/d', 'top', 'x'],
  next: ['1/a', 'last', 'top.k8s.yaml/inner'],
} as const;

export type OutputName = keyof typeof OUTPUTS;

/** What others put into the folder. */
const FOREIGN = { 'notes.txt': 'theirs', 'own/deep/file': 'theirs' } as const;

/** An output folder at `outdir`, whose output is replaced while calls fail or the process dies. */
export class ReplacedFolder {
  public readonly outdir: string;

  public constructor(private readonly parent: string) {
    this.outdir = join(parent, 'dist');
  }

  /** Empties the place and writes the old output, with files of others beside it. */
  public begin(): void {
    fs.rmSync(this.parent, { recursive: true, force: true });
    fs.mkdirSync(this.parent);
    this.synth('old');
    for (const [path, text] of Object.entries(FOREIGN)) {
      fs.mkdirSync(join(this.outdir, path, '..'), { recursive: true });
      fs.writeFileSync(join(this.outdir, path), text);
    }
  }

  public synth(output: OutputName): void {
    const app = new ManifestApp({ outdir: this.outdir });
    for (const path of OUTPUTS[output]) {
      const ids = path.split('/');
      const scope = ids.slice(0, -1).reduce<Construct>((parent, id) => {
        return (parent.node.tryFindChild(id) as Construct | undefined) ?? new Construct(parent, id);
      }, app);
      const chart = new Chart(scope, ids.at(-1) ?? '');
      new ApiObject(chart, 'a', { apiVersion: 'v1', kind: 'Secret', metadata: { name: output } });
    }
    app.addDocument('README.md', { produce: () => `${output}\n` });
    app.synth();
  }

  /** Which output stands in the folder; undefined if it is not one whole output, or lacks a file of others. */
  public standing(): OutputName | undefined {
    return nameOf(filesBelow(this.outdir));
  }

  /** Which output the journal names as whole, or stands in the folder where there is no journal. */
  public named(): OutputName | undefined {
    const tree = wholeTree(this.outdir);
    if (tree === undefined) return this.standing();
    const files = filesBelow(tree.root);
    for (const path of tree.unfinished) files.delete(path);
    for (const [path, place] of tree.kept) files.set(path, fs.readFileSync(place, 'utf8'));
    return nameOf(files);
  }

  /** What stands beside the folder, and what a synth left in it. */
  public leftovers(): string[] {
    const inside = fs.existsSync(this.outdir) ? fs.readdirSync(this.outdir) : [];
    const names = inside.filter((name) => name.startsWith('.') && name !== '.cdk8s-files');
    return [...fs.readdirSync(this.parent).filter((name) => name !== 'dist'), ...names];
  }
}

/** The text of each file below a folder but those that a synth keeps there. */
function filesBelow(folder: string, below = ''): Map<string, string> {
  const files = new Map<string, string>();
  if (!fs.existsSync(join(folder, below))) return files;
  for (const entry of fs.readdirSync(join(folder, below), { withFileTypes: true })) {
    if (entry.name.includes('.synth-')) continue;
    const path = below === '' ? entry.name : `${below}/${entry.name}`;
    if (entry.isDirectory()) for (const [inner, text] of filesBelow(folder, path)) files.set(inner, text);
    else files.set(path, fs.readFileSync(join(folder, path), 'utf8'));
  }
  return files;
}

function nameOf(files: ReadonlyMap<string, string>): OutputName | undefined {
  const text = (wanted: ReadonlyMap<string, string>): string => JSON.stringify([...wanted].sort());
  return (Object.keys(OUTPUTS) as OutputName[]).find((name) => text(expected(name)) === text(files));
}

function expected(output: OutputName): Map<string, string> {
  const manifests = OUTPUTS[output].map((path) => `${path}.k8s.yaml`);
  const record = [...manifests, 'README.md'].sort().map((path) => `${path}\n`);
  return new Map<string, string>([
    ...Object.entries(FOREIGN),
    ...manifests.map((path) => [path, `apiVersion: v1\nkind: Secret\nmetadata:\n  name: ${output}\n`] as const),
    ['README.md', `${output}\n`],
    ['.cdk8s-files', record.join('')],
  ]);
}
