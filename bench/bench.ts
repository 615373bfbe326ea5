import { check } from './check';
import { diff } from './diff';
import { fleet } from './fleet';
import { growth } from './growth';
import { loop } from './loop';
import { memory } from './memory';
import { peers } from './peers/peers';

const BENCHMARKS: Record<string, (rest: readonly string[]) => void> = {
  check,
  diff,
  fleet,
  growth,
  loop,
  memory,
  peers,
};

const name = process.argv[2] ?? '';
const benchmark = BENCHMARKS[name];
if (benchmark === undefined) {
  console.error(`usage: npm run bench -- ${Object.keys(BENCHMARKS).join('|')}`);
  process.exit(2);
}
benchmark(process.argv.slice(3));
