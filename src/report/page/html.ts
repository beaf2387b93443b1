import type { Result } from '../../model/result.js';
import { makeResultHarmless } from '../shared/harmless.js';
import type { FolderReporter, Reporter } from '../shared/reporter.js';
import { readAssets } from './assets.js';
import { type Content, hashText, Html, html, printPage } from './markup.js';
import { packResult } from './packing.js';
import { printHeader } from './header.js';
import { printReasons } from './reasons.js';
import { tellResult } from './words.js';

/** The name of the data in the page: src/report/page/browser/document.ts reads it. */
const DATA = 'loopfw-result';

/** The page in one file. It needs no other file and no network, and its security policy allows none. */
export const reportHtml: Reporter = (foreign) => {
  const result = makeResultHarmless(foreign);
  const { script, style } = readAssets();
  return printReport(result, {
    // A page by a hash of what it may run: nothing else runs, whatever a text of the document may be.
    policy: `script-src '${hashText(script)}'; style-src '${hashText(style)}'`,
    // What is hashed is the text of the elements: not a space more.
    head: new Html(`<style>${style}</style>`),
    end: new Html(`<script type="text/plain" id="${DATA}">${packResult(result)}</script>\n<script>${script}</script>`),
  });
};

/**
 * The same page as files, for servers that forbid inline scripts and styles, as Jenkins does. Where they forbid scripts altogether, what
 * the page says without its script is there to read.
 */
export const listHtmlFiles: FolderReporter = (foreign) => {
  const result = makeResultHarmless(foreign);
  const { script, style } = readAssets();
  return [
    { name: 'page.css', text: style },
    { name: 'page.js', text: script },
    { name: 'data.js', text: `globalThis[${JSON.stringify(DATA)}] = ${JSON.stringify(packResult(result))};\n` },
    {
      name: 'index.html',
      text: printReport(result, {
        policy: "script-src 'self'; style-src 'self'",
        head: html`<link rel="stylesheet" href="page.css" />`,
        end: html`<script src="data.js"></script>
          <script src="page.js"></script>`,
      }),
    },
  ];
};

interface Frame {
  policy: string;
  head: Content;
  end: Content;
}

/** The page without its script: the summary, and why probes did not pass. The script replaces the reasons. */
function printReport(result: Result, { policy, head, end }: Frame): string {
  const body = html`${printHeader(result)}
    <div id="explorer"></div>
    ${printReasons(result)} ${end}`;
  return printPage({ title: tellResult(result), policy, head, body });
}
