import type { Entry } from '../model/rule.js';
import type { Argument } from './argument.js';
import { ArgumentReader } from './argument-reader.js';
import type { Draft } from './draft.js';
import { getExtensions, makeDraft } from './draft.js';
import { finishEntry } from './finish-entry.js';
import { readOption } from './read-option.js';
import { RuleError } from './rule-error.js';

/**
 * Turns the arguments of one iptables command into an entry.
 *
 * @param allowsReserved whether targets may occur that only loopfw itself places
 * @throws RuleError with the key of the argument at fault, where it has one
 */
export function parseArguments(args: Argument[], allowsReserved = false): Entry {
  const draft = makeDraft(allowsReserved);
  const reader = new ArgumentReader(args);
  for (let argument = reader.next(); argument !== null; argument = reader.next()) {
    readWithKey(draft, reader, argument);
  }
  return finishEntry(draft);
}

function readWithKey(draft: Draft, reader: ArgumentReader, argument: Argument): void {
  const before = getExtensions(draft).length;
  try {
    readOption(draft, reader, argument);
  } catch (error) {
    if (error instanceof RuleError && error.key === null) throw new RuleError(error.message, argument.key);
    throw error;
  }
  for (const extension of getExtensions(draft).slice(before)) extension.key ??= argument.key;
}
