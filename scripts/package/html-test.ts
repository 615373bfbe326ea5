import { strict as assert } from 'node:assert';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { accessibleParts, outlineFaults } from './accessible-parts';
import { Browser, installedBrowser, launch, Page } from './browser';
import { fleetManifests } from './fleet-manifests';

const ROOT = join(__dirname, '..', '..');
const PROGRAM = join(ROOT, 'cli', 'cdk8s-kubevirt.cjs');

/**
 * `npm run test:html`: opens the HTML of inventory, check and diff in a real browser, and clicks in it. The browser is that of
 * CHROME_PATH, else the one on the path; in the project's workflow its absence is a failure, elsewhere it is said. `-- FOLDER` keeps screenshots.
 */
async function main(screenshots: string | undefined): Promise<void> {
  const chrome = installedBrowser();
  if (chrome === undefined) {
    if (process.env.GITHUB_ACTIONS === 'true')
      throw new Error('[test:html] no Chrome or Chromium is found: install one, or set CHROME_PATH');
    console.log('no Chrome or Chromium is found: the HTML is not tried out (set CHROME_PATH)');
    return;
  }
  const work = mkdtempSync(join(tmpdir(), 'html-'));
  const browser = await launch(chrome);
  if (screenshots !== undefined) mkdirSync(screenshots, { recursive: true });
  try {
    for (const vms of [10, 100, 1000]) await inventoryOf(vms, work, browser, screenshots);
    await checkOf(work, browser, screenshots);
    await diffOf(work, browser, screenshots);
    console.log(
      `${chrome}: the HTML of inventory (10, 100, 1,000 VMs), check and diff opens, sorts, filters and draws`,
    );
  } finally {
    await browser.close();
    rmSync(work, { recursive: true, force: true });
  }
}

