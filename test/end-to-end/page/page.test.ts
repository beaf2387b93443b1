// The HTML report in Debian's Chromium, without a network: what a person sees, hears and types. One browser for all.
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { AxeResults } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import t, { type Test } from 'tap';
import type { Result } from '../../../src/model/result.js';
import { REPORTERS } from '../../../src/report/reporters.js';
import { needsBrowser, openPage, startBrowser } from '../../support/browser.js';
import { loopfw } from '../../support/loopfw.js';
import { readResult } from '../../support/result.js';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core'), 'utf8');

/** Rejected at one address, dropped, through NAT to another machine, and names that want to deceive. */
const SCENARIOS = [
  {
    name: 'one address',
    tags: ['reject'],
    servers: { web: 'tcp://127.0.0.1:8000' },
    clients: { app: '127.0.0.1' },
    rules: ['-A INPUT -s 127.0.0.1 -j REJECT'],
    probes: [{ from: 'app', to: 'web', expect: 'refused' }],
  },
  {
    name: 'a DROP',
    servers: { web: 'tcp://127.0.0.2:8000' },
    rules: ['-A INPUT -d 127.0.0.2 -p tcp --dport 8000 -j DROP', '-A INPUT -d 127.0.0.9 -j DROP'],
    probes: [
      { from: '127.0.0.1', to: 'web', expect: 'dropped' },
      { from: '127.0.0.1', to: 'tcp://127.0.0.3:1', expect: 'closed' },
    ],
  },
  {
    name: 'a published port',
    interfaces: { eth0: { addresses: ['192.0.2.1/24'] }, eth1: { addresses: ['10.0.0.1/24'] } },
    sysctl: { 'net.ipv4.ip_forward': 1 },
    servers: { web: { protocol: 'tcp', address: '10.0.0.5', port: 80, via: 'eth1' } },
    clients: { world: { address: '192.0.2.9', via: 'eth0' } },
    rules: ['-t nat -A PREROUTING -i eth0 -p tcp --dport 8080 -j DNAT --to-destination 10.0.0.5:80'],
    probes: [{ from: 'world', to: 'tcp://192.0.2.1:8080', expect: 'connected' }],
  },
  {
    name: 'gnp.\u202eexe <img src=x onerror=document.title=1> </script>',
    servers: { web: 'tcp://127.0.0.2:8000' },
    rules: ['-A INPUT -d 127.0.0.2 -j DROP'],
    probes: [{ name: '<script>document.title=1</script>', from: '127.0.0.1', to: 'web', expect: 'refused' }],
  },
];

let folder: string;
let browser: Browser;
let result: Result;
const url = (path: string, id = '') => `${pathToFileURL(join(folder, path)).href}${id === '' ? '' : `#${id}`}`;

async function open(t: Test, path: string, options: Parameters<typeof openPage>[2] & { id?: string } = {}) {
  const { id = '', ...rest } = options;
  const opened = await openPage(browser, url(path, id), rest);
  t.after(() => opened.page.close());
  if (rest.javaScriptEnabled !== false) {
    await opened.page.waitForFunction(() => performance.getEntriesByName('loopfw-ready').length > 0);
  }
  return opened;
}

/** The findings of axe in these colours. */
async function examine(page: Page, colorScheme: 'light' | 'dark'): Promise<string[]> {
  await page.emulateMedia({ colorScheme });
  await page.evaluate(AXE);
  const { violations } = await page.evaluate<AxeResults>('axe.run()');
  return violations.flatMap(({ id, impact, nodes }) => nodes.map(({ target }) => `${colorScheme}: ${impact} ${id} ${target.join(' ')}`));
}

/** The colour of the box where a packet ended. */
const getColor = (page: Page) => page.evaluate("getComputedStyle(document.querySelector('.stage.end .hook')).color");
const titles = (page: Page) => page.locator('.card h3').allInnerTexts();
const probeOf = (name: string) => result.scenarios.find((scenario) => scenario.name === name)!.probes[0]!;

