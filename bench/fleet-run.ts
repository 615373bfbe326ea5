import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiObject, App } from 'cdk8s';
import { dump } from 'js-yaml';
import { ManifestApp } from '../constructs';
import { addFleet } from './fleet-charts';

/** What one run tells, as a line of JSON. */
export interface FleetFigures {
  /** Seconds to make the constructs. */
  readonly construct: number;
  /** Seconds to write the output. */
  readonly write: number;
  /** The most memory that the process held, in MiB. */
  readonly peak: number;
}

const MEBIBYTE_IN_KIBIBYTES = 1024;

/** What a fleet is synthesized by. */
const ENGINES: Record<string, (outdir: string) => { app: App; write: () => void }> = {
  ours: (outdir) => {
    const app = new ManifestApp({ outdir });
    return { app, write: () => app.synth() };
  },
  gitOps: (outdir) => {
    const app = new ManifestApp({ outdir, gitOps: true });
    return { app, write: () => app.synth() };
  },
  stream: (outdir) => {
    const app = new ManifestApp({ outdir });
    return { app, write: () => app.synthYaml() };
  },
  stock: (outdir) => {
    const app = new App({ outdir });
    return { app, write: () => app.synth() };
  },
  floor: (outdir) => {
    const app = new App({ outdir });
    return { app, write: () => writeFloor(app, outdir) };
  },
};

/** The least that a synth does: each object's `toJson` once, js-yaml's text of it, the files. */
function writeFloor(app: App, outdir: string): void {
  mkdirSync(outdir, { recursive: true });
  for (const chart of app.node.children) {
    const objects = chart.node.findAll().filter((node) => ApiObject.isApiObject(node));
    const texts = objects.map((object) => dump(object.toJson(), { lineWidth: -1, noRefs: true }));
    writeFileSync(join(outdir, `${chart.node.id}.k8s.yaml`), texts.join('---\n'));
  }
}

function run(engine: string, vms: number): FleetFigures {
  const make = ENGINES[engine];
  if (make === undefined) throw new Error(`no engine '${engine}'`);
  const folder = mkdtempSync(join(tmpdir(), 'bench-fleet-'));
  try {
    const start = process.hrtime.bigint();
    const { app, write } = make(join(folder, 'dist'));
    addFleet(app, vms);
    const made = process.hrtime.bigint();
    write();
    const written = process.hrtime.bigint();
    return {
      construct: Number(made - start) / 1e9,
      write: Number(written - made) / 1e9,
      peak: process.resourceUsage().maxRSS / MEBIBYTE_IN_KIBIBYTES,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

console.log(JSON.stringify(run(process.argv[2] ?? '', Number(process.argv[3]))));
