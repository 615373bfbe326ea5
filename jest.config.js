/** @type {import('jest').Config} */
module.exports = {
  testMatch: ['<rootDir>/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/lib/'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } },
    ],
  },
  // A package finds itself by its own name; jest has to be told.
  moduleNameMapper: { '^cdk8s-kubevirt$': '<rootDir>/constructs', '^cdk8s-kubevirt/(.*)$': '<rootDir>/$1' },
  modulePathIgnorePatterns: ['<rootDir>/lib/'],
  // The test files of a worker share its process and their modules, which are loaded and compiled once, not 426 times.
  testEnvironment: '<rootDir>/scripts/jest/process-environment.cjs',
  testRunner: '<rootDir>/scripts/jest/shared-modules.cjs',
  // The one snapshot file of the project stands at the top level: __snapshots__/main.test.ts.snap.
  ci: true,
  // Two cores, two workers: jest itself would leave one to its own.
  maxWorkers: '100%',
  // Of a test that starts a process, on a machine that does much else: with the 5 s of jest one failed at a load of 20.
  testTimeout: 30_000,
};
