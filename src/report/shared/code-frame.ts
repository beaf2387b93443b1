import stringWidth from 'string-width';
import type { Diagnostic } from '../../model/diagnostic.js';
import { makeHarmless } from '../../words/harmless.js';

/** The most characters of a line that are shown. The rest is cut off, as of a file that is one long line. */
const LONGEST = 100;
/** How many of them are before the place, if the line is cut there. */
const BEFORE = 60;

/** The line of a mistake with a caret below the place, each with its line end; '' if the line is unknown or empty. */
export function printCodeFrame({ line, column, source = '' }: Diagnostic): string {
  if (source.trim() === '') {
    return '';
  }
  const place = column - 1;
  const start = source.length > LONGEST ? Math.max(0, place - BEFORE) : 0;
  const before = `${start > 0 ? '…' : ''}${show(source.slice(start, place))}`;
  const after = `${show(source.slice(place, start + LONGEST))}${source.length > start + LONGEST ? '…' : ''}`;
  const gutter = `  ${line} | `;
  return `${gutter}${before}${after}\n${' '.repeat(gutter.length - 2)}| ${' '.repeat(stringWidth(before))}^\n`;
}

/** A tab becomes two columns: a terminal's tab stops depend on what is before. */
function show(text: string): string {
  return makeHarmless(text.replaceAll('\t', '  '));
}
