import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { FleetFigures } from './fleet-run';

const SIZES = [100, 1000, 2000, 10_000];

/** Rounds of ours and the floor in turn, of which the best counts: others may use the machine, too. */
const ROUNDS = 3;

/** Stock is measured up to the size that ends within this time. */
const PATIENCE = 120_000;

/** Synthesizes fleets of several sizes, each in a process of its own, and prints the figures side by side. */
export function fleet(): void {
  console.log('VMs    ours: s (constructs), MiB    stock: s    floor: s    ours/floor    stock/ours');
  const totals = new Map<number, number>();
  let stockIsQuick = true;
  let printer: string | undefined;
  for (const vms of SIZES) {
    let [ours, floor]: [FleetFigures | undefined, FleetFigures | undefined] = [undefined, undefined];
    for (let round = 0; round < ROUNDS; round += 1) {
      ours = better(ours, measure('ours', vms));
      floor = better(floor, measure('floor', vms));
    }
    const wasQuick: boolean = stockIsQuick;
    const stock: FleetFigures | undefined = wasQuick ? measure('stock', vms) : undefined;
    stockIsQuick = stock !== undefined;
    if (ours === undefined || floor === undefined) throw new Error(`a fleet of ${vms} VMs took too long`);
    totals.set(vms, total(ours));
    printer = floor.printer;
    const cells = [
      String(vms).padEnd(6),
      `${total(ours).toFixed(2)} (${ours.construct.toFixed(2)}), ${ours.peak.toFixed(0)}`.padEnd(28),
      (stock === undefined ? `over ${PATIENCE / 1000}` : total(stock).toFixed(2)).padEnd(11),
      total(floor).toFixed(2).padEnd(11),
      (total(ours) / total(floor)).toFixed(2).padEnd(13),
      // Where stock was stopped, it would have taken longer than this many times ours.
      wasQuick ? ((stock === undefined ? PATIENCE / 1000 : total(stock)) / total(ours)).toFixed(1) : '',
    ];
    console.log(cells.join(' '));
  }
  const growth = (totals.get(10_000) ?? NaN) / (totals.get(1000) ?? NaN);
  console.log(`time at 10,000 VMs is ${growth.toFixed(1)} times that at 1,000`);
  console.log(
    `floor: the same objects as plain literals, the fastest printer (${printer}), the files; nothing can take less`,
  );
  console.log('goals: at most 12 times; stock/ours at least 10 at 1,000 and 20 at 2,000; at most 450 MiB');
}

/** One synth's figures, or nothing if it takes too long. */
function measure(engine: string, vms: number): FleetFigures | undefined {
  const script = join(__dirname, 'fleet-run.ts');
  const args = [
    '-C',
    'cdk8s-kubevirt-source',
    '--require',
    join(__dirname, '..', 'cli', 'cdk8s-kubevirt.cjs'),
    script,
    engine,
    String(vms),
  ];
  const run = spawnSync(process.execPath, args, {
    cwd: join(__dirname, '..'),
    encoding: 'utf8',
    timeout: PATIENCE,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (run.error !== undefined && run.signal !== null) return undefined;
  if (run.status !== 0) throw new Error(`${engine} failed for ${vms} VMs`);
  return JSON.parse(run.stdout) as FleetFigures;
}

function better(one: FleetFigures | undefined, other: FleetFigures | undefined): FleetFigures | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return total(one) <= total(other) ? one : other;
}

function total(figures: FleetFigures): number {
  return figures.construct + figures.write;
}
