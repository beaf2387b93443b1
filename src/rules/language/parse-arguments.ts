import { isIPv6 } from 'node:net';
import type { Entry, Family } from '../../model/rule.js';
import { OtherFamilyError, withKey } from '../errors.js';
import { type Argument, ArgumentReader } from './arguments.js';
import { type Draft, makeDraft } from './draft.js';
import { finishEntry } from './finish-entry.js';
import { readOption } from './read-option.js';
import { KnownPatterns } from './rule-memo.js';

const patterns = new KnownPatterns();

/**
 * Turns the arguments of one iptables command into an entry.
 *
 * @param family null if the caller does not know it: the rule is IPv4, as in iptables, unless it has an IPv6 address
 * @param makeArguments makes the arguments for a family
 * @param allowsReserved whether the rule may use targets that only loopfw itself places
 * @throws RuleError with the key of the wrong argument, if it has one
 */
export function parseArguments(family: Family | null, makeArguments: (family: Family) => Argument[], allowsReserved = false): Entry {
  const args = makeArguments(family ?? 'ipv4');
  try {
    return parseAs(family ?? 'ipv4', args, allowsReserved);
  } catch (error) {
    if (family !== null || !(error instanceof OtherFamilyError) || !args.some(isOfIPv6)) {
      throw error;
    }
    return parseAs('ipv6', makeArguments('ipv6'), allowsReserved);
  }
}

/** Whether an argument is -6 or --ipv6, or contains an IPv6 address. */
function isOfIPv6({ text }: Argument): boolean {
  return text === '-6' || text === '--ipv6' || text.split(/[,/[\]=-]/).some((part) => isIPv6(part));
}

function parseAs(family: Family, args: Argument[], allowsReserved: boolean): Entry {
  return patterns.read(args, allowsReserved ? 'reserved' : 'usual', family, () => parseAnew(family, args, allowsReserved));
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
