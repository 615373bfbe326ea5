import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { sep } from 'node:path';
import type * as Lab from './lab';
import { inDoubleQuotes, shellWord, variable } from './shell';
import { shellBlocks } from './testing/runbook-commands';
import type * as Scenario from './testing/scenario';

/** What a shell makes of a word: it must be the text again. */
const read = (word: string): string => execFileSync('sh', ['-c', `printf %s ${word}`], { encoding: 'utf8' });

const HOSTILE = ['a b', '$(echo x)', '`echo x`', "it's", '"', '\\', ';x', '~', '*', 'a\nb', ''];

describe('a setting in a command', () => {
  test.each(HOSTILE)('%j is one word', (text) => expect(read(shellWord(text))).toBe(text));

  test.each(HOSTILE)('%j stands as it is in double quotes', (text) => {
    expect(read(`"${inDoubleQuotes(text)}"`)).toBe(text);
  });

  test('is not quoted where it is plain', () => {
    expect(shellWord('/tmp/scenario27')).toBe('/tmp/scenario27');
    expect(variable('image', '/tmp/a.img')).toBe('$image');
    expect(variable('image', '/tmp/my lab/a.img')).toBe('"$image"');
  });
});

test('no command of a runbook does what a setting says', () => {
  const evil = ' $(evil)';
  const synth = ofAnotherLab(({ LAB }) => {
    const image = (one: Lab.Image): Lab.Image => ({ file: one.file + evil, from: one.from + evil });
    const { alpineBios, alpineUefi, ubuntu } = LAB.images;
    const images = { alpineBios: image(alpineBios), alpineUefi: image(alpineUefi), ubuntu: image(ubuntu) };
    const registryLogin = { accessKeyId: `user${evil}`, secretKey: `it's${evil}` };
    const settings = { workFolder: `/tmp/my lab${evil}`, orasVersion: LAB.orasVersion + evil, images };
    Object.assign(LAB, settings, { madeByLab: LAB.madeByLab + evil, registryLogin });
  });
  const runbooks = [...synth].filter(([path]) => path.endsWith('RUNBOOK.md')).map(([, text]) => text);
  const blocks = runbooks.flatMap((text) => shellBlocks(text)).map(({ text }) => text);
  expect(blocks.filter((text) => text.includes(evil)).length).toBeGreaterThan(10);
  expect(blocks.map((text) => text.replace(/\\.|'[^']*'/gs, '')).filter((text) => text.includes('evil'))).toEqual([]);
});

/** What the chapters write, loaded once more, of a lab that is changed before they read it. */
function ofAnotherLab(change: (lab: typeof Lab) => void): ReturnType<typeof Scenario.synthScenario> {
  const load = createRequire(__filename);
  const chapters = Object.entries(load.cache).filter(([path]) => path.startsWith(__dirname + sep));
  const forget = (): void =>
    Object.keys(load.cache)
      .filter((path) => path.startsWith(__dirname + sep))
      .forEach((path) => delete load.cache[path]);
  forget();
  try {
    change(load('./lab') as typeof Lab);
    return (load('./testing/scenario') as typeof Scenario).synthScenario();
  } finally {
    forget();
    Object.assign(load.cache, Object.fromEntries(chapters));
  }
}
