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
