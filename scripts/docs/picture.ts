import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { installedBrowser, launch } from '../package/browser';
import { fleetManifests } from '../package/fleet-manifests';

const ROOT = join(__dirname, '..', '..');

/** `npm run picture`: writes docs/report.png, the upper part of the page that `check --format html` makes of a small fleet with two faults. */
async function main(): Promise<void> {
  const chrome = installedBrowser();
  if (chrome === undefined)
    throw new Error('[picture] no Chrome or Chromium is found: install one, or set CHROME_PATH');
  const work = mkdtempSync(join(tmpdir(), 'picture-'));
  const manifests = fleetManifests(20).replace('bus: virtio', 'bus: virtoi').replace('runStrategy', 'runStratgy');
  writeFileSync(join(work, 'fleet.yaml'), manifests);
  const program = join(ROOT, 'cli', 'cdk8s-kubevirt.cjs');
  const { stdout } = spawnSync(process.execPath, [program, 'check', '--format', 'html', 'fleet.yaml'], {
    cwd: work,
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  });
  writeFileSync(join(work, 'report.html'), stdout);
  const browser = await launch(chrome);
  try {
    const context = await browser.newContext({ viewport: { width: 1040, height: 760 }, colorScheme: 'light' });
    const page = await context.newPage();
    await page.goto(pathToFileURL(join(work, 'report.html')).href);
    await page.screenshot({ path: join(ROOT, 'docs', 'report.png') });
  } finally {
    await browser.close();
    rmSync(work, { recursive: true, force: true });
  }
}

main().catch((thrown: unknown) => {
  console.error(thrown);
  process.exitCode = 1;
});
