import type { Change, ChangeClass, ComparedFate, Diff } from '../../model/insight/diff.js';
import { countNoun } from '../../words/phrases.js';
import { readDiffStyle } from '../page/assets.js';
import { hashText, Html, html, printPage } from '../page/markup.js';
import { makeAllHarmless } from '../shared/harmless.js';
import { CLASSES, fold, getHeadline, getWords, summarize, toCells, type Words } from './diff.js';
import type { DiffReporter } from './reporter.js';

/** The page in one file, without a script. */
export const reportDiffAsHtml: DiffReporter = (foreign) => {
  const diff = makeAllHarmless(foreign);
  const words = getWords(diff);
  const style = readDiffStyle();
  const [counted = '', ...remarks] = summarize(diff);
  const changes = fold(diff.changes);
  const tables = CLASSES.flatMap((name) => {
    const own = changes.filter((change) => change.class === name);
    return own.length === 0 ? [] : [printTable(name, own, words)];
  });
  const title = getHeadline(diff);
  const body = html`<header class="head">
      <p class="facts"><b>loopfw diff</b> ${nameSides(diff)}</p>
      <h1>${title}</h1>
    </header>
    <main>
      ${tables}
      <section>
        <h2>What was compared, and what was not</h2>
        <ul class="remarks">
          ${[counted, ...remarks].map((line) => html`<li>${line}</li> `)}
        </ul>
      </section>
    </main>`;
  return printPage({ title, policy: `style-src '${hashText(style)}'`, head: new Html(`<style>${style}</style>`), body });
};

/** `rules.v4 → new.v4, in the world of server.json` */
function nameSides({ compares, before, after, scenario }: Diff): Html {
  const sides = compares === 'families' ? `IPv4 and IPv6 in ${before.join(', ')}` : `${before.join(', ')} → ${after.join(', ')}`;
  return html`<span>${sides}</span> ${scenario === null ? null : html`<span>in the world of ${scenario}</span>`}`;
}

function printTable(name: ChangeClass, changes: Change[], { titles, header }: Words): Html {
  return html`<section>
    <h2 class="${name}">${titles[name]}</h2>
    <table>
      <thead>
        <tr>
          ${header.map((title) => html`<th scope="col">${title}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${changes.map((change) => printRow(change, header))}
      </tbody>
    </table>
  </section> `;
}

/** Where the page is narrow, each cell is a line that begins with the name of its column. */
function printRow(change: Change, header: string[]): Html {
  const cells = toCells(change).map((text, place) => {
    const fate = [change.before, change.after][place - 2];
    return html`<td data-column="${header[place] ?? ''}"><span>${text}</span>${fate === undefined ? null : printRule(fate)}</td>`;
  });
  const count = change.packets > 1 ? html`<p class="soft">${countNoun(change.packets, 'compared packet')} of this kind</p>` : null;
  return html`<tr>
      ${cells}
    </tr>
    ${
      count === null
        ? null
        : html`<tr class="count">
            <td colspan="${header.length}">${count}</td>
          </tr>`
    } `;
}

function printRule({ rule }: ComparedFate): Html | null {
  return rule === null || rule.file === null ? null : html`<code>${rule.text}</code>`;
}
