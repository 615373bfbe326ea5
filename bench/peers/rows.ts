import { createHash } from 'node:crypto';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadAll } from 'js-yaml';
import { ROOT } from '../process';
import { goProgram, HELM, KUBECONFORM } from './go-program';
import { writeChart } from './helm-chart';
import { writeSchemas } from './json-schemas';
import { nodes } from './node-releases';
import type { Command } from './process-cost';
import type { Row } from './row';
import { run, Workshop } from './workshop';

const VMS = 10_000;
const COLD_STARTS = 10;
const EXTERNAL = ['--external', 'StorageClass/fast-block'];

/** The rows of the table, by the word that asks for some of them alone. */
export const ROWS: Readonly<Record<string, (workshop: Workshop) => readonly Row[]>> = {
  cold: coldStarts,
  kubeconform,
  parsing,
  generating,
  cache,
  memory,
  large,
  loop,
};

function coldStarts(workshop: Workshop): Row[] {
  copyFileSync(join(ROOT, 'dist', '1-2-registry-import', '2-vm.k8s.yaml'), workshop.path('one.yaml'));
  return [...nodes()].map(([release, node]) => ({
    work: `\`check\` of one file / \`node -e 0\`, Node.js ${release}`,
    figure: 'cpu',
    goal: Number(release) >= 22 ? 3 : 4.5,
    ours: { ...workshop.cli(['check', 'one.yaml'], node), times: COLD_STARTS },
    peer: { program: node, args: ['-e', '0'], times: COLD_STARTS },
  }));
}

function kubeconform(workshop: Workshop): Row[] {
  const program = goProgram(KUBECONFORM);
  if (program === undefined) return [];
  const schemas = writeSchemas(workshop.path('schemas'));
  const against = (vms: number, goal: number): Row => ({
    work: `\`check\` of ${vms} VMs in files / kubeconform`,
    figure: 'wall',
    goal,
    ours: check(workshop, vms),
    peer: { program, args: [...schemas, '-summary', workshop.path(workshop.fleet(vms))] },
    differs: (ours, peer) => {
      const { groups } = /Valid: (?<valid>\d+), Invalid: 0, Errors: 0, Skipped: (?<skipped>\d+)/.exec(peer) ?? {};
      if (groups === undefined) return `kubeconform has faults: ${peer.trim().split('\n').at(-1)}`;
      return counted(ours, Number(groups.valid) + Number(groups.skipped));
    },
  });
  return [against(1000, 0.9), against(VMS, 0.5)];
}

function parsing(workshop: Workshop): Row[] {
  const peer: Command = {
    program: process.execPath,
    args: [join(__dirname, 'parse-files.cjs'), workshop.path(workshop.fleet(VMS))],
  };
  return [
    {
      work: `whole \`check\` of ${VMS} VMs / js-yaml on the files`,
      figure: 'cpu',
      goal: 1.8,
      ours: check(workshop, VMS),
      peer,
      differs: (ours, theirs) => counted(ours, Number(theirs)),
    },
    {
      work: `\`inventory\` of ${VMS} VMs / js-yaml on the files`,
      figure: 'cpu',
      goal: 1.6,
      ours: workshop.cli(['inventory', '--format', 'json', workshop.fleet(VMS)]),
      peer,
      differs: (ours) => {
        const { vms } = JSON.parse(ours) as { vms: readonly unknown[] };
        return vms.length === VMS ? undefined : `${vms.length} VMs counted`;
      },
    },
  ];
}

function generating(workshop: Workshop): Row[] {
  const plain = workshop.generation('plain', VMS);
  // Each run writes a tree where none stood.
  const before = (): void => workshop.setAside('plain', 'gitOps');
  const rows: Row[] = [
    {
      work: `\`gitOps: true\` / a plain tree, ${VMS} VMs`,
      figure: 'cpu',
      goal: 1.1,
      ours: workshop.generation('gitOps', VMS, 'gitOps'),
      peer: plain,
      before,
    },
  ];
  const program = goProgram(HELM);
  if (program === undefined) return rows;
  writeChart(workshop.path('chart'), workshop.path(workshop.fleet(VMS)), VMS);
  sameObjects(workshop, program);
  rows.unshift({
    work: `generating ${VMS} VMs / \`helm template\``,
    figure: 'cpu',
    goal: 1.2,
    ours: plain,
    peer: { program, args: ['template', workshop.path('chart')] },
    before,
  });
  return rows;
}

