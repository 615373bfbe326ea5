import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript';
import importX from 'eslint-plugin-import-x';
import tseslint from 'typescript-eslint';

/** Files below `target` import nothing from the `folders`. */
const layer = (target, folders, message) => ({ target, from: folders.map((folder) => `./${folder}/**/*`), message });

const ONE_WAY = 'one way: shared, storage, disks, vm, platform';

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
            layer('./constructs', ['chapters', 'bench', 'scripts'], 'the library knows no consumer'),
            layer('./constructs/shared', ['imports', 'constructs/!(shared)'], 'shared/ imports nothing of ours'),
            layer('./constructs/storage', ['imports', 'constructs/{disks,vm,platform,synth}'], ONE_WAY),
            layer('./constructs/disks', ['constructs/{vm,platform,synth}'], ONE_WAY),
            layer('./constructs/vm', ['constructs/{platform,synth}'], ONE_WAY),
            layer('./constructs/platform', ['constructs/synth'], ONE_WAY),
            layer(
              './constructs/synth',
              ['imports', 'constructs/{storage,disks,vm,platform}'],
              'synth/ serves any chart',
            ),
            layer(
              './review/{admission,schema}/**/*',
              ['imports', 'constructs', 'chapters', 'bench', 'scripts'],
              'schema and admission share no code with what they judge',
            ),
            layer('./constructs', ['review'], 'the constructs know no review'),
            {
              target: './review/**/!(*.test).ts',
              from: [
                './constructs/*.ts',
                './constructs/!(storage|shared)/**/*',
                './constructs/shared/!(likeness|wording)*',
              ],
              message: 'of the constructs, the review takes the facts of storage/ and the words of shared/',
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
