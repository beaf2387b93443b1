import type { Argument } from './argument.js';

const ADDRESS = /^[\dA-Fa-f.:]+(?:\/\d{1,3})?$/;
const PORT = /^[1-9]\d{0,4}$/;

/** The options in which most rules of a long list differ. The pattern tells which values are simple enough to be read separately. */
const VARYING = new Map([
  ['-s', ADDRESS],
  ['-d', ADDRESS],
  ['--sport', PORT],
  ['--dport', PORT],
]);

/** What a rule shares with the rules of its pattern, and the values in which it differs. */
export interface RuleShape {
  /** The same for all rules whose arguments differ only in the values of the varying options. */
  key: string;
  varying: { flag: string; text: string }[];
}

/** The shape of a rule. null if it has no varying option, or has one of them twice. */
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
    // No argument contains a line feed or a NUL, so these can separate the parts of the key.
    key += isVarying ? '\0\n' : `${text}\n`;
    if (property !== null) {
      key += `\0${property}\n`;
    }
    flag = text;
  }
  return varying.length === 0 ? null : { key, varying };
}
