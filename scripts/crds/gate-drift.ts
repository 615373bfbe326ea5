import { spawnSync } from 'node:child_process';
import { gateStage, KNOWN_GATES, Stage } from '../../review/cluster/feature-gates';
import { allPairs } from '../../review/schema';
import { reason } from '../refusal';

const USAGE = `Usage: npm run rules:gates -- REPOSITORY [TAG…]

Compares the stages of the feature gates, which review/cluster/feature-gates.ts holds, with the code of KubeVirt at each tag:
those of the held releases, if none is named. REPOSITORY is a clone with the tags. Fails where they differ.

  npm run rules:gates -- ../kubevirt
`;

/** Where KubeVirt registers its gates. */
const FOLDER = 'pkg/virt-config/featuregate/';

/** The stages by the names that the code has for them. */
const STAGES: Readonly<Record<string, Stage>> = {
  Alpha: Stage.ALPHA,
  Beta: Stage.BETA,
  GA: Stage.GA,
  Deprecated: Stage.DEPRECATED,
  Discontinued: Stage.DISCONTINUED,
};

/** Gates whose stage in the table is not that of the code, by the first minor version: the table says why. */
const MEANT: Readonly<Record<string, { readonly since: number; readonly stage: Stage }>> = {
  MultiArchitecture: { since: 8, stage: Stage.DEPRECATED },
};

/** The stage of each gate that the Go files register: the last registration of a name counts. */
export function registeredGates(files: readonly string[]): ReadonlyMap<string, Stage> {
  const text = files.join('\n');
  const names = new Map([...text.matchAll(/^\s*(\w+)\s*=\s*"(\w+)"/gm)].map(([, name, value]) => [name!, value!]));
  const found = new Map<string, Stage>();
  for (const [, name = '', state = ''] of text.matchAll(/RegisterFeatureGate\(FeatureGate\{\s*Name:\s*(\w+),\s*State:\s*(\w+)/g)) {
    const [gate, stage] = [names.get(name), STAGES[state]];
    if (gate === undefined) throw new Error(`the name of the gate ${name} is not among the constants`);
    if (stage === undefined) throw new Error(`the gate ${gate} has the state ${state}, which is not known`);
    found.set(gate, stage);
  }
  return found;
}

/** What the table of a release says otherwise than the code, a line a gate. */
export function gateDrift(release: string, registered: ReadonlyMap<string, Stage>): string[] {
  const [, minor] = /^v1\.(\d+)\./.exec(release) ?? [];
  return [...new Set([...KNOWN_GATES, ...registered.keys()])].sort().flatMap((gate) => {
    const [ours, theirs] = [gateStage(gate, release), registered.get(gate) ?? Stage.UNKNOWN];
    const meant = MEANT[gate];
    const isMeant = meant !== undefined && Number(minor) >= meant.since && theirs === meant.stage;
    return ours === theirs || isMeant ? [] : [`${release} ${gate}: the table says '${ours}', the code '${theirs}'`];
  });
}

function readGates(repository: string, tag: string): ReadonlyMap<string, Stage> {
  const git = (...args: readonly string[]): string => {
    const done = spawnSync('git', ['-C', repository, ...args], { encoding: 'utf8', maxBuffer: 1 << 26 });
    if (done.status !== 0) throw new Error(`git ${args.join(' ')}: ${done.stderr.trim()}`);
    return done.stdout;
  };
  const files = git('ls-tree', '--name-only', tag, FOLDER).trim().split('\n');
  const own = files.filter((file) => file.endsWith('.go') && !file.endsWith('_test.go'));
  return registeredGates(own.map((file) => git('show', `${tag}:${file}`)));
}

function main([repository, ...tags]: readonly string[]): number {
  if (repository === undefined || repository.startsWith('-')) {
    process.stderr.write(USAGE);
    return 2;
  }
  const releases = tags.length > 0 ? tags : allPairs().map(({ kubevirt }) => kubevirt);
  let differing = 0;
  for (const release of releases) {
    const registered = readGates(repository, release);
    const lines = gateDrift(release, registered);
    differing += lines.length;
    process.stdout.write([`${release}: ${registered.size} gates, ${lines.length} differ`, ...lines, ''].join('\n'));
  }
  return differing === 0 ? 0 : 1;
}

if (require.main === module) {
  try {
    process.exitCode = main(process.argv.slice(2));
  } catch (thrown) {
    process.stderr.write(`${reason(thrown)}\n`);
    process.exitCode = 1;
  }
}
