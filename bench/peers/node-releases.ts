import { spawnSync } from 'node:child_process';

/** The releases of Node.js that a cold start is measured on. */
const RELEASES = ['20', '22'];

/** The programs of Node.js to measure on, by their major release; npm fetches those that do not run this benchmark. */
export function nodes(): ReadonlyMap<string, string> {
  const own = process.versions.node.split('.')[0] ?? '';
  const found = new Map([[own, process.execPath]]);
  for (const release of RELEASES.filter((one) => one !== own)) {
    const args = ['--yes', '--package', `node@${release}`, 'node', '--print', 'process.execPath'];
    const { status, stdout } = spawnSync('npx', args, { encoding: 'utf8', shell: process.platform === 'win32' });
    if (status === 0) found.set(release, stdout.trim());
    else console.log(`without Node.js ${release}: npm cannot fetch it`);
  }
  return found;
}
