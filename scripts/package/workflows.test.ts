import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = join(__dirname, '..', '..', '.github', 'workflows');
const workflows = readdirSync(FOLDER).map((name) => [name, readFileSync(join(FOLDER, name), 'utf8')] as const);

test('there are workflows for every change, for what it does to machines, for a release, and for the dependencies', () => {
  expect(workflows.map(([name]) => name).sort()).toEqual(['audit.yml', 'changes.yml', 'ci.yml', 'release.yml']);
});

describe.each(workflows)('%s', (_name, text) => {
  test('pins every action by its digest, and says which version that is', () => {
    const uses = text.match(/^ *(- )?uses: .*$/gm) ?? [];
    expect(uses.length).toBeGreaterThan(0);
    // The Action of this repository is that of the commit which is checked out.
    for (const line of uses) expect(line).toMatch(/uses: (\.\/|[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+)$/);
  });

  test('may do no more than read by default, and leaves no credentials in the checkout', () => {
    expect(text).toMatch(/^permissions: \{ contents: read \}$/m);
    const checkouts = text.match(/actions\/checkout@/g)!;
    expect(text.match(/persist-credentials: false/g)).toHaveLength(checkouts.length);
  });

  test('runs no text of an event, and names no registry', () => {
    expect(text).not.toMatch(/\$\{\{ *github\.event/);
    const commands = text.replace(/^#.*$/gm, '');
    expect(commands).not.toMatch(/registry|NODE_AUTH_TOKEN/i);
  });
});

test('a release is published by trusted publishing, with provenance and an SBOM', () => {
  const text = readFileSync(join(FOLDER, 'release.yml'), 'utf8');
  expect(text).toMatch(/id-token: write/);
  expect(text).toMatch(/npm publish --provenance/);
  expect(text).toMatch(/npm sbom .*> sbom\.cdx\.json/);
  expect(text).not.toMatch(/secrets\./);
});
