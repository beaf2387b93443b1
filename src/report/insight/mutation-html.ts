import { createHash } from 'node:crypto';
import type { Mutation } from '../../model/insight/mutation.js';
import { makeHarmless } from '../../words/harmless.js';
import { readMutationElements } from '../page/assets.js';
import { Html, html } from '../page/markup.js';
import { toMutationDocument } from './mutation-json.js';
import { summarizeMutation } from './mutation.js';

/** What is around the elements is as dark as they are. */
const STYLE = '<style>:root { color-scheme: light dark; } body { margin: 0; padding: 8px; font-family: sans-serif; }</style>';
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
  const policy = `default-src 'none'; script-src '${hash(elements)}' '${hash(START)}'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'`;
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${new Html(policy)}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="referrer" content="no-referrer" />
        <title>${headline} · loopfw mutate</title>
        ${new Html(STYLE)}
      </head>
      <body>
        <mutation-test-report-app title-postfix="loopfw">
          <h1>${headline}</h1>
          ${rest.map((line) => html`<p>${line}</p>`)}
        </mutation-test-report-app>
        ${new Html(`<script type="application/json" id="mutants">${data}</script>\n<script>${elements}</script>\n<script>${START}</script>`)}
      </body>
    </html> `;
  return page.text;
}

function hash(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
