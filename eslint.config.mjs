import { createRequire } from 'node:module';
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript';
import importX from 'eslint-plugin-import-x';
import tseslint from 'typescript-eslint';

const { mayImport } = createRequire(import.meta.url)('./scripts/layers.json');

/** A folder of the house imports itself and what scripts/layers.json names; tests may import what they need. */
const ROOMS = Object.entries(mayImport).map(([folder, others]) => ({
  target: `./${folder}/**/!(*.test).ts`,
  from: './',
  except: ['node_modules', 'package.json', folder, ...others],
  message: `${folder}/ may import ${others.length === 0 ? 'nothing else of ours' : others.join(', ')}`,
}));

export default tseslint.config(
  { ignores: ['node_modules/', '**/dist/', 'lib/', 'docs/', 'imports/', 'coverage/'] },
  ...tseslint.configs.recommended,
  {
    files: ['**/*.ts'],
    plugins: { 'import-x': importX },
    settings: {
      'import-x/resolver-next': [
        createTypeScriptImportResolver({
          conditionNames: ['cdk8s-kubevirt-source', 'types', 'node', 'require', 'default'],
        }),
      ],
    },
    rules: {
      'import-x/no-cycle': 'error',
      'import-x/no-default-export': 'error',
      'import-x/order': [
        'error',
        {
          alphabetize: { order: 'asc' },
          'newlines-between': 'never',
          // The package by its own name is what it is to any consumer.
          pathGroups: [{ pattern: 'cdk8s-kubevirt{,/**}', group: 'external' }],
          pathGroupsExcludedImportTypes: [],
        },
      ],
      'import-x/no-restricted-paths': [
        'error',
        {
          zones: [
            ...ROOMS,
            {
              target: './constructs',
              from: ['./review', './cli', './chapters', './bench', './scripts'],
              message: 'the library knows no consumer, in its tests either',
            },
          ],
        },
      ],
      'max-lines': ['error', { max: 350, skipBlankLines: true, skipComments: true }],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
    },
  },
  {
    files: ['main.ts', 'chapters/**', 'examples/*/**'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              regex: '^\\.\\.?/(.*/)?(constructs|imports|review|cli)(/|$)',
              message: "A consumer imports 'cdk8s-kubevirt' or 'cdk8s-kubevirt/review'.",
            },
          ],
        },
      ],
    },
  },
  { files: ['**/*.test.ts', 'bench/**', 'scripts/**'], rules: { 'max-lines': 'off' } },
  // The one table whose modules are loaded when they are used.
  { files: ['**/*.cjs', 'review/admission/kinds.ts'], rules: { '@typescript-eslint/no-require-imports': 'off' } },
);
