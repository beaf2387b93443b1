// C0 and C1 controls, bidi and other invisible format characters, line and paragraph separators, and lone surrogates.
const HARMFUL = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;
/** Text from a file or a path, safe to print on a terminal: what could steer or deceive a reader is written as \u{…}. */
export function makeHarmless(text) {
    return text.replace(HARMFUL, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}
