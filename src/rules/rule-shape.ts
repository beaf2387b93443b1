import type { Argument } from './argument.js';

const ADDRESS = /^[\dA-Fa-f.:]+(?:\/\d{1,3})?$/;
const PORT = /^[1-9]\d{0,4}$/;

/** The options that tell most rules of a long list from each other, and which of their values are plain enough to be looked at apart. */
const VARYING = new Map([
  ['-s', ADDRESS],
  ['-d', ADDRESS],
  ['--sport', PORT],
  ['--dport', PORT],
]);

/** What a rule has in common with others of its kind, and what it has not. */
export interface RuleShape {
  /** The same for all rules that have the same arguments, but for the values of these options. */
  key: string;
  varying: { flag: string; text: string }[];
}

/** null for a rule that has no such option, or one of them twice. */
export function getRuleShape(args: Argument[]): RuleShape | null {
  const varying: RuleShape['varying'] = [];
  let key = '';
  let flag = '';
  for (const { text, key: property } of args) {
    const isVarying = flag.startsWith('-') && VARYING.get(flag)?.test(text) === true;
    if (isVarying && varying.some((other) => other.flag === flag)) {
      return null;
    }
    if (isVarying) {
      varying.push({ flag, text });
    }
    // No argument has a line end or a NUL in it.
    key += isVarying ? '\0\n' : `${text}\n`;
    if (property !== null) {
      key += `\0${property}\n`;
    }
    flag = text;
  }
  return varying.length === 0 ? null : { key, varying };
}
