import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript';
import importX from 'eslint-plugin-import-x';
import tseslint from 'typescript-eslint';

/** `target` may import nothing of ours but what stands in `except`. One way: shared, storage, vm, platform, chapters, main. */
const layer = (target, from, message) => ({ target, from, message });

export default tseslint.config(
  { ignores: ['node_modules/', 'dist/', 'imports/', 'coverage/'] },
  ...tseslint.configs.recommended,
  {
    files: ['**/*.ts'],
    plugins: { 'import-x': importX },
    settings: { 'import-x/resolver-next': [createTypeScriptImportResolver()] },
    rules: {
      'import-x/no-cycle': 'error',
      'import-x/no-default-export': 'error',
      'import-x/order': ['error', { alphabetize: { order: 'asc' }, 'newlines-between': 'never' }],
      'import-x/no-restricted-paths': [
        'error',
        {
          zones: [
            layer('./constructs', ['./chapters', './main.ts', './bench', './scripts'], 'the library knows no consumer'),
            layer('./constructs/shared', ['./constructs/!(shared)', './imports'], 'shared/ imports nothing of ours'),
            layer(
              './constructs/storage',
              ['./constructs/{vm,platform,synth}'],
              'one way: shared, storage, vm, platform',
            ),
            layer('./constructs/vm', ['./constructs/{platform,synth}'], 'one way: shared, storage, vm, platform'),
            layer('./constructs/synth', ['./constructs/{storage,vm,platform}', './imports'], 'synth/ serves any chart'),
            layer('./chapters', ['./constructs/*/**', './imports'], 'a chapter uses the public entry point'),
          ],
        },
      ],
      'max-lines': ['error', { max: 250, skipBlankLines: true, skipComments: true }],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
    },
  },
  { files: ['**/*.test.ts', 'bench/**', 'scripts/**'], rules: { 'max-lines': 'off' } },
);
