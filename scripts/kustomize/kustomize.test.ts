import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { Listing, Reading } from '../../review/manifests/reader';
import { withTree } from '../../review/testing/written-tree';
import { differences } from './differences';
import { main } from './kustomize';

const ROOT = path.join(__dirname, '..', '..');

async function run(env: NodeJS.ProcessEnv, ...argv: string[]) {
  const [said, complaints]: [string[], string[]] = [[], []];
  const status = await main(
    argv,
    ROOT,
    env,
    (line) => said.push(line),
    (line) => complaints.push(line),
  );
  return { status, said, complaints };
}

describe('npm run kustomize', () => {
  test('says where kustomize is not installed, which in a workflow of GitHub fails', async () => {
    expect(await run({ PATH: '' })).toEqual({
      status: 0,
      said: ['neither kustomize nor kubectl is installed: the reading was not compared with it'],
      complaints: [],
    });
    expect(await run({ PATH: '', GITHUB_ACTIONS: 'true' })).toMatchObject({ status: 1, said: [] });
  });

  test('answers 2 for a wrong command line, and shows help', async () => {
    expect((await run({ PATH: '' }, '--loud')).status).toBe(2);
    expect((await run({ PATH: '' }, '--help')).said[0]).toMatch(/^Usage: npm run kustomize/);
  });

  (process.platform === 'win32' ? test.skip : test)(
    'fails where kustomize makes nothing of all that is read',
    async () => {
      const bin = fs.mkdtempSync(path.join(os.tmpdir(), 'bin-'));
      try {
        fs.writeFileSync(path.join(bin, 'kustomize'), '#!/bin/sh\n[ "$1" = version ] && echo v5.7.1 || exit 0\n', {
          mode: 0o755,
        });
        const { status, said, complaints } = await run({ PATH: bin });
        expect(status).toBe(1);
        expect(said).toEqual([
          expect.stringMatching(/kustomize v5\.7\.1: [1-9]\d* Kustomizations built, [1-9]\d* differences$/),
        ]);
        expect(complaints).toContain(
          'an overlay completes what its base lacks: overlay: kustomize does not make VirtualMachine vm',
        );
        expect(complaints.some((line) => line.startsWith('examples/fleet-for-argo-cd/dist: '))).toBe(true);
      } finally {
        fs.rmSync(bin, { recursive: true });
      }
    },
  );
});

describe('differences', () => {
  const secret = (name: string, more = '') => `apiVersion: v1\nkind: Secret\nmetadata: {name: ${name}}\n${more}`;
  const files = {
    'kustomization.yaml':
      'resources: [a.yaml, b.yaml]\nsecretGenerator: [{name: made, literals: [a=b]}]\npatches: [{target: {name: b}, patch: "[]"}]\n',
    'a.yaml': secret('a'),
    'b.yaml': secret('b'),
  };
  const against = (text: string): string[] =>
    withTree(files, (cwd) => {
      const reading = new Reading(new Listing(['.'], { cwd, stdin: () => Buffer.alloc(0) }));
      return differences(reading.placed(), reading.placed(new Map([[cwd, { text, originsFrom: '.' }]])));
    });

  test('are none where objects that are not called changed are the same', () => {
    expect(against([secret('made-x1'), secret('a'), secret('b', 'type: Opaque\n')].join('---\n'))).toEqual([]);
  });

  test('are objects more or less, and other contents', () => {
    expect(against([secret('made'), secret('a', 'type: Opaque\n'), secret('c')].join('---\n'))).toEqual([
      '.: kustomize makes another Secret a',
      '.: kustomize does not make Secret b',
      '.: kustomize does not make Secret made',
      '.: only kustomize makes Secret made',
      '.: only kustomize makes Secret c',
    ]);
  });
});
