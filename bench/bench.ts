import { check } from './check';
import { fleet } from './fleet';
import { loop } from './loop';

const BENCHMARKS: Record<string, () => void> = { check, fleet, loop };

const name = process.argv[2] ?? '';
const benchmark = BENCHMARKS[name];
if (benchmark === undefined) {
  console.error(`usage: npm run bench -- ${Object.keys(BENCHMARKS).join('|')}`);
  process.exit(2);
}
benchmark();
