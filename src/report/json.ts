import type { Reporter } from './reporter.js';

// As in make-harmless.ts, less what JSON escapes by itself (C0, lone surrogates) and the line ends between its members.
const HARMFUL = /[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}]/gu;

/** The result document itself (schema/result.json). What could steer a terminal or deceive a reader is escaped: to a program it is the same. */
export const reportJson: Reporter = (result) => `${JSON.stringify(result, null, 2).replace(HARMFUL, escape)}\n`;

function escape(character: string): string {
  return Array.from({ length: character.length }, (_, place) => `\\u${character.charCodeAt(place).toString(16).padStart(4, '0')}`).join('');
}
