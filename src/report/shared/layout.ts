import { stripVTControlCharacters } from 'node:util';
import stringWidth from 'string-width';
import wrapAnsi from 'wrap-ansi';
import type { Paint } from './paint.js';

/** The narrowest and the widest terminal for which a report is laid out. */
const NARROWEST = 60;
const WIDEST = 160;
/** Longer lines of prose are hard to read. */
const WIDEST_PROSE = 120;
/** A space that is no place to break a line. */
const GLUE = '\u00A0';
/** Text of one column for each character. Other text must be measured, which takes a hundred times as long. */
const SIMPLE = /^[ -~→…·›━┓┛▶◀✔✖×]*$/;

/** A rule as iptables takes it: `-A INPUT -s 127.0.0.1 -j DROP`, `-P INPUT DROP`. Its last word may end with punctuation of the sentence. */
const RULE = new RegExp(
  String.raw`(?<![^\s("'])(?:-t \S+ )?-[AIPDNR] \S+(?: \d+)?` +
    String.raw`(?:(?<![.,;:)]) (?:(?:! )?--?[A-Za-z][\w-]*(?:(?<![.,;:)]) (?!! |-)(?:"[^"]*"|\S+))?|(?!! |-)\S+(?= (?:! )?--?[A-Za-z]))|(?<=-P \S+) [A-Z]+)*`,
  'g',
);
/** An option and its value, and the ends of a packet. */
const PAIRS = /(?<![^\s("'])(?:! )?--?[A-Za-z][\w-]*(?<![.,;:)]) (?!-)(?:"[^"]*"|\S+)|\S+ → \S+/g;

/** Where a report is read. */
export interface Screen {
  paint: Paint;
  /** The columns of the terminal; null where there is none: nothing is wrapped, folded or left out then. */
  columns: number | null;
}

/** The columns that a report uses of a terminal. */
export function getColumns(columns: number | undefined): number | null {
  return columns === undefined ? null : Math.min(Math.max(columns, NARROWEST), WIDEST);
}

/** Signs that string-width takes for emoji of two columns. A terminal shows them in one. */
const SIGNS = /[✔✖▶◀]/g;

/** The columns that a text takes, with or without colours. */
export function measure(text: string): number {
  const plain = stripVTControlCharacters(text);
  return SIMPLE.test(plain) ? plain.length : stringWidth(plain.replace(SIGNS, 'x'));
}

export function pad(text: string, width: number): string {
  return `${text}${' '.repeat(Math.max(0, width - measure(text)))}`;
}

/** Breaks prose into indented lines. It breaks no address, option or rule; a rule that is too long for a line is broken before an option. */
export function wrap(text: string, indent: string, { columns }: Pick<Screen, 'columns'>, hanging = indent): string {
  if (columns === null) {
    return indent + text;
  }
  const width = Math.min(columns, WIDEST_PROSE) - Math.max(indent.length, hanging.length);
  if (SIMPLE.test(text) && text.length <= width) {
    return indent + text; // wrap-ansi needs a millisecond even for a text that fits
  }
  const lines = wrapAnsi(glue(text, width), width, { hard: false }).replaceAll(GLUE, ' ').split('\n');
  return lines.map((line, place) => (place === 0 ? indent : hanging) + line).join('\n');
}

function glue(text: string, width: number): string {
  const join = (part: string) => part.replaceAll(' ', GLUE);
  return text
    .replace(RULE, (rule) => (rule.length <= width ? join(rule) : rule.replace(PAIRS, join)))
    .replace(PAIRS, (pair) => (pair.length <= width ? join(pair) : pair));
}

/** Text at the left edge, and a place at the right edge: in the next line where both do not fit into one. */
export function spread(left: string, right: string, { columns, paint }: Screen, style: (text: string) => string = paint.dim): string {
  if (columns === null) {
    return `${left}  ${style(right)}`;
  }
  const [used, needed] = [measure(left), measure(right)];
  if (used + 2 + needed <= columns) {
    return `${left}${' '.repeat(columns - used - needed)}${style(right)}`;
  }
  return `${left}\n${' '.repeat(Math.max(0, columns - needed))}${style(right)}`;
}
