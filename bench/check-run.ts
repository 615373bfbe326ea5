import { readFileSync, writeFileSync } from 'node:fs';
import { loadAll } from 'js-yaml';
import { ManifestApp } from '../constructs';
import { report } from '../review';
import { addFleet } from './fleet-charts';

/** What one round tells, as a line of JSON. */
export interface CheckFigures {
  readonly objects: number;
  /** Milliseconds that js-yaml takes to parse. */
  readonly parse: number;
  /** Milliseconds that the review of what was parsed takes. */
  readonly review: number;
  readonly findings: number;
}

const ROUNDS = 4;

/** Writes a fleet to a file. */
function render(file: string, vms: number): void {
  const app = new ManifestApp();
  addFleet(app, vms);
  writeFileSync(file, app.synthYaml());
}

/** Parses and reviews a file several times in one process. */
function rounds(file: string): void {
  const text = readFileSync(file, 'utf8');
  for (let round = 1; round <= ROUNDS; round += 1) {
    const start = performance.now();
    const manifests = loadAll(text);
    const parsed = performance.now();
    const { objects, findings } = report(manifests, { external: [{ kind: 'StorageClass', name: 'fast-block' }] });
    const done = performance.now();
    const figures: CheckFigures = {
      objects,
      parse: parsed - start,
      review: done - parsed,
      findings: findings.length,
    };
    console.log(JSON.stringify(figures));
  }
}

const [, , file = '', vms] = process.argv;
if (vms === undefined) rounds(file);
else render(file, Number(vms));
