import { isIPv6 } from 'node:net';
import type { Entry, Family } from '../../model/rule.js';
import { OtherFamilyError, withKey } from '../errors.js';
import { type Argument, ArgumentReader } from './arguments.js';
import { type Draft, makeDraft } from './draft.js';
import { finishEntry } from './finish-entry.js';
import { readOption } from './read-option.js';
import { KnownPatterns } from './rule-memo.js';

const patterns = new KnownPatterns();

/** The words of a command. `keys`: the property of the rule object that each word comes from; null for a rule string. */
interface Given {
  words: string[];
  keys: (string | null)[] | null;
}

/**
 * Turns the arguments of one iptables command into an entry.
 *
 * @param family null if the caller does not know it: the rule is IPv4, as in iptables, unless it has an IPv6 address
 * @param makeArguments makes the arguments for a family
 * @throws RuleError with the key of the wrong argument, if it has one
 */
export function parseArguments(family: Family | null, makeArguments: (family: Family) => Argument[]): Entry {
  const give = (args: Argument[]): Given => ({ words: args.map(({ text }) => text), keys: args.map(({ key }) => key) });
  return parseGiven(family, (assumed) => give(makeArguments(assumed)), false);
}

/**
 * Does the same for the words of a rule string.
 * @param allowsReserved whether the rule may use targets that only loopfw itself places
 */
export function parseWords(family: Family | null, words: string[], allowsReserved = false): Entry {
  return parseGiven(family, () => ({ words, keys: null }), allowsReserved);
}

function parseGiven(family: Family | null, give: (family: Family) => Given, allowsReserved: boolean): Entry {
  const given = give(family ?? 'ipv4');
  try {
    return parseAs(family ?? 'ipv4', given, allowsReserved);
  } catch (error) {
    if (family !== null || !(error instanceof OtherFamilyError) || !given.words.some(isOfIPv6)) {
      throw error;
    }
    return parseAs('ipv6', give('ipv6'), allowsReserved);
  }
}

/** Whether a word is -6 or --ipv6, or contains an IPv6 address. */
function isOfIPv6(word: string): boolean {
  return word === '-6' || word === '--ipv6' || word.split(/[,/[\]=-]/).some((part) => isIPv6(part));
}

function parseAs(family: Family, { words, keys }: Given, allowsReserved: boolean): Entry {
  return patterns.read(words, keys, allowsReserved ? 'reserved' : 'usual', family, () => {
    const args = words.map((text, place) => ({ text, key: keys?.[place] ?? null }));
    return parseAnew(family, args, allowsReserved);
  });
}

/** Parses the arguments without the patterns of earlier rules. */
export function parseAnew(family: Family, args: Argument[], allowsReserved: boolean): Entry {
  const draft = makeDraft(family, allowsReserved);
  const reader = new ArgumentReader(args);
  for (let argument = reader.next(); argument !== null; argument = reader.next()) {
    readWithKey(draft, reader, argument);
  }
  return finishEntry(draft);
}

function readWithKey(draft: Draft, reader: ArgumentReader, argument: Argument): void {
  const { key } = argument;
  if (key === null) {
    readOption(draft, reader, argument);
    return;
  }
  withKey(key, () => readOption(draft, reader, argument));
  // An option adds at most one match or target.
  for (const extension of [draft.matches.at(-1), draft.target?.extension]) {
    if (extension) {
      extension.key ??= key;
    }
  }
}
