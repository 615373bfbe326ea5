import * as path from 'node:path';
import { folder } from './crds/fixture';
import {
  Imports,
  InterfaceSize,
  Layers,
  longInterfaces,
  main,
  readImports,
  readInterfaces,
  structureOf,
} from './structure';

const ROOT = path.join(__dirname, '..');

const PACKAGE = JSON.stringify({
  name: 'house',
  exports: {
    '.': { 'house-source': './know/index.ts', default: './lib/know/index.js' },
    './parts/*': { 'house-source': './parts/*.ts', default: './lib/parts/*.js' },
    './package.json': './package.json',
  },
});
const LAYERS: Layers = {
  mayImport: { know: [], make: ['know'] },
  longestChain: { know: 2 },
  longestInterface: { know: 4 },
};

function graph(imports: Readonly<Record<string, readonly string[]>>): Imports {
  return new Map(Object.entries(imports));
}

describe('the structure of a tree', () => {
  test('is the longest chain of imports in each folder', () => {
    const { folders, faults } = structureOf(
      graph({
        'know/a.ts': [],
        'know/b.ts': ['know/a.ts'],
        'make/c.ts': ['know/b.ts', 'make/d.ts'],
        'make/d.ts': ['know/a.ts'],
      }),
      LAYERS,
    );
    expect(faults).toEqual([]);
    expect(folders).toEqual([
      { folder: 'know', files: 2, chain: ['know/b.ts', 'know/a.ts'] },
      { folder: 'make', files: 2, chain: ['make/c.ts', 'make/d.ts'] },
    ]);
  });

  test('lets the files of a folder within another keep to the rule of their own', () => {
    const layers: Layers = {
      mayImport: { make: ['know'], 'make/fine': [], know: [] },
      longestChain: {},
      longestInterface: {},
    };
    const imports = graph({ 'know/a.ts': [], 'make/b.ts': ['know/a.ts'], 'make/fine/c.ts': ['know/a.ts'] });
    expect(structureOf(imports, layers).faults).toEqual([
      'an import against the layers: make/fine/c.ts → know/a.ts (make/fine may import itself alone)',
    ]);
  });

  test('has a fault when an import turns back', () => {
    const { faults } = structureOf(graph({ 'know/a.ts': ['make/b.ts'], 'make/b.ts': [] }), LAYERS);
    expect(faults).toEqual(['an import against the layers: know/a.ts → make/b.ts (know may import itself alone)']);
  });

  test('has a fault when files import each other in a circle', () => {
    const circle = { 'know/a.ts': ['know/b.ts'], 'know/b.ts': ['know/c.ts'], 'know/c.ts': ['know/b.ts'] };
    expect(structureOf(graph(circle), LAYERS).faults).toEqual(['a circle: know/b.ts → know/c.ts → know/b.ts']);
  });

  test('has a fault when a chain is longer than its folder allows', () => {
    const chain = { 'know/a.ts': ['know/b.ts'], 'know/b.ts': ['know/c.ts'], 'know/c.ts': [] };
    expect(structureOf(graph(chain), LAYERS).faults).toEqual(['a chain of 3 in know, at most 2: a → b → c']);
  });
});

describe('the imports of files', () => {
  const project = folder({
    'package.json': PACKAGE,
    'know/index.ts': "import * as fs from 'node:fs';\nexport type { B } from './b';\n",
    'know/b.ts': "export const later = () => import('./deep/c');\n",
    'know/deep/c.ts': "// import './no';\nexport const c = require('../b') as typeof import('../d');\n",
    'know/d.ts': "export const data = require('./data.json');\n",
    'know/data.json': '{}',
    'know/b.test.ts': "import './b';\n",
    'know/testing/fixture.ts': "import '../b';\n",
    'make/e.ts': "import 'house';\nimport { d } from 'house/parts/f';\nimport p from 'house/package.json';\n",
    'parts/f.ts': '',
  });
  afterAll(() => project.remove());

  test('are read from every form, by relative path and by the name of the package, without tests and their helpers', () => {
    expect(Object.fromEntries(readImports(project.at, ['know', 'make']))).toEqual({
      'know/b.ts': ['know/deep/c.ts'],
      'know/d.ts': [],
      'know/deep/c.ts': ['know/b.ts', 'know/d.ts'],
      'know/index.ts': ['know/b.ts'],
      'make/e.ts': ['know/index.ts', 'parts/f.ts'],
    });
  });
});

