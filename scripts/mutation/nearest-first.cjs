const { dirname, relative } = require('node:path');

/** Runs the tests nearest to the file that MUTATED names first: of a mutation that is noticed, one of them mostly notices. */
module.exports = class NearestFirst {
  sort(tests) {
    const folder = dirname(process.env.MUTATED);
    const distance = new Map(tests.map((test) => [test, relative(folder, test.path).split('/').length]));
    const named = process.env.MUTATED.replace(/\.ts$/, '.test.ts');
    return [...tests].sort(
      (a, b) =>
        Number(b.path === named) - Number(a.path === named) ||
        distance.get(a) - distance.get(b) ||
        (a.path < b.path ? -1 : 1),
    );
  }

  shard(tests) {
    return tests;
  }

  allFailedTests(tests) {
    return tests;
  }

  cacheResults() {}
};
