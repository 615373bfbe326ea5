import { check } from './check';
import { diff } from './diff';
import { fleet } from './fleet';
import { growth } from './growth';
import { loop } from './loop';

const BENCHMARKS: Record<string, () => void> = { check, diff, fleet, growth, loop };

const name = process.argv[2] ?? '';
const benchmark = BENCHMARKS[name];
if (benchmark === undefined) {
  console.error(`usage: npm run bench -- ${Object.keys(BENCHMARKS).join('|')}`);
  process.exit(2);
}
benchmark();
