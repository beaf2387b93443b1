// The HTML report as a text: what its security policy allows, and what it says without its script.
import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import t from 'tap';
import type { Result } from '../../../src/model/result.js';
import { fromTable, type ValueTable } from '../../../src/report/page/value-table.js';
import { FOLDER_REPORTERS, REPORTERS } from '../../../src/report/reporters.js';
import { makeResultHarmless } from '../../../src/report/shared/harmless.js';
import { readResultFile } from '../../support/result.js';

const result = readResultFile(new URL('../every-status.json', import.meta.url));
const page = REPORTERS.html(result, { color: true });

const HOSTILE = '</script><script>alert(1)</script><img src=x onerror=alert(2)> \u202e"\'&';

/** The result with a hostile text in the place of each text that a scenario or a rule has. */
function makeHostile({ scenarios, ...rest }: Result): Result {
  return {
    ...rest,
    scenarios: scenarios.map((scenario) => ({
      ...scenario,
      name: HOSTILE,
      description: HOSTILE,
      file: HOSTILE,
      tags: [HOSTILE],
      error: scenario.error && { ...scenario.error, message: HOSTILE },
      rules: scenario.rules.map((rule) => ({ ...rule, name: HOSTILE, text: HOSTILE })),
      probes: scenario.probes.map((probe) => ({ ...probe, name: HOSTILE, explanation: HOSTILE, advice: HOSTILE, headline: HOSTILE })),
    })),
  };
}

t.test('nothing may run or be loaded but the script and the style of the page', async (t) => {
  const [, policy = ''] = /http-equiv="Content-Security-Policy" content="([^"]*)"/i.exec(page) ?? [];
  const hash = (text = '') => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
  const scripts = [...page.matchAll(/<script>([\s\S]*?)<\/script>/g)].map(([, text]) => text);
  const styles = [...page.matchAll(/<style>([\s\S]*?)<\/style>/g)].map(([, text]) => text);
  t.strictSame([scripts.length, styles.length], [1, 1]);
  t.equal(policy, `default-src 'none'; script-src ${hash(scripts[0])}; style-src ${hash(styles[0])}; base-uri 'none'; form-action 'none'`);
  t.notMatch(page, / (on\w+|style|src)=|<(link|img|iframe|base|form)\b/i);
});

t.test('the document is in the page, whole', async (t) => {
  const [, packed = ''] = /<script type="text\/plain" id="loopfw-result">([\w+/=]*)<\/script>/.exec(page) ?? [];
  const table = JSON.parse(gunzipSync(Buffer.from(packed, 'base64')).toString()) as ValueTable;
  t.strictSame(fromTable(table), makeResultHarmless(result));
});

t.test('without its script the page says what happened, and why', async (t) => {
  t.match(page, '<title>1 failed, 2 errors, 1 inconclusive of 6 probes; the run was aborted · loopfw</title>');
  const reasons = page.slice(page.indexOf('<main id="reasons">'));
  for (const { name, probes, error } of result.scenarios) {
    t.match(reasons, name);
    t.ok(error === null || page.includes(error.message.split('\n')[0]!), 'the error of a scenario');
    for (const { id, status } of probes) {
      t.equal(reasons.includes(`<article id="${id}">`), status !== 'passed', id);
    }
  }
});

t.test('no text of a file is markup, and none mirrors what stands beside it', async (t) => {
  const text = REPORTERS.html(makeHostile(result), { color: false });
  t.equal(text.match(/<script/g)?.length, 2, 'the data and the script');
  t.notMatch(text, /alert\(1\)<\/script>|<img|\u202e/);
  t.match(text, '&lt;img src=x onerror=alert(2)&gt; \\u{202e}&quot;&#39;&amp;');
});

t.test('as a folder it has nothing inline, and its index comes last', async (t) => {
  const files = FOLDER_REPORTERS.html?.(result, { color: false }) ?? [];
  t.strictSame(
    files.map(({ name }) => name),
    ['page.css', 'page.js', 'data.js', 'index.html'],
  );
  const index = files.at(-1)?.text ?? '';
  t.match(index, `default-src 'none'; script-src 'self'; style-src 'self'; base-uri 'none'; form-action 'none'`);
  t.notMatch(index, /<script(?! src="(data|page)\.js"><\/script>)|<style| (on\w+|style)=/);
  t.match(index, '<main id="reasons">');
});
