import type { Entry } from '../model/rule.js';
import type { Argument } from './argument.js';
import { ArgumentReader } from './argument-reader.js';
import type { Draft } from './draft.js';
import { getExtensions, makeDraft } from './draft.js';
import { finishEntry } from './finish-entry.js';
import { readOption } from './read-option.js';
import { withKey } from './with-key.js';

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
  withKey(argument.key, () => readOption(draft, reader, argument));
  for (const extension of getExtensions(draft).slice(before)) {
    extension.key ??= argument.key;
  }
}
