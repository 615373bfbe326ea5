import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { LAB } from './lab';
import { commandsOf, shellBlocks } from './testing/runbook-commands';
import { synthScenario } from './testing/scenario';
import { Cluster } from './testing/stand-in/cluster';
import { parseCommand } from './testing/stand-in/flags';
import { Ended, runInStandIn } from './testing/stand-in/shell';

const files = synthScenario();
const CHAPTERS = [
  '0-lab-prep',
  '1-1-pvc-upload',
  '1-2-registry-import',
  '1-3-upload',
  '1-4-clone-same-class',
  '1-5-clone-across-classes',
  '1-6-template-catalogue',
  '2-secondary-disks',
  '3-uefi',
] as const;
type Name = (typeof CHAPTERS)[number];
const [prep, , registry, upload, sameClass, acrossClasses, templates, disks, uefi] = CHAPTERS;

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'stand-in-'));
  for (const [path, text] of files) {
    const file = join(root, 'dist', path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function runbook(chapter: Name): string {
  return files.get(`${chapter}/RUNBOOK.md`) ?? '';
}

/** What is pasted of a part of a runbook; a look that says what it prints is held to it. */
function script(markdown: string): string {
  const text = shellBlocks(markdown)
    .filter(({ inGuest }) => !inGuest)
    .map((block) => block.text)
    .join('\n')
    .replace(
      /^# prints (.*)\n((?:kubectl get|curl) (?!.*custom-columns).*)$/gm,
      (_, printed: string, command: string) => {
        const wanted = printed === 'nothing' ? '' : printed;
        return `printed="$(${command})"; [ "$printed" = '${wanted}' ] || { echo "prints $printed instead of ${wanted}" >&2; false; }`;
      },
    );
  return text.replaceAll(LAB.workFolder, join(root, 'work'));
}

const steps = (chapter: Name): string => script(runbook(chapter).split('\n## Clean up\n')[0] ?? '');
const cleanUp = (chapter: Name): string => script(`\n${runbook(chapter).split('\n## Clean up\n')[1] ?? ''}`);

const good: Ended = { status: 0, complaints: '' };

/** Runs scripts one after the other, and says of each that did not end well why. */
async function paste(cluster: Cluster, scripts: readonly string[], tools?: readonly string[]): Promise<Ended[]> {
  const ended: Ended[] = [];
  for (const text of scripts) {
    expect(text.trim()).not.toBe('');
    ended.push(await runInStandIn(cluster, text, root, tools));
  }
  return ended;
}

const allGood = (scripts: readonly string[]): Ended[] => scripts.map(() => good);

describe('the runbooks against a stand-in for the cluster', () => {
  test('run from the first chapter to the last, clean up twice, and run again', async () => {
    const cluster = new Cluster();
    const twice = (chapter: Name): string[] => [cleanUp(chapter), cleanUp(chapter)];
    const once = [
      steps(prep),
      ...CHAPTERS.slice(1, 3).flatMap((chapter) => [steps(chapter), ...twice(chapter)]),
      steps(upload),
      ...[sameClass, acrossClasses].flatMap((chapter) => [steps(chapter), ...twice(chapter)]),
      ...twice(upload),
      ...[templates, disks, uefi].flatMap((chapter) => [steps(chapter), ...twice(chapter)]),
      ...twice(prep),
    ];
    const scripts = [...once, ...once];
    expect(await paste(cluster, scripts)).toEqual(allGood(scripts));
    expect(cluster.list('VolumeSnapshotClass')).toEqual([]);
    expect(cluster.list('DataVolume')).toEqual([]);
    expect(cluster.list('Namespace').map(({ metadata }) => metadata.name)).toEqual([
      'default',
      'kube-system',
      'trident',
    ]);
  }, 120_000);

  test('run a chapter again after its clean-up, while the others stand', async () => {
    const cluster = new Cluster();
    const again = (chapter: Name): string[] => [steps(chapter), cleanUp(chapter), steps(chapter)];
    const scripts = [
      steps(prep),
      ...again(registry),
      ...again(upload),
      ...[...again(sameClass), cleanUp(sameClass)],
      ...[...again(acrossClasses), cleanUp(acrossClasses)],
      ...again(templates),
      ...again(disks),
      ...again(uefi),
    ];
    expect(await paste(cluster, scripts)).toEqual(allGood(scripts));
  }, 120_000);

  test('leave by each clean-up what the chapters that come after need', async () => {
    const cluster = new Cluster();
    const others = CHAPTERS.filter((chapter) => ![prep, upload].includes(chapter as never));
    const scripts = [
      ...[steps(prep), steps(registry), steps(upload), steps(sameClass)],
      ...others.map(cleanUp),
      steps(acrossClasses),
      ...others.map(cleanUp),
      steps(templates),
    ];
    expect(await paste(cluster, scripts)).toEqual(allGood(scripts));
  }, 120_000);

  test('do not take KubeVirt and CDI away while VMs are left', async () => {
    const cluster = new Cluster();
    const scripts = [steps(prep), steps(upload), cleanUp(prep)];
    expect(await paste(cluster, scripts)).toEqual(allGood(scripts));
    expect(cluster.find('KubeVirt', 'kubevirt', 'kubevirt')).toBeDefined();
    expect(cluster.find('VirtualMachine', 'alpine-vm', 'sc27-alpine-c')).toBeDefined();
  }, 60_000);

  test.each(['docker', 'podman'])(
    'push the image with %s alone',
    async (tool) => {
      const cluster = new Cluster();
      const scripts = [steps(prep), steps(registry)];
      expect(await paste(cluster, scripts, ['kubectl', 'virtctl', 'oras', tool])).toEqual(allGood(scripts));
      expect([...cluster.registry]).toEqual([LAB.registryImage, LAB.registryArtifact]);
    },
    60_000,
  );

  test('plug disks in and out by virtctl as by the manifests', async () => {
    const cluster = new Cluster();
    const imperative = runbook(disks).replace(
      /Instead of the apply, by command: `([^`]+)`\.(.*?)\nkubectl apply -f \S+\n/gs,
      (_, command: string, between: string) => `${between}\n${command}\n`,
    );
    expect(imperative.match(/^virtctl (add|remove)volume /gm)).toEqual([
      'virtctl addvolume ',
      'virtctl removevolume ',
      'virtctl addvolume ',
    ]);
    const scripts = [steps(prep), script(imperative.split('\n## Clean up\n')[0] ?? '')];
    expect(await paste(cluster, scripts)).toEqual(allGood(scripts));
  }, 60_000);

  test.each<[string, Name, (text: string) => string, RegExp]>([
    ['an unknown flag', disks, (text) => text.replaceAll('--uploadproxy-url', '--proxy'), /unknown flag: --proxy/],
    [
      'an upload to another address',
      disks,
      (text) => text.replaceAll('$proxy', 'https://10.0.0.1:443'),
      /no upload proxy at/,
    ],
    ['an image that is not there', disks, (text) => text.replace(/^test -f .*$/m, ''), /no such file/],
    ['a wait for what never comes', disks, (text) => text.replaceAll('=UploadReady', '=Ready'), /timed out waiting/],
    ['a wait without a limit', disks, (text) => text.replaceAll(' --timeout=5m', ''), /has a limit/],
    [
      'a step left out',
      disks,
      (text) => text.replace(/^virtctl image-upload .*\\\n.*\\\n.*$/m, ''),
      /timed out waiting/,
    ],
    ['a namespace that is not there', disks, (text) => text.replaceAll('-n disks', '-n disk'), /not found/],
    ['a running source', sameClass, (text) => text.replace(/^virtctl stop .*\n.*$/m, ''), /timed out waiting/],
    [
      'a copy with a VolumeSnapshotClass',
      sameClass,
      (text) =>
        text.replace(
          /^kubectl apply .*\/1-a-copy.*$/m,
          'kubectl apply -f dist/1-4-clone-same-class/3-snapshot-class.k8s.yaml\n$&',
        ),
      /prints snapshot instead of copy/,
    ],
    ['a login that is refused', registry, (text) => text.replaceAll("'Netapp1!'", "'netapp'"), /unauthorized/],
    [
      'a login of the dashboard in plain text',
      prep,
      (text) => text.replace(/"\$\(openssl passwd -6 -in [^)]*\)"/, 'hunter2'),
      /no user and no hash/,
    ],
  ])(
    'fail at %s',
    async (_, chapter, spoil, complaint) => {
      const cluster = new Cluster();
      const before = chapter === sameClass ? [steps(prep), steps(upload)] : [steps(prep)];
      const [last] = (await paste(cluster, [...before, spoil(steps(chapter))])).slice(-1);
      expect(last?.status).not.toBe(0);
      expect(last?.complaints).toMatch(complaint);
    },
    60_000,
  );
});

describe('the commands in the sentences', () => {
  test.each(CHAPTERS)('of %s have flags that their programs know', (chapter) => {
    const commands = commandsOf(runbook(chapter));
    expect(commands.length).toBeGreaterThan(5);
    for (const command of commands) {
      const words = command.match(/(?:'[^']*'|"[^"]*"|[^\s'"])+/g)?.map((word) => word.replace(/['"]/g, '')) ?? [];
      expect(() => parseCommand(words[0] ?? '', words.slice(1))).not.toThrow();
    }
  });
});
