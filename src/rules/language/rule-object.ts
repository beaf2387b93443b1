import type { Entry, Family } from '../../model/rule.js';
import type { RuleInput } from '../../model/scenario-file.js';
import { RuleError, withKey } from '../errors.js';
import { assertPrintable, splitShellWords } from '../quoting.js';
import { ANSWER_PREFIXES, ANSWERS } from '../values/icmp.js';
import { getProtocolName, PORT_PROTOCOLS, protocolNumber, SHOWN_PORT_PROTOCOLS } from '../values/protocol.js';
import type { Argument } from './arguments.js';
import { readHostBits } from './host-bits.js';
import { parseArguments } from './parse-arguments.js';

/** The keys that become an option of one target. */
const TARGET_KEYS = {
  rejectWith: { targets: ['REJECT'], flag: '--reject-with' },
  toDestination: { targets: ['DNAT'], flag: '--to-destination' },
  toSource: { targets: ['SNAT'], flag: '--to-source' },
};

const KEYS_OF_TARGETS = Object.entries(TARGET_KEYS);

const FLAGS = { sourcePort: '--sport', destinationPort: '--dport' };

/**
 * Reads a rule object. Its keys become arguments of iptables(8), which are parsed like those of a rule string.
 *
 * @returns one entry, or one for each family with `"family": "both"`
 * @throws RuleError with the key of the wrong property
 */
export function parseRuleObject(input: RuleInput): Entry[] {
  for (const [key, value] of Object.entries(input)) {
    if (typeof value === 'string') {
      assertPrintable(value, key);
    }
  }
  for (const [key, { targets }] of KEYS_OF_TARGETS) {
    if (Object.hasOwn(input, key) && !targets.includes(input.target)) {
      throw new RuleError(`${key} goes with the target ${targets.join(' or ')} only`, key);
    }
  }
  const families = input.family === 'both' ? (['ipv4', 'ipv6'] as const) : [input.family ?? null];
  return families.map((family) => parseArguments(family, (assumed) => makeArguments(input, assumed)));
}

function makeArguments(input: RuleInput, family: Family): Argument[] {
  return [
    ...toArguments('table', '-t', input.table ?? 'filter'),
    ...toArguments('chain', ...(input.insert === true ? ['-I', input.chain, '1'] : ['-A', input.chain])),
    ...toNegatable('protocol', '-p', input.protocol),
    ...toAddresses('source', '-s', input.source, family),
    ...toAddresses('destination', '-d', input.destination, family),
    ...toNegatable('inInterface', '-i', input.inInterface),
    ...toNegatable('outInterface', '-o', input.outInterface),
    ...toPortArguments(input, 'sourcePort'),
    ...toPortArguments(input, 'destinationPort'),
    ...toState(input.state),
    ...splitMatch(input.match),
    ...toArguments('comment', '-m', 'comment', '--comment', input.comment),
    ...toArguments('target', '-j', input.target),
    ...toArguments('rejectWith', TARGET_KEYS.rejectWith.flag, normalizeAnswer(input.rejectWith, family)),
    ...toArguments('toDestination', TARGET_KEYS.toDestination.flag, input.toDestination),
    ...toArguments('toSource', TARGET_KEYS.toSource.flag, input.toSource),
  ];
}

/** Makes arguments of the words. Makes none if a word is missing. */
function toArguments(key: keyof RuleInput, ...words: (string | undefined)[]): Argument[] {
  const given: Argument[] = [];
  for (const text of words) {
    if (text === undefined) {
      return [];
    }
    given.push({ text, key });
  }
  return given;
}

function toNegatable(key: keyof RuleInput, flag: string, value: string | undefined): Argument[] {
  if (value === undefined) {
    return [];
  }
  const [, not = '', rest = ''] = /^(!?) *(.*)$/.exec(value) ?? [];
  const words = toArguments(key, flag, normalizeList(rest));
  return not === '' ? words : [{ text: '!', key }, ...words];
}

/**
 * The arguments for addresses. iptables clears bits below a prefix without a message.
 *
 * @throws RuleError for an address with such bits
 */
function toAddresses(key: 'source' | 'destination', flag: string, value: string | undefined, family: Family): Argument[] {
  const words = toNegatable(key, flag, value);
  for (const part of words.at(-1)?.text.split(',') ?? []) {
    const read = readHostBits(part, family);
    if (read !== null) {
      throw new RuleError(`${part} has bits below its prefix: write ${read} (or ${part.replace(/\/.*/, '')})`, key);
    }
  }
  return words;
}

/** The arguments for a key of ports. The tcp match takes one port or range of TCP. multiport takes lists, and ports of other protocols. */
function toPortArguments(input: RuleInput, key: keyof typeof FLAGS): Argument[] {
  const value = input[key];
  if (value === undefined) {
    return [];
  }
  const [, not = '', rest = ''] = /^(!?) *(.*)$/.exec(String(value)) ?? [];
  const ports = normalizeList(rest);
  const isPlain = assertHasPorts(input.protocol, key) === 'tcp' && !ports.includes(',');
  const match = isPlain ? 'tcp' : 'multiport';
  const flag = isPlain ? FLAGS[key] : `${FLAGS[key]}s`;
  return ['-m', match, ...(not === '' ? [] : ['!']), flag, ports].map((text) => ({ text, key }));
}

/**
 * The canonical name of the protocol. A protocol that cannot be read counts as tcp: reading -p reports it later.
 *
 * @throws RuleError if the protocol has no ports, is missing or is negated
 */
function assertHasPorts(protocol: string | undefined, key: string): string {
  if (protocol === undefined) {
    throw new RuleError(`${key} needs a protocol that has ports: add "protocol": "tcp"`, key);
  }
  const name = /^(?:[a-z]|\d)/i.test(protocol) ? tryName(protocol) : null;
  if (protocol.startsWith('!')) {
    throw new RuleError(`${key} cannot be combined with a negated protocol (${protocol})`, key);
  }
  if (name !== null && !PORT_PROTOCOLS.includes(name)) {
    throw new RuleError(`${key} needs a protocol that has ports, not ${protocol}: ${SHOWN_PORT_PROTOCOLS}`, key);
  }
  return name ?? 'tcp';
}

function tryName(protocol: string): string | null {
  try {
    return getProtocolName(protocolNumber(protocol));
  } catch {
    return null;
  }
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

/** Removes the spaces around commas, which are common in JSON. */
function normalizeList(value: string): string {
  return value.replace(/ *, */g, ',').trimEnd();
}

/** Adds the prefix that iptables needs (icmp-, icmp6-) to an answer of REJECT. Scenario files may leave it out. */
function normalizeAnswer(answer: string | undefined, family: Family): string | undefined {
  const full = `${ANSWER_PREFIXES[family]}${answer?.toLowerCase()}`;
  return answer !== undefined && ANSWERS[family].includes(full) ? full : answer;
}
