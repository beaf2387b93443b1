import { createHash } from 'node:crypto';

/** A piece of HTML. Only this module makes one of a text: the text is escaped, or it is HTML already. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

export type Content = Html | string | number | null | Content[];

/** With the line end: a text makes no line of its own in the file either. */
const ENTITIES: Record<string, string> = { '\n': '&#10;', '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** HTML with values: html`<b>${name}</b>`. A text is escaped, a list is joined, null is left out. */
export function html(parts: TemplateStringsArray, ...values: Content[]): Html {
  return new Html(parts.map((part, place) => part + (place < values.length ? toText(values[place] ?? null) : '')).join(''));
}

function toText(content: Content): string {
  if (content === null) {
    return '';
  }
  if (Array.isArray(content)) {
    return content.map(toText).join('');
  }
  return content instanceof Html ? content.text : String(content).replace(/[&<>"'\n]/g, (character) => ENTITIES[character] ?? '');
}

/** The parts of a page. */
export interface PageParts {
  title: string;
  /** What of scripts and styles may be loaded: nothing else is. */
  policy: string;
  head: Content;
  body: Content;
}

/** A page that needs no other file and no network but for what its policy allows. */
export function printPage({ title, policy, head, body }: PageParts): string {
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; ${new Html(policy)}; base-uri 'none'; form-action 'none'" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="referrer" content="no-referrer" />
        <title>${title} · loopfw</title>
        ${head}
      </head>
      <body>
        ${body}
      </body>
    </html> `;
  return page.text;
}

/** What a policy allows: this text alone. */
export function hashText(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
