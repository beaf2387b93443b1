/** Characters of a harmless text that XML 1.0 does not allow (https://www.w3.org/TR/xml/#charsets). */
const NOT_IN_XML = /[\uFFFE\uFFFF]/g;
/** With > because a text must not contain `]]>`. Literal line ends of an attribute would become spaces. */
const XML_MARKUP = /[&<>"]/g;
/**
 * What Markdown may read as markup, also between the tags of HTML. As an entity it is a plain character. In tables `|` ends a cell, `$`
 * begins a formula of GitHub, `://` and `www.` make links. An address of mail stays a link to itself, with or without entities.
 */
const MARKDOWN_MARKUP = /[&<>"'`*_[\]\\|~$]|:(?=\/\/)|(?<=www)\./gi;

/** Text between the tags of XML. The text is harmless already (makeHarmless). */
export function escapeXml(text: string): string {
  return text.replace(NOT_IN_XML, (character) => `\\u{${toCode(character).toString(16)}}`).replace(XML_MARKUP, toEntity);
}

/** The value of an attribute of XML. */
export function escapeAttribute(text: string): string {
  return escapeXml(text).replaceAll('\n', '&#10;');
}

/** Text between the tags of HTML, in a Markdown document. */
export function escapeMarkdown(text: string): string {
  return text.replace(MARKDOWN_MARKUP, toEntity);
}

function toEntity(character: string): string {
  return `&#${toCode(character)};`;
}

function toCode(character: string): number {
  return character.codePointAt(0) ?? 0;
}

/** Room for texts in a document whose reader has a limit. */
export class Room {
  #bytes: number;

  constructor(bytes: number) {
    this.#bytes = bytes;
  }

  /** Whether a text fits. If it does, it takes its room. */
  take(text: string): boolean {
    const length = Buffer.byteLength(text);
    const fits = length <= this.#bytes;
    this.#bytes -= fits ? length : 0;
    return fits;
  }
}
