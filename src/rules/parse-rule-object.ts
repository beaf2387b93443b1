import type { RuleInput } from '../model/scenario-file.js';
import type { Entry } from '../model/rule.js';
import type { Argument } from './argument.js';
import { assertPrintable } from './assert-printable.js';
import { parseArguments } from './parse-arguments.js';
import { RuleError } from './rule-error.js';
import { splitShellWords } from './split-shell-words.js';
import { toPortArguments } from './to-port-arguments.js';
import { withKey } from './with-key.js';

/**
 * Reads a rule that is written as an object: its keys become the arguments of iptables(8), which are then read like any others.
 *
 * @throws RuleError whose key is the property at fault
 */
export function parseRuleObject(input: RuleInput): Entry {
  for (const [key, value] of Object.entries(input)) {
    if (typeof value === 'string') {
      assertPrintable(value, key);
    }
  }
  if (input.rejectWith !== undefined && input.target !== 'REJECT') {
    throw new RuleError('rejectWith goes with the target REJECT only', 'rejectWith');
  }
  return parseArguments([
    ...toArguments('table', '-t', input.table ?? 'filter'),
    ...toArguments('chain', ...(input.insert === true ? ['-I', input.chain, '1'] : ['-A', input.chain])),
    ...toNegatable('protocol', '-p', input.protocol),
    ...toNegatable('source', '-s', input.source),
    ...toNegatable('destination', '-d', input.destination),
    ...toNegatable('inInterface', '-i', input.inInterface),
    ...toNegatable('outInterface', '-o', input.outInterface),
    ...toPortArguments(input, 'sourcePort'),
    ...toPortArguments(input, 'destinationPort'),
    ...toState(input.state),
    ...splitMatch(input.match),
    ...toArguments('comment', '-m', 'comment', '--comment', input.comment),
    ...toArguments('target', '-j', input.target),
    ...toArguments('rejectWith', '--reject-with', normalizeAnswer(input.rejectWith)),
  ]);
}

/** Nothing where one of the words is missing. */
function toArguments(key: keyof RuleInput, ...words: (string | undefined)[]): Argument[] {
  const given = words.filter((word) => word !== undefined);
  return given.length < words.length ? [] : given.map((text) => ({ text, key }));
}

function toNegatable(key: keyof RuleInput, flag: string, value: string | undefined): Argument[] {
  const [, not = '', rest = ''] = /^(!?) *(.*)$/.exec(value ?? '') ?? [];
  const words = toArguments(key, flag, value === undefined ? undefined : normalizeList(rest));
  return not === '' ? words : [{ text: '!', key }, ...words];
}

function toState(value: string | undefined): Argument[] {
  if (value === undefined) {
    return [];
  }
  return [...toArguments('state', '-m', 'conntrack'), ...toNegatable('state', '--ctstate', value)];
}

function splitMatch(match: string | undefined): Argument[] {
  if (match === undefined) {
    return [];
  }
  return withKey('match', () => splitShellWords(match)).map((text) => ({ text, key: 'match' }));
}

/** In JSON a list is often written with a space after the comma. */
function normalizeList(value: string): string {
  return value.replace(/ *, */g, ',').trimEnd();
}

/** Scenario files name an answer without the prefix that iptables wants. */
function normalizeAnswer(answer: string | undefined): string | undefined {
  if (answer === undefined || /^(icmp-|tcp-)/i.test(answer)) {
    return answer;
  }
  return /-(unreachable|prohibited)$/i.test(answer) ? `icmp-${answer}` : answer;
}
