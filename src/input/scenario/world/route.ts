import type { Family } from '../../../model/rule.js';
import type { RouteSpec, RouteType } from '../../../model/scenario.js';
import { RuleError } from '../../../rules/errors.js';
import { prefix } from '../../../rules/values/addresses.js';
import { FAMILY_NAMES, getFamily } from '../../../words/addresses.js';
import { quote } from '../../../words/phrases.js';
import { didYouMean } from '../../../words/suggestion.js';
import { getSpellingProblem } from './address.js';

const TYPES: RouteType[] = ['unicast', 'local', 'unreachable', 'blackhole', 'prohibit', 'throw'];
const OPTIONS = ['via', 'dev', 'src', 'metric', 'table', 'onlink'];
const TABLES: Record<string, number> = { default: 253, main: 254, local: 255 };
const DEFAULTS: Record<Family, string> = { ipv4: '0.0.0.0/0', ipv6: '::/0' };
/** Types that drop or refuse packets: such a route has no next hop and no interface. */
const WITHOUT_NEXT_HOP: RouteType[] = ['unreachable', 'blackhole', 'prohibit', 'throw'];

/**
 * Parses the arguments of `ip route add` (ip-route(8)). The problem is the reason why the text is not a route.
 * [TYPE] PREFIX [via ADDRESS] [dev INTERFACE] [src ADDRESS] [metric N] [table N] [onlink]
 */
export function parseRoute(text: string): RouteSpec | { problem: string } {
  const pasted = getPastedProblem(text);
  if (pasted !== null) {
    return { problem: pasted };
  }
  const words = text.trim().split(/\s+/);
  const type = TYPES.find((each) => each === words[0]);
  const [target = '', ...rest] = type === undefined ? words : words.slice(1);
  const read = readTarget(target, rest);
  const options = readOptions(rest);
  if ('problem' in read || 'problem' in options) {
    return 'problem' in read ? read : (options as { problem: string });
  }
  const { via = null, dev: device = null, src: source = null, metric, table: tableText, onlink } = options.values;
  const table = tableText === undefined ? null : parseTable(tableText);
  if (tableText !== undefined && table === null) {
    return { problem: `expected a table: main, local, default or a number, found ${quote(tableText)}` };
  }
  const route = { type: type ?? 'unicast', ...read, via, device, source, table, onlink: onlink !== undefined, text };
  const problem = getAddressProblem(read.family, via, source) ?? getMetricProblem(metric) ?? getNextHopProblem(route);
  return problem === null ? { ...route, metric: metric === undefined ? null : Number(metric) } : { problem };
}

/** A command of ip(8) that adds a route or a rule, with its abbreviations; `-6` of a rule is one of the arguments. */
const COMMAND =
  /^(?:sudo\s+)?(?:\S*\/)?ip\s+(?:-4\s+)?(?<family>-6\s+)?(?:r(?:o(?:u(?:te?)?)?)?|(?<rule>ru(?:le?)?))\s+(?:a(?:dd?)?|append|replace)\s+(?<arguments>.+)$/s;

/** What to write instead of a pasted command; null if the text is none. */
export function getPastedProblem(text: string): string | null {
  const groups = COMMAND.exec(text.trim())?.groups;
  if (groups === undefined) {
    return null;
  }
  const { family = '', rule, arguments: own = '' } = groups;
  return `expected only what comes after "ip ${rule === undefined ? 'route' : 'rule'} add": write "${rule === undefined ? '' : family.replace(/\s+/, ' ')}${own}"`;
}

/** The number of a routing table (linux/rtnetlink.h). null if the text names none: the names of /etc/iproute2 are those of the machine. */
export function parseTable(text: string): number | null {
  const number = TABLES[text] ?? (/^\d{1,10}$/.test(text) ? Number(text) : 0);
  return number > 0 && number < 2 ** 32 ? number : null;
}

type Values = Partial<Record<string, string>>;

function readOptions(words: string[]): { values: Values } | { problem: string } {
  const values: Values = {};
  for (let place = 0; place < words.length; place++) {
    const word = words[place] ?? '';
    if (!OPTIONS.includes(word)) {
      return { problem: `expected ${OPTIONS.join(', ')} or nothing more, found ${quote(word)}${didYouMean(word, OPTIONS)}` };
    }
    if (values[word] !== undefined) {
      return { problem: `${quote(word)} is written twice` };
    }
    const value = word === 'onlink' ? '' : words[++place];
    if (value === undefined) {
      return { problem: `expected a value after ${quote(word)}` };
    }
    values[word] = value;
  }
  return { values };
}

/** Reads the prefix and its family. The family of a default route is that of the addresses in its options. */
function readTarget(target: string, rest: string[]): { family: Family; prefix: string } | { problem: string } {
  const family = getFamily(target === 'default' ? rest.join(' ') : target);
  if (target === 'default') {
    return { family, prefix: DEFAULTS[family] };
  }
  if (!/^[\da-f.:]+(\/|$)/i.test(target)) {
    const words = ['default', ...TYPES];
    return {
      problem: `expected a prefix, default, or a type before it (${TYPES.join(', ')}), found ${quote(target)}${didYouMean(target, words)}`,
    };
  }
  try {
    return { family, prefix: prefix(target, family) };
  } catch (error) {
    if (error instanceof RuleError) {
      return { problem: error.message };
    }
    throw error;
  }
}

function getAddressProblem(family: Family, ...addresses: (string | null)[]): string | null {
  for (const address of addresses.filter((each) => each !== null)) {
    const problem = getSpellingProblem(address);
    if (problem !== null) {
      return problem;
    }
    if (getFamily(address) !== family) {
      return `${address} is not of the route's family, ${FAMILY_NAMES[family]}`;
    }
  }
  return null;
}

function getMetricProblem(metric: string | undefined): string | null {
  const isNumber = metric === undefined || (/^\d{1,10}$/.test(metric) && Number(metric) < 2 ** 32);
  return isNumber ? null : `expected a number behind "metric", found ${quote(metric)}`;
}

function getNextHopProblem({ type, via, device, onlink }: Pick<RouteSpec, 'type' | 'via' | 'device' | 'onlink'>): string | null {
  if (WITHOUT_NEXT_HOP.includes(type)) {
    return via === null && device === null && !onlink ? null : `a route that is ${type} leads nowhere: it has no "via", "dev" or "onlink"`;
  }
  if (type === 'local') {
    return device !== null && via === null ? null : 'a local route has a "dev", lo as a rule, and no "via"';
  }
  if (via === null && device === null) {
    return 'expected "via" with the next hop\'s address, "dev" with an interface, or both';
  }
  return onlink && (via === null || device === null) ? '"onlink" speaks of a "via" that is behind a "dev"' : null;
}