t.test('the page in a browser', needsBrowser, async (t) => {
  folder = await mkdtemp(join(tmpdir(), 'loopfw-page-'));
  t.after(() => rm(folder, { recursive: true }));
  const input = JSON.stringify(SCENARIOS);
  const args = ['-r', `html=${join(folder, 'one.html')}`, '-r', `html=${join(folder, 'many')}/`, '-r', 'json'];
  const ended = await loopfw(['run', '-', ...args], { input });
  t.equal(ended.exitCode, 1, ended.stderr);
  result = readResult(ended);
  browser = await startBrowser();
  t.after(() => browser.close());

  await t.test('it asks for nothing, and says what did not pass and why', async (t) => {
    const { page, complaints } = await open(t, 'one.html');
    t.match(await page.locator('h1').innerText(), /^\s*2 failed of 5 probes$/);
    const causes = await page.locator('.cause').allInnerTexts();
    t.equal(causes.length, 2);
    t.match(
      causes[0],
      /app → web.*one address[\s\S]*The answer was ended on its way back by rule 0\. Expected refused, saw timeout, answer-eaten\./,
    );
    t.strictSame(complaints, []);
    t.strictSame(await examine(page, 'light'), []);
    t.strictSame(await examine(page, 'dark'), []);
  });

  await t.test('the journey of a rejection that came back to its own rule', async (t) => {
    const { page } = await open(t, 'one.html', { id: probeOf('one address').id });
    const boxes = await page.locator('.journey .stage').allInnerTexts();
    t.strictSame(
      boxes.map((text) => text.trim().split('\n')[0]?.trim()),
      ['OUTPUT', 'INPUT', 'OUTPUT', 'INPUT'],
    );
    t.match(boxes[3], /the same rule again/);
    t.match(await page.locator('.party.client').innerText(), /silence/);
    t.match(await page.locator('.party.server.missed').innerText(), /never got the request/);
    const red = await getColor(page);
    t.equal(red, 'rgb(179, 38, 30)');
  });

  await t.test('a wall of a probe that passed is black', async (t) => {
    const { page } = await open(t, 'one.html', { id: probeOf('a DROP').id });
    const ink = await getColor(page);
    t.equal(ink, 'rgb(27, 31, 36)');
    t.match(await page.locator('.rule-table').innerText(), /never\s+-A INPUT -d 127\.0\.0\.9/);
  });

  await t.test('NAT: the server has the address of the scenario and its own', async (t) => {
    const { page } = await open(t, 'one.html', { id: probeOf('a published port').id });
    t.match(await page.locator('.party.server').innerText(), /192\.0\.2\.1:8080\s+10\.0\.0\.5:80/);
    t.match(await page.locator('.lane.request').innerText(), /PREROUTING[\s\S]*now .* → 10\.0\.0\.5:80[\s\S]*FORWARD/);
  });

  await t.test('keys, filters, the list and a rule', async (t) => {
    const { page } = await open(t, 'one.html');
    const first = await titles(page);
    await page.keyboard.press('n');
    t.match(await titles(page), ['<script>document.title=1</script>'], 'n: the next that did not pass');
    await page.keyboard.press('N');
    t.strictSame(await titles(page), first, 'N: back');
    await page.keyboard.press('j');
    t.match(await titles(page), ['127.0.0.1 → web'], 'j: the next');
    t.equal(new URL(page.url()).hash, `#${probeOf('a DROP').id}`, 'the address names the probe');
    await page.keyboard.press('k');
    t.strictSame(await titles(page), first, 'k: back');
    await page.keyboard.press('/');
    await page.keyboard.type('closed 127.0.0.3');
    t.equal(await page.getByRole('status').first().innerText(), '0 probes');
    await page.getByRole('searchbox').fill('no-listener 127.0.0.3');
    t.equal(await page.getByRole('status').first().innerText(), '1 probe');
    await page.getByRole('treeitem', { level: 2 }).click();
    t.match(await titles(page), ['127.0.0.1 → tcp://127.0.0.3:1']);
    await page.getByRole('searchbox').fill('');
    await page.getByRole('button', { name: /passed/ }).click();
    t.equal(await page.getByRole('status').first().innerText(), '3 probes');
    await page.getByRole('button', { name: /^all/ }).click();
    await page.getByRole('combobox').selectOption('reject');
    t.equal(await page.getByRole('status').first().innerText(), '1 probe');
    await page.getByRole('combobox').selectOption('');
    const tree = page.getByRole('tree');
    await tree.focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowLeft');
    t.equal(await page.getByRole('treeitem', { level: 1 }).first().getAttribute('aria-expanded'), 'false', 'left closes a scenario');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    t.match(await titles(page), ['127.0.0.1 → web'], 'down twice: the first probe of the next scenario');
    await page.getByRole('button', { name: 'rule 0: its probes' }).click();
    t.match(await page.locator('.meeting').innerText(), /1 of 2[\s\S]*127\.0\.0\.1 → web/);
  });

  await t.test('hostile names are text, and mirror nothing', async (t) => {
    const { page, complaints } = await open(t, 'one.html');
    await page.keyboard.press('n');
    const text = await page.locator('body').innerText();
    t.match(text, 'gnp.\\u{202e}exe <img src=x onerror=document.title=1> </script>');
    t.notMatch(text, /\u202e/);
    t.equal(await page.locator('img').count(), 0);
    t.match(await page.title(), /^2 failed of 5 probes/);
    t.strictSame(complaints, []);
  });

  await t.test('one column on a narrow screen, and nothing is cut', async (t) => {
    const { page } = await open(t, 'one.html', { viewport: { width: 420, height: 900 } });
    for (let probe = 0; probe < 5; probe += 1) {
      t.equal(await page.evaluate('document.documentElement.scrollWidth'), 420, (await titles(page)).join());
      await page.keyboard.press('j');
    }
    const [tree, card] = await Promise.all([page.locator('.tree').boundingBox(), page.locator('.card').boundingBox()]);
    t.ok(tree!.y + tree!.height <= card!.y, 'the list is above the probe');
    t.strictSame(await examine(page, 'light'), []);
  });

  await t.test('on paper: what did not pass with the rules that it met, and all probes', async (t) => {
    const { page } = await open(t, 'one.html');
    await page.evaluate("dispatchEvent(new Event('beforeprint'))");
    await page.emulateMedia({ media: 'print' });
    t.equal(await page.locator('#paper .card').count(), 2);
    t.equal(await page.locator('#paper .columns li').count(), 5);
    t.notOk(await page.locator('#explorer').isVisible());
    await page.evaluate("dispatchEvent(new Event('afterprint'))");
    t.equal(await page.locator('#paper').count(), 0);
  });

  await t.test('where scripts are forbidden the summary and the reasons are there', async (t) => {
    for (const path of ['one.html', 'many/index.html']) {
      const { page, complaints } = await open(t, path, { javaScriptEnabled: false });
      t.equal(await page.locator('.cause').count(), 2);
      t.match(await page.locator('#reasons article').allInnerTexts(), [/expected refused, saw timeout, answer-eaten/, /What to do/]);
      await page.locator('.cause a').first().click();
      t.equal(new URL(page.url()).hash, `#${probeOf('one address').id}`, 'a cause leads to its story');
      t.strictSame(complaints, []);
    }
  });

  await t.test('as a folder it is the same page', async (t) => {
    const { page, complaints } = await open(t, 'many/index.html');
    t.equal(await page.getByRole('treeitem', { level: 1 }).count(), 4);
    t.strictSame(complaints, []);
  });

  await t.test('ten thousand probes', async (t) => {
    const path = join(folder, 'large.html');
    const large = repeat(result, 10_000);
    await writeFile(path, REPORTERS.html(large, { color: false }));
    const { page } = await open(t, 'large.html');
    const ready = await page.evaluate(() => performance.getEntriesByName('loopfw-ready')[0]!.startTime);
    t.comment(`ready after ${Math.round(ready)} ms`);
    t.ok(ready < 10_000, 'about a second on an idle machine');
    t.match(await page.getByRole('status').first().innerText(), /^10,000 probes$/);
    t.ok((await page.locator('*').count()) < 3000, 'rows that nobody sees are no elements');
    await page.getByRole('searchbox').fill('one address 1999');
    t.equal(await page.getByRole('treeitem', { level: 2 }).count(), 1);
  });
});

/** The scenarios of a result again and again, each with a name and ids of its own, up to so many probes. */
function repeat(result: Result, most: number): Result {
  const rounds = most / result.summary.probes;
  const scenarios = Array.from({ length: rounds }, (_, round) =>
    result.scenarios.map((scenario) => ({
      ...scenario,
      name: `${scenario.name} ${round}`,
      probes: scenario.probes.map((probe) => ({ ...probe, id: `${probe.id}-${round}` })),
    })),
  ).flat();
  return { ...result, scenarios, summary: { ...result.summary, scenarios: scenarios.length, probes: rounds * result.summary.probes } };
}
