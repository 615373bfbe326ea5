// The least that reads manifests: each file of a folder through js-yaml. Prints how many documents there are.
const { readdirSync, readFileSync } = require('node:fs');
const { join } = require('node:path');
const { loadAll } = require('js-yaml');

const folder = process.argv[2];
let documents = 0;
for (const name of readdirSync(folder).sort()) {
  if (name.endsWith('.yaml')) documents += loadAll(readFileSync(join(folder, name), 'utf8')).length;
}
console.log(documents);
