const EMOJI = String.raw`[\p{Extended_Pictographic}\p{Emoji_Modifier}]`;
/**
 * By their Unicode properties: C1 controls and DEL; bidi and other format characters, line and paragraph separators; and what has no width or
 * no ink, BRAILLE PATTERN BLANK too. Harmless are a variation selector behind an emoji, whose look it chooses, and a joiner between two.
 */
const HARMFUL =
  String.raw`(?!(?<=${EMOJI})[\uFE0E\uFE0F]|(?<=${EMOJI}\uFE0F?)\u200D(?=${EMOJI}))` +
  String.raw`[\u007F-\u009F\p{Cf}\p{Default_Ignorable_Code_Point}\p{Zl}\p{Zp}\u2800]`;
const HARMFUL_IN_TEXT = new RegExp(String.raw`[\0-\x1F\p{Cs}]|${HARMFUL}`, 'gu');
/** JSON escapes C0 and lone surrogates by itself, and has line ends between its members. */
const HARMFUL_IN_JSON = new RegExp(HARMFUL, 'gu');

/** Text from a file or a path, safe to print on a terminal: what could steer or deceive a reader is written as \u{…}. */
export function makeHarmless(text: string): string {
  return text.replace(HARMFUL_IN_TEXT, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}

/** The same for JSON: to a program it is the same document. */
export function makeJsonHarmless(json: string): string {
  return json.replace(HARMFUL_IN_JSON, (character) =>
    Array.from({ length: character.length }, (_, place) => `\\u${character.charCodeAt(place).toString(16).padStart(4, '0')}`).join(''),
  );
}

/** A text's first character, for a message that refuses it: `U+001B`. */
export function nameCharacter(text: string): string {
  return `U+${(text.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}
