// A strict reader of XML without a document type: what it takes, every reader takes.

export interface XmlElement {
  name: string;
  attributes: Record<string, string>;
  children: XmlElement[];
  /** The text between its tags, without that of its children. */
  text: string;
}

const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n';
const TAG = /<(?<close>\/?)(?<name>[a-z][a-z-]*)(?<attributes>(?: [a-z]+="[^"<]*")*)(?<empty>\/?)>|(?<text>[^<]+)/y;
const NOT_ALLOWED = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;

/** The root element. @throws for what is not well-formed */
export function parseXml(text: string): XmlElement {
  if (!text.startsWith(DECLARATION) || NOT_ALLOWED.test(text)) {
    throw new Error(`no declaration, or a character that XML does not allow: ${NOT_ALLOWED.exec(text)?.[0].codePointAt(0)}`);
  }
  const document: XmlElement = { name: '', attributes: {}, children: [], text: '' };
  const path = [document];
  TAG.lastIndex = DECLARATION.length;
  for (let place = TAG.lastIndex; place < text.length; place = TAG.lastIndex) {
    const { close, name = '', attributes = '', empty, text: content } = TAG.exec(text)?.groups ?? {};
    const parent = path.at(-1)!;
    if (content !== undefined) {
      parent.text += decode(content);
    } else if (close === '/') {
      if (name === '' || path.pop()?.name !== name) {
        throw new Error(`</${name}> ends nothing`);
      }
    } else if (name === '') {
      throw new Error(`no tag: ${text.slice(place, place + 60)}`);
    } else {
      const element = { name, attributes: parseAttributes(attributes), children: [], text: '' };
      parent.children.push(element);
      path.push(...(empty === '/' ? [] : [element]));
    }
  }
  if (path.length !== 1 || document.children.length !== 1 || document.text.trim() !== '') {
    throw new Error('not one root element');
  }
  return document.children[0]!;
}

function parseAttributes(text: string): Record<string, string> {
  const pairs = [...text.matchAll(/ ([a-z]+)="([^"]*)"/g)].map(([, key = '', value = '']) => [key, decode(value)] as const);
  if (new Set(pairs.map(([key]) => key)).size < pairs.length) {
    throw new Error(`an attribute twice:${text}`);
  }
  return Object.fromEntries(pairs);
}

function decode(text: string): string {
  if (/]]>|&(?!#\d+;)/.test(text)) {
    throw new Error(`not text: ${text}`);
  }
  return text.replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)));
}
