import type { Mutation } from '../../model/insight/mutation.js';
import { makeHarmless } from '../../words/harmless.js';
import { readMutationElements } from '../page/assets.js';
import { hashText, Html, html, printPage } from '../page/markup.js';
import { toMutationDocument } from './mutation-json.js';
import { summarizeMutation } from './mutation.js';

/** What is around the elements is as dark as they are. */
const STYLE = '<style>body { margin: 0; padding: 8px; font-family: sans-serif; }</style>';
/** Gives the page its data. */
const START = "document.querySelector('mutation-test-report-app').report = JSON.parse(document.getElementById('mutants').textContent);";

/**
 * The report of `loopfw mutate` as a page in one file: rules with their changes, and probes with what they notice. The page is that of the
 * mutation testing elements. It needs no network, and its security policy allows none.
 */
export function reportMutationAsHtml(mutation: Mutation, version: string): string {
  const [headline = '', ...rest] = summarizeMutation(mutation).map(makeHarmless);
  const elements = readMutationElements();
  const data = JSON.stringify(toMutationDocument(mutation, version)).replaceAll('<', '\\u003c');
  return printPage({
    title: headline,
    policy: `script-src '${hashText(elements)}' '${hashText(START)}'; style-src 'unsafe-inline'; img-src data:`,
    head: new Html(STYLE),
    body: html`<mutation-test-report-app title-postfix="loopfw">
        <h1>${headline}</h1>
        ${rest.map((line) => html`<p>${line}</p>`)}
      </mutation-test-report-app>
      ${new Html(`<script type="application/json" id="mutants">${data}</script>\n<script>${elements}</script>\n<script>${START}</script>`)}`,
  });
}
