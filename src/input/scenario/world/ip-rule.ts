import type { Family } from '../../../model/rule.js';
import type { IpRuleSpec } from '../../../model/scenario.js';
import { RuleError } from '../../../rules/errors.js';
import { prefix } from '../../../rules/values/addresses.js';
import { FAMILY_NAMES, getFamily } from '../../../words/addresses.js';
import { quote } from '../../../words/phrases.js';
import { didYouMean } from '../../../words/suggestion.js';
import { getPastedProblem, parseTable } from './route.js';

const OPTIONS = ['from', 'to', 'iif', 'oif', 'fwmark', 'priority', 'lookup', 'unreachable', 'blackhole', 'prohibit'];
/** Other names of ip-rule(8). */
const SYNONYMS: Record<string, string> = { pref: 'priority', preference: 'priority', order: 'priority', table: 'lookup' };
/** Actions that refuse a packet. The others look up a table. */
const REFUSALS = ['unreachable', 'blackhole', 'prohibit'] as const;
const MOST = 2 ** 32;

type Values = Partial<Record<string, string>>;

/**
 * Parses the arguments of `ip rule add` (ip-rule(8)). The problem is the reason why the text is not a rule.
 * [-6] [not] [from PREFIX] [to PREFIX] [iif NAME] [oif NAME] [fwmark MARK[/MASK]] [priority N] lookup TABLE|unreachable|blackhole|prohibit
 */
export function parseIpRule(text: string): IpRuleSpec | { problem: string } {
  const pasted = getPastedProblem(text);
  if (pasted !== null) {
    return { problem: pasted };
  }
  const words = text.trim().split(/\s+/);
  const isIPv6 = words[0] === '-6';
  const behind = isIPv6 ? words.slice(1) : words;
  const isInverted = behind[0] === 'not';
  try {
    return makeRule(readOptions(isInverted ? behind.slice(1) : behind), { text, isInverted, isIPv6 });
  } catch (error) {
    if (error instanceof RuleError) {
      return { problem: error.message };
    }
    throw error;
  }
}

/** @throws RuleError */
function readOptions(words: string[]): Values {
  const values: Values = {};
  for (let place = 0; place < words.length; place++) {
    const word = words[place] ?? '';
    const option = SYNONYMS[word] ?? word;
    if (!OPTIONS.includes(option)) {
      throw new RuleError(`expected ${OPTIONS.join(', ')} or nothing more, found ${quote(word)}${didYouMean(word, OPTIONS)}`);
    }
    if (values[option] !== undefined) {
      throw new RuleError(`${quote(word)} is written twice`);
    }
    const value = REFUSALS.some((refusal) => refusal === option) ? '' : words[++place];
    if (value === undefined) {
      throw new RuleError(`expected a value after ${quote(word)}`);
    }
    values[option] = value;
  }
  return values;
}

interface Head {
  text: string;
  isInverted: boolean;
  isIPv6: boolean;
}

/** @throws RuleError */
function makeRule(values: Values, { text, isInverted, isIPv6 }: Head): IpRuleSpec {
  const prefixes = [values['from'], values['to']].filter((each) => each !== undefined && each !== 'all');
  const family = isIPv6 ? 'ipv6' : getFamily(prefixes.join(' '));
  const actions = ['lookup', ...REFUSALS].filter((action) => values[action] !== undefined);
  if (actions.length !== 1) {
    throw new RuleError(`expected "lookup" with a table, ${REFUSALS.join(', ')}, and one of these only`);
  }
  const refusal = REFUSALS.find((each) => values[each] !== undefined);
  const [mark, mask] = values['fwmark']?.split('/') ?? [];
  return {
    family,
    isInverted,
    source: readPrefix(values['from'], family),
    destination: readPrefix(values['to'], family),
    inInterface: values['iif'] ?? null,
    outInterface: values['oif'] ?? null,
    mark: mark === undefined ? null : { value: readNumber(mark), mask: mask === undefined ? MOST - 1 : readNumber(mask) },
    priority: values['priority'] === undefined ? null : readNumber(values['priority']),
    action: refusal === undefined ? { kind: 'lookup', table: readTable(values['lookup'] ?? '') } : { kind: refusal },
    text,
  };
}

function readPrefix(text: string | undefined, family: Family): string | null {
  if (text === undefined || text === 'all') {
    return null;
  }
  if (getFamily(text) !== family) {
    throw new RuleError(`${text} is not of the rule's family, ${FAMILY_NAMES[family]}`);
  }
  return prefix(text, family);
}

function readTable(text: string): number {
  const table = parseTable(text);
  if (table === null) {
    throw new RuleError(`expected a table: main, local, default or a number, found ${quote(text)}`);
  }
  return table;
}

function readNumber(text: string): number {
  const number = /^(0x[\da-f]{1,8}|\d{1,10})$/i.test(text) ? Number(text) : MOST;
  if (number >= MOST) {
    throw new RuleError(`expected a number of 32 bits, found ${quote(text)}`);
  }
  return number;
}