/** @throws unless Helm makes the objects that the constructs make: compared where there are few. */
function sameObjects(workshop: Workshop, helm: string): void {
  const vms = 120;
  const text = run(helm, ['template', '--set', `vms=${vms}`, workshop.path('chart')], workshop.path());
  const { program, args } = workshop.generation('few', vms, 'files');
  run(program, args, workshop.path());
  const folder = workshop.path('few');
  const ours = Array.from({ length: vms }, (_vm, index) =>
    readFileSync(join(folder, `vm-${String(index).padStart(5, '0')}.k8s.yaml`), 'utf8'),
  ).join('---\n');
  if (digest(text) !== digest(ours)) throw new Error("helm's chart makes other objects than the constructs");
}

/** What is the same for the same objects, whatever their order. */
function digest(text: string): string {
  const objects = loadAll(text).filter((object) => object != null);
  const texts = objects.map((object) => JSON.stringify(object)).sort();
  return `${texts.length} ${createHash('sha256').update(texts.join('\n')).digest('hex')}`;
}

/** A check of all files against one after a file has changed, with what the first one kept. */
function cache(workshop: Workshop): Row[] {
  const folder = workshop.fleet(VMS);
  const kept = workshop.path('kept');
  const changed = workshop.path(folder, 'vm-00007.k8s.yaml');
  const text = readFileSync(changed, 'utf8');
  return [[], ['--all-releases']].map((options): Row => {
    const ours = check(workshop, VMS, '--cache', kept, ...options);
    let round = 0;
    return {
      work: `\`${['check', ...options].join(' ')} --cache\` of ${VMS} VMs after one file changed / without a cache`,
      figure: 'cpu',
      goal: 0.25,
      ours,
      peer: check(workshop, VMS, ...options),
      before: () => {
        if (round++ === 0) run(ours.program, ours.args, workshop.path());
        writeFileSync(changed, text.replace('guest: 4Gi', `guest: ${4 + round}Gi`));
      },
      differs: (mine, theirs) => (mine === theirs ? undefined : 'another verdict'),
    };
  });
}

function memory(workshop: Workshop): Row[] {
  const outputs = ['files', 'gitOps', 'text'].map((output): Row => {
    const ours = workshop.generation('generated', VMS, output);
    return { work: `peak of a synth of ${VMS} VMs: ${output}`, figure: 'peak', goal: 450, ours };
  });
  const peak = (work: string, goal: number, ours: Command): Row => ({
    work: `peak of ${work}`,
    figure: 'peak',
    goal,
    ours,
  });
  return [
    ...outputs,
    peak(`\`check --threads 1\` of ${VMS} VMs`, 220, check(workshop, VMS, '--threads', '1')),
    peak(`\`check --threads 2\` of ${VMS} VMs`, 400, check(workshop, VMS, '--threads', '2')),
    peak(`\`check\` of ${VMS} VMs`, 400, check(workshop, VMS)),
  ];
}

/** A hundred thousand machines, each in a file: they take ten times the time of ten thousand. */
function large(workshop: Workshop): Row[] {
  const ours = check(workshop, 10 * VMS, '--threads', '1');
  const work = `\`check --threads 1\` of ${10 * VMS} VMs`;
  return [
    { work: `peak of ${work}`, figure: 'peak', goal: 800, ours, rounds: 1 },
    {
      work: `${work} / of ${VMS}`,
      figure: 'cpu',
      goal: 11,
      ours,
      peer: check(workshop, VMS, '--threads', '1'),
      rounds: 1,
    },
  ];
}

/** The whole way from sources to a tree: ours, and the loop of cdk8s's TypeScript template, which checks all types. */
function loop(workshop: Workshop): Row[] {
  const env = { CDK8S_OUTDIR: workshop.path('loop') };
  return [
    {
      work: 'synth loop / stock loop',
      figure: 'wall',
      goal: 0.07,
      ours: { program: 'npm', args: ['run', '--silent', 'synth'], cwd: ROOT, env },
      peer: {
        program: 'npx',
        args: ['ts-node', 'main.ts'],
        cwd: ROOT,
        env: {
          ...env,
          TS_NODE_PROJECT: join(ROOT, 'bench', 'stock', 'tsconfig.json'),
          NODE_OPTIONS: '--conditions=cdk8s-kubevirt-source',
        },
      },
    },
  ];
}

function check(workshop: Workshop, vms: number, ...options: readonly string[]): Command {
  return workshop.cli(['check', ...EXTERNAL, ...options, workshop.fleet(vms)]);
}

/** Whether a review found no fault in so many objects. */
function counted(review: string, objects: number): string | undefined {
  const last = review.trim().split('\n').at(-1) ?? '';
  return last === `0 errors, 0 warnings in ${objects} objects` ? undefined : `${objects} objects, and we say ${last}`;
}
