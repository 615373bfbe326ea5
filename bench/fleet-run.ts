import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Yaml } from 'cdk8s';
import { dump } from 'js-yaml';
import { ManifestApp } from '../constructs';
import { manifestText } from '../constructs/synth/manifest-text';
import { addFleet } from './fleet-charts';
import { vmName, vmObjects } from './fleet-objects';

/** What one run tells, as a line of JSON. */
export interface FleetFigures {
  /** Seconds to make the constructs. */
  readonly construct: number;
  /** Seconds to write the output. */
  readonly write: number;
  /** The most memory that the process held, in MiB. */
  readonly peak: number;
  /** What printed the objects; undefined for the printer of the engine. */
  readonly printer?: string;
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
};

/** What prints an object. */
const PRINTERS: Readonly<Record<string, (object: object) => string>> = {
  'the one of synth': manifestText,
  'js-yaml': (object) => dump(object, { lineWidth: -1, noRefs: true }),
  'yaml, as cdk8s calls it': (object) => Yaml.stringify(object),
};

/** How many VMs the printers are tried on. */
const TRIED = 200;

/** The printer that takes least time for the objects of this fleet. */
function fastestPrinter(): readonly [name: string, print: (object: object) => string] {
  const objects = Array.from({ length: TRIED }, (_vm, index) => vmObjects(index)).flat();
  const timed = Object.entries(PRINTERS).map(([name, print]) => {
    objects.forEach(print);
    const { user } = process.cpuUsage();
    objects.forEach(print);
    return { name, print, time: process.cpuUsage().user - user };
  });
  const [{ name, print }] = timed.sort((one, other) => one.time - other.time) as [(typeof timed)[number]];
  return [name, print];
}

/** The least that has to be done, whatever makes it: plain objects, the fastest printer, the files. */
function runFloor(vms: number): FleetFigures {
  const folder = mkdtempSync(join(tmpdir(), 'bench-fleet-'));
  try {
    const [printer, print] = fastestPrinter();
    const start = process.hrtime.bigint();
    const objects = Array.from({ length: vms }, (_vm, index) => vmObjects(index));
    const made = process.hrtime.bigint();
    mkdirSync(join(folder, 'dist'));
    objects.forEach((own, index) =>
      writeFileSync(join(folder, 'dist', `${vmName(index)}.k8s.yaml`), own.map(print).join('---\n')),
    );
    return { ...figuresOf(start, made), printer };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function figuresOf(start: bigint, made: bigint): FleetFigures {
  return {
    construct: Number(made - start) / 1e9,
    write: Number(process.hrtime.bigint() - made) / 1e9,
    peak: process.resourceUsage().maxRSS / MEBIBYTE_IN_KIBIBYTES,
  };
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
    return figuresOf(start, made);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const [, , engine = '', vms] = process.argv;
console.log(JSON.stringify(engine === 'floor' ? runFloor(Number(vms)) : run(engine, Number(vms))));