/** What the command writes, as a page that is open: nothing may be fetched, and no script may fail. */
async function opened(
  browser: Browser,
  work: string,
  name: string,
  argv: readonly string[],
  screenshots: string | undefined,
): Promise<Page> {
  const { stdout, stderr } = spawnSync(process.execPath, [PROGRAM, ...argv], {
    cwd: work,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  assert.equal(stderr, '', `${name}: ${stderr}`);
  const file = join(work, `${name}.html`);
  writeFileSync(file, stdout);
  const context = await browser.newContext({ offline: true, viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  const trouble: string[] = [];
  page.on('pageerror', (error) => trouble.push(String(error)));
  page.on('console', (line) => line.type() === 'error' && trouble.push(line.text()));
  page.on('request', (request) => !request.url().startsWith('file:') && trouble.push(request.url()));
  await page.goto(pathToFileURL(file).href);
  assert.deepEqual(trouble, [], name);
  await readableByAll(page, name);
  const parts = await accessibleParts(await context.newCDPSession(page));
  assert.deepEqual(outlineFaults(parts), [], name);
  if (screenshots !== undefined) {
    const outline = parts.filter(({ role }) => OUTLINE.has(role)).map(({ role, name: said }) => `${role}: ${said}`);
    writeFileSync(join(screenshots, `${name}.txt`), `${outline.join('\n')}\n`);
  }
  await byKeyboard(page, name);
  return page;
}

/** What somebody hears who has the page read aloud. */
const OUTLINE: ReadonlySet<string> = new Set([
  'banner',
  'main',
  'region',
  'heading',
  'button',
  'searchbox',
  'table',
  'image',
  'link',
]);

/** The first key leads past the head of the page, and the next ones to everything that can be pressed or filled. */
async function byKeyboard(page: Page, name: string): Promise<void> {
  const focused = () =>
    page.evaluate<string>(
      'document.activeElement.className || document.activeElement.id || document.activeElement.tagName',
    );
  await page.evaluate('document.activeElement.blur()');
  await page.keyboard.press('Tab');
  assert.equal(await focused(), 'skip', name);
  await page.keyboard.press('Enter');
  assert.equal(await focused(), 'problems', `${name}: the first link leads to what will not work`);
  const [reached, all] = await page.evaluate<[number, number]>(`(() => {
    const all = [...document.querySelectorAll('a[href], button, input, [tabindex="0"]')];
    const reached = all.filter((one) => (one.focus(), document.activeElement === one));
    document.activeElement.blur();
    scrollTo(0, 0);
    return [reached.length, all.length];
  })()`);
  assert.equal(reached, all, `${name}: something takes no focus`);
}

async function inventoryOf(
  vms: number,
  work: string,
  browser: Browser,
  screenshots: string | undefined,
): Promise<void> {
  const name = `inventory-${vms}`;
  writeFileSync(join(work, 'fleet.yaml'), fleetManifests(vms));
  const page = await opened(browser, work, name, ['inventory', '--format', 'html', 'fleet.yaml'], screenshots);
  const card = page.locator('.card', { hasText: 'VMs' }).locator('dd').first();
  assert.equal(await card.textContent(), String(vms));
  // The picture: at most 60 boxes, and a click opens more.
  const boxes = page.locator('#graph .node');
  const before = await boxes.count();
  assert.ok(before > 0 && before <= 60, `${name}: ${before} boxes before a click`);
  if (vms >= 100) {
    await page.locator('#graph .node.namespace').first().click();
    const after = await boxes.count();
    assert.ok(after > before, `${name}: a click opens nothing`);
    await page.locator('#graph .node.namespace').first().focus();
    await page.keyboard.press('Enter');
    assert.ok((await boxes.count()) > after, `${name}: Enter opens nothing`);
  }
  await sorts(page, name);
  await filters(page, name, vms);
  if (screenshots !== undefined)
    await page.screenshot({ path: join(screenshots, `${name}.png`), fullPage: vms === 10 });
  await themes(page, name, screenshots);
}

async function sorts(page: Page, name: string): Promise<void> {
  const disks = page.locator('section', { has: page.locator('h2', { hasText: /^Disks$/ }) });
  const head = disks.locator('th', { hasText: 'size' });
  await head.locator('button').click();
  assert.equal(await head.getAttribute('aria-sort'), 'ascending');
  const cells = disks.locator('tbody tr td:nth-child(5)');
  assert.equal(await cells.first().textContent(), '5Gi', `${name}: the smallest disk is not the first`);
  await head.locator('button').click();
  assert.equal(await head.getAttribute('aria-sort'), 'descending');
  assert.equal(await cells.first().textContent(), '100Gi', `${name}: the largest disk is not the first`);
}

async function filters(page: Page, name: string, vms: number): Promise<void> {
  const table = page.locator('section', { has: page.locator('h2', { hasText: /^VMs$/ }) });
  await table.locator('input').fill('vm-0007');
  assert.equal(await table.locator('[role=status]').textContent(), `1 of ${vms} rows`, name);
  assert.equal(await table.locator('tbody tr:visible').count(), 1, name);
  await table.locator('input').fill('');
  assert.equal(await table.locator('tbody tr:visible').count(), vms, name);
}

async function themes(page: Page, name: string, screenshots: string | undefined): Promise<void> {
  const back = () => page.evaluate<string>('getComputedStyle(document.body).backgroundColor');
  assert.equal(await back(), 'rgb(255, 255, 255)', name);
  await page.locator('#theme').click();
  assert.equal(await back(), 'rgb(13, 17, 23)', name);
  await contrast(page, `${name}, dark`);
  if (screenshots !== undefined) await page.screenshot({ path: join(screenshots, `${name}-dark.png`) });
  await page.emulateMedia({ media: 'print' });
  assert.equal(await back(), 'rgb(255, 255, 255)', `${name}, printed`);
  await contrast(page, `${name}, printed`);
  if (screenshots !== undefined) await page.screenshot({ path: join(screenshots, `${name}-print.png`) });
  assert.equal(await page.locator('#theme').isVisible(), false, name);
  await page.emulateMedia({ media: 'screen', colorScheme: 'dark' });
}

async function checkOf(work: string, browser: Browser, screenshots: string | undefined): Promise<void> {
  const wrong = fleetManifests(10).replace('bus: virtio', 'bus: "<b>virtoi</b>"');
  writeFileSync(join(work, 'wrong.yaml'), wrong);
  const page = await opened(browser, work, 'check', ['check', '--format', 'html', 'wrong.yaml'], screenshots);
  assert.equal(await page.locator('.problems li.bad').count(), 1);
  assert.match(
    (await page.locator('.problems li').first().textContent()) ?? '',
    /<b>virtoi<\/b>.*wrong\.yaml:\d+:\d+/s,
  );
  assert.equal(await page.locator('.problems b').count(), 0, 'a value of a manifest becomes an element');
  assert.equal(await page.locator('.card', { hasText: 'errors' }).locator('dd').textContent(), '1');
  if (screenshots !== undefined) await page.screenshot({ path: join(screenshots, 'check.png'), fullPage: true });
}

async function diffOf(work: string, browser: Browser, screenshots: string | undefined): Promise<void> {
  writeFileSync(join(work, 'old.yaml'), fleetManifests(10));
  writeFileSync(join(work, 'new.yaml'), fleetManifests(10).replace('storage: 100Gi', 'storage: 50Gi'));
  const page = await opened(browser, work, 'diff', ['diff', '--format', 'html', 'old.yaml', 'new.yaml'], screenshots);
  assert.match((await page.locator('.problems li.bad').first().textContent()) ?? '', /refused.*shrinks 100Gi → 50Gi/s);
  assert.equal(await page.locator('.card.bad dd').first().textContent(), '1');
  if (screenshots !== undefined) await page.screenshot({ path: join(screenshots, 'diff.png'), fullPage: true });
}

/** One first heading, no level left out, a name for everything that can be pressed or filled, a head for each column. */
async function readableByAll(page: Page, name: string): Promise<void> {
  const faults = await page.evaluate<string[]>(`(() => {
    const faults = [];
    if (document.documentElement.lang === '') faults.push('no language');
    const levels = [...document.querySelectorAll('h1,h2,h3,h4')].map(({ tagName }) => Number(tagName[1]));
    if (levels.filter((level) => level === 1).length !== 1) faults.push('not one h1');
    levels.forEach((level, index) => { if (index > 0 && level > levels[index - 1] + 1) faults.push('a level is left out'); });
    for (const input of document.querySelectorAll('input')) if (input.labels.length === 0) faults.push('an input without a label');
    for (const button of document.querySelectorAll('button,[role=button]')) {
      if ((button.getAttribute('aria-label') || button.textContent).trim() === '') faults.push('a button without a name');
    }
    for (const svg of document.querySelectorAll('svg[role=img]')) if (!svg.getAttribute('aria-label')) faults.push('a picture without a name');
    for (const th of document.querySelectorAll('th')) if (th.scope !== 'col') faults.push('a head without a scope');
    const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id);
    if (new Set(ids).size < ids.length) faults.push('an id twice');
    for (const one of document.querySelectorAll('[aria-labelledby]')) {
      if (document.getElementById(one.getAttribute('aria-labelledby')) === null) faults.push('a label that is not there');
    }
    return faults;
  })()`);
  assert.deepEqual(faults, [], name);
  await contrast(page, name);
}

/** WCAG 2.2, 1.4.3: 4.5 to 1. */
async function contrast(page: Page, name: string): Promise<void> {
  const low = await page.evaluate<string[]>(`(() => {
    const light = (colour) => {
      const [r, g, b] = colour.match(/[\\d.]+/g).slice(0, 3).map((part) => part / 255)
        .map((part) => (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const backOf = (one) => {
      const colour = getComputedStyle(one).backgroundColor;
      return colour === 'rgba(0, 0, 0, 0)' && one.parentElement ? backOf(one.parentElement) : colour;
    };
    const low = [];
    const ratio = (one, other) => {
      const [a, b] = [light(one), light(other)].sort((x, y) => y - x);
      return (a + 0.05) / (b + 0.05);
    };
    for (const one of document.querySelectorAll('svg text')) {
      const box = one.parentElement.querySelector('rect');
      const back = one.closest('.node') && box ? getComputedStyle(box).fill : backOf(one.closest('section'));
      const found = ratio(getComputedStyle(one).fill, back);
      if (found < 4.5) low.push('text of a picture ' + one.textContent + ' ' + found.toFixed(2));
    }
    // WCAG 2.2, 1.4.11: what a picture is made of, 3 to 1.
    for (const one of document.querySelectorAll('svg .node rect')) {
      const found = ratio(getComputedStyle(one).stroke, backOf(one.closest('section')));
      if (found < 3) low.push('frame of a box ' + found.toFixed(2));
    }
    for (const one of document.querySelectorAll('h1,h2,p,li,dt,dd,td,th button,label,code')) {
      const [a, b] = [light(getComputedStyle(one).color), light(backOf(one))].sort((x, y) => y - x);
      if ((a + 0.05) / (b + 0.05) < 4.5) low.push(one.tagName + ' ' + one.className + ' ' + ((a + 0.05) / (b + 0.05)).toFixed(2));
      if (low.length > 5) break;
    }
    return low;
  })()`);
  assert.deepEqual(low, [], `${name}: too little contrast`);
}

main(process.argv[2]).catch((thrown: unknown) => {
  console.error(thrown);
  process.exitCode = 1;
});
