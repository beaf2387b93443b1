const EMOJI = String.raw`[\p{Extended_Pictographic}\p{Emoji_Modifier}]`;
/**
 * Harmful characters, by their Unicode properties:
 * - C1 controls and DEL
 * - bidi and other format characters
 * - line and paragraph separators
 * - characters without width or without ink, also BRAILLE PATTERN BLANK
 * Two of these are harmless in their place: a variation selector after an emoji, which selects its form, and a joiner between two emoji.
 * The exceptions come after the class: before it they are tried at each character.
 */
const HARMFUL =
  String.raw`[\u007F-\u009F\p{Cf}\p{Default_Ignorable_Code_Point}\p{Zl}\p{Zp}\u2800]` +
  String.raw`(?<!${EMOJI}[\uFE0E\uFE0F]|${EMOJI}\uFE0F?\u200D(?=${EMOJI}))`;
const HARMFUL_IN_TEXT = new RegExp(String.raw`[\0-\x1F\p{Cs}]|${HARMFUL}`, 'gu');
/** JSON itself escapes C0 controls and lone surrogates. Its line ends are between members. */
const HARMFUL_IN_JSON = new RegExp(HARMFUL, 'gu');
/**
 * Parts that may have a harmful character. No printable ASCII character is harmful, and none makes a neighbour harmless. The same is true of
 * the arrow, which loopfw itself writes. The search in these parts alone takes 2 ms for a report of 1.5 MB, instead of 50.
 */
const UNUSUAL = /[^\n -~→]+/g;
const NOT_PRINTABLE = /[^ -~]+/g;

/** Makes text from a file or a path safe for a terminal. Characters that could control the terminal or deceive a reader become \u{…}. */
export function makeHarmless(text: string): string {
  return text.replace(NOT_PRINTABLE, (part) =>
    part.replace(HARMFUL_IN_TEXT, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`),
  );
}

/** Makes JSON safe for a terminal. For a program it stays the same document. */
export function makeJsonHarmless(json: string): string {
  return json.replace(UNUSUAL, (part) => part.replace(HARMFUL_IN_JSON, toEscapes));
}

function toEscapes(character: string): string {
  return Array.from({ length: character.length }, (_, place) => `\\u${character.charCodeAt(place).toString(16).padStart(4, '0')}`).join('');
}

/** A text's first character, for a message that refuses it: `U+001B`. */
export function nameCharacter(text: string): string {
  return `U+${(text.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}
