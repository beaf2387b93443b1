import type { DecidingRule } from '../../../model/result.js';
import type { FilledDraft } from './cells.js';
import { makePlain } from './json.js';

const LONGEST_TEXT = 100;
/** The most rules whose texts are listed. */
const MOST_TEXTS = 60;

/** What stands behind a cell for the rule that decided it, and what these marks mean. */
export interface Marks {
  get: (rule: DecidingRule | null) => string;
  legend: string[];
}

/** `18`: a line of the only rule set file. `v6:18`: of one of several, by the ending of its name; `2:18` if that is no name. */
export function makeMarks({ files, cells }: FilledDraft): Marks {
  const shorts = files.map((file) => (file.split('.').at(-1) ?? file).replace(/[^\w.-]/g, '_'));
  const isShort = new Set(shorts).size === files.length;
  // The result names a file from the working folder, the scenario from its own.
  const findFile = ({ file }: DecidingRule) => files.findLastIndex((own) => file === own || file?.endsWith(`/${own}`) === true);
  const mark = (rule: DecidingRule): string => {
    if (rule.isPolicy) {
      return 'policy';
    }
    if (rule.line == null) {
      return rule.index === null ? '' : `rule ${rule.index}`;
    }
    const place = findFile(rule);
    return files.length === 1 ? `${rule.line}` : `${isShort ? shorts[place] : place + 1}:${rule.line}`;
  };
  const rules = cells.flatMap(({ rule }) => (rule === null || rule.isPolicy ? [] : [rule]));
  const order = (rule: DecidingRule) => findFile(rule) * 1e9 + (rule.line ?? rule.index ?? 0);
  const texts = new Map(rules.sort((one, other) => order(one) - order(other)).map((rule) => [mark(rule), rule.text]));
  const width = Math.max(0, ...[...texts.keys()].map((key) => key.length));
  const head = `Behind a cell is the line of the rule that decided it when this file was written${texts.size > MOST_TEXTS ? '.' : ':'}`;
  const lines = texts.size > MOST_TEXTS ? [] : [...texts].map(([key, text]) => `  ${key.padStart(width)}  ${cut(text)}`);
  return {
    get: (rule) => (rule === null || mark(rule) === '' ? '' : ` /*${mark(rule)}*/`),
    legend: texts.size === 0 ? [] : [head, ...lines],
  };
}

function cut(text: string): string {
  const plain = makePlain(text);
  return plain.length > LONGEST_TEXT ? `${plain.slice(0, LONGEST_TEXT)}…` : plain;
}