describe('the interfaces of files', () => {
  const size = (lines: number, file = 'know/a.ts'): InterfaceSize => ({ file, name: 'Props', lines });

  test.each([[size(4)], [size(5, 'make/a.ts')]])('are as long as their folder has them: %j', (interfaceSize) => {
    expect(longInterfaces([interfaceSize], LAYERS)).toEqual([]);
  });

  test('are too long beyond that', () => {
    expect(longInterfaces([size(5), size(3)], LAYERS)).toEqual([
      'an interface of 5 lines, at most 4: Props in know/a.ts; give a group of its props one of their own',
    ]);
  });

  test('are measured from their name to their end, with the comments of their props', () => {
    const project = folder({
      'know/a.ts': '/** A doc. */\nexport interface A {\n  /** One. */\n  readonly one: number;\n}\n\ninterface B {}\n',
      'know/a.test.ts': 'interface C {\n}\n',
    });
    try {
      expect(readInterfaces(project.at, 'know')).toEqual([
        { file: 'know/a.ts', name: 'A', lines: 4 },
        { file: 'know/a.ts', name: 'B', lines: 1 },
      ]);
    } finally {
      project.remove();
    }
  });
});

describe('npm run structure', () => {
  function run(argv: readonly string[], files: Readonly<Record<string, string>>) {
    const project = folder({ 'package.json': PACKAGE, 'scripts/layers.json': JSON.stringify(LAYERS), ...files });
    const said: string[] = [];
    const complaints: string[] = [];
    try {
      const code = main(
        argv,
        project.at,
        (line) => said.push(line),
        (line) => complaints.push(line),
      );
      return { code, said: said.join('\n'), complaints };
    } finally {
      project.remove();
    }
  }

  test('prints each folder that there is, and answers 0', () => {
    const { code, said, complaints } = run([], { 'know/a.ts': '', 'know/b.ts': "import './a';" });
    expect([code, complaints]).toEqual([0, []]);
    expect(said).toMatch(
      /^know +2 files, longest chain +2: b → a\nno circle, no import against the layers, no interface longer than a screen$/,
    );
  });

  test('answers 1 when a rule is broken', () => {
    const { code, said, complaints } = run([], { 'know/a.ts': "import '../make/b';", 'make/b.ts': '' });
    expect([code, complaints]).toEqual([
      1,
      ['an import against the layers: know/a.ts → make/b.ts (know may import itself alone)'],
    ]);
    expect(said).toMatch(/\n1 fault$/);
  });

  test('answers 1 when an interface is longer than a screen', () => {
    const { code, complaints } = run([], { 'know/a.ts': 'interface A {\n  a: 1;\n  b: 2;\n  c: 3;\n}\n' });
    expect([code, complaints]).toEqual([
      1,
      ['an interface of 5 lines, at most 4: A in know/a.ts; give a group of its props one of their own'],
    ]);
  });

  test('says how it is used', () => {
    expect(run(['--help'], {})).toMatchObject({ code: 0, said: expect.stringMatching(/^Usage: npm run structure\n/) });
    expect(run(['know'], {})).toMatchObject({ code: 2, said: '' });
  });

  test('finds no fault in this project', () => {
    const complaints: string[] = [];
    expect([
      main(
        [],
        ROOT,
        () => {},
        (line) => complaints.push(line),
      ),
      complaints,
    ]).toEqual([0, []]);
  });
});
