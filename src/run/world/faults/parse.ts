import { UsageError } from '../../../model/errors.js';
import type { Fault } from '../../../model/program.js';
import { type FaultKindRow, knowsProtocol } from '../../../plan/faults/kind.js';
import { FAULTS } from '../../../plan/faults/table.js';
import { FAMILY_NAMES } from '../../../words/addresses.js';
import { listWords, quote } from '../../../words/phrases.js';
import { didYouMean } from '../../../words/suggestion.js';
import { FAULT_FORM, FAULT_KINDS, isFaultKind } from './kinds.js';
import { parseTarget } from './target.js';

const KEYS = ['after', 'for', 'first', 'chance', 'bytes', 'keep-live'] as const;
type Key = (typeof KEYS)[number];

const UNITS: Record<string, number> = { ms: 1, s: 1000, m: 60_000 };
/** The longest time of a timer of Node.js, 24 days. */
const LONGEST_MS = 2 ** 31 - 1;
const MOST_CONNECTIONS = 100_000;
const MOST_BYTES = 2 ** 40;

/**
 * Parses a fault, such as `refused=127.0.0.2:5432,after=1s,first=3`.
 *
 * @throws UsageError if the text is not a fault
 */
export function parseFault(text: string): Fault {
  const [, kind = '', rest = ''] = /^([^=]*)=?(.*)$/s.exec(text) ?? [];
  if (!isFaultKind(kind)) {
    throw new UsageError(
      `unknown fault ${quote(kind)}${didYouMean(kind, FAULT_KINDS)}: expected ${FAULT_FORM} with KIND ${listWords(FAULT_KINDS)}`,
    );
  }
  const fail = (problem: string) => new UsageError(`fault ${text}: ${problem}`);
  const [where = '', ...typed] = rest.split(',');
  const target = parseTarget(where);
  if ('problem' in target) {
    throw fail(target.problem);
  }
  const keys = readKeys(typed, fail);
  const fault: Fault = {
    ...{ text, kind, target },
    afterMs: readTime(keys, 'after', fail) ?? 0,
    forMs: readTime(keys, 'for', fail),
    selection: { first: readCount(keys, 'first', MOST_CONNECTIONS, fail), chance: readChance(keys, fail) },
    keepsLive: keys.has('keep-live'),
    bytes: readCount(keys, 'bytes', MOST_BYTES, fail),
  };
  const problem = findContradiction(fault, FAULTS[kind], keys);
  if (problem !== null) {
    throw fail(problem);
  }
  return fault;
}

/** Checks the faults of a program that starts. @throws UsageError */
export function assertMayStart(faults: Fault[]): void {
  const early = faults.find(({ kind, afterMs }) => FAULTS[kind].packets === null && afterMs === 0);
  if (early !== undefined) {
    throw new UsageError(
      `fault ${early.text}: ${early.kind} is about connections that exist when it begins, and a program that starts has none: say when, as in ${early.text},after=1s`,
    );
  }
}

type Fail = (problem: string) => UsageError;

function readKeys(typed: string[], fail: Fail): Map<Key, string> {
  const keys = new Map<Key, string>();
  for (const part of typed) {
    const [, name = '', equals = '', value = ''] = /^([^=]*)(=?)(.*)$/s.exec(part) ?? [];
    const key = KEYS.find((each) => each === name);
    if (key === undefined) {
      throw fail(`unknown key ${quote(name)}${didYouMean(name, KEYS)}: expected ${listWords([...KEYS])}`);
    }
    if (keys.has(key)) {
      throw fail(`${key} is there twice`);
    }
    if ((key === 'keep-live') !== (equals === '')) {
      throw fail(key === 'keep-live' ? 'keep-live has no value' : `${key} needs a value: ${key}=…`);
    }
    keys.set(key, value);
  }
  return keys;
}

function readTime(keys: Map<Key, string>, key: Key, fail: Fail): number | null {
  const value = keys.get(key);
  if (value === undefined) {
    return null;
  }
  const [, number, unit = ''] = /^(\d+(?:\.\d+)?)(ms|s|m)$/.exec(value) ?? [];
  const ms = number === undefined ? NaN : Number(number) * (UNITS[unit] ?? NaN);
  if (!(ms > 0 && ms <= LONGEST_MS)) {
    throw fail(`${key}: expected a time such as 500ms, 1.5s or 2m, found ${quote(value)}`);
  }
  return ms;
}

function readCount(keys: Map<Key, string>, key: Key, most: number, fail: Fail): number | null {
  const value = keys.get(key);
  if (value === undefined) {
    return null;
  }
  if (!/^[1-9]\d*$/.test(value) || Number(value) > most) {
    throw fail(`${key}: expected a number from 1 to ${most}, found ${quote(value)}`);
  }
  return Number(value);
}

function readChance(keys: Map<Key, string>, fail: Fail): number | null {
  const value = keys.get('chance');
  if (value === undefined) {
    return null;
  }
  if (!/^\d*\.?\d+$/.test(value) || Number(value) <= 0 || Number(value) > 1) {
    throw fail(`chance: expected a number above 0, and 1 at most, such as 0.3, found ${quote(value)}`);
  }
  return Number(value);
}

/** Why the parts of a fault do not fit together; null if they do. */
function findContradiction({ kind, target, forMs }: Fault, row: FaultKindRow, keys: Map<Key, string>): string | null {
  const { protocol, hosts } = target;
  if (!knowsProtocol(row, protocol)) {
    return `UDP has no ${kind}: it is about connections, and UDP has none`;
  }
  const missing = hosts.find(({ family }) => !row.families.includes(family));
  if (missing !== undefined) {
    return `${FAMILY_NAMES[missing.family]} has no ${kind}: name an address of ${listWords(row.families.map((family) => FAMILY_NAMES[family]))}`;
  }
  if ((kind === 'closed-after') !== keys.has('bytes')) {
    return kind === 'closed-after' ? 'say how many bytes, as in bytes=50000' : `${kind} has no key bytes: only closed-after has`;
  }
  if (keys.has('keep-live') && (row.packets === null || protocol === 'udp')) {
    return protocol === 'udp' ? 'UDP has no connections to keep' : `${kind} is about existing connections: keep-live would leave nothing`;
  }
  if (forMs !== null && row.packets === null && row.standing !== 'silence') {
    return `${kind} happens at one moment: for has no meaning`;
  }
  return null;
}
