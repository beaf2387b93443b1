import { isIPv6 } from 'node:net';
import { ArgumentReader } from './argument-reader.js';
import { getExtensions, makeDraft } from './draft.js';
import { finishEntry } from './finish-entry.js';
import { OtherFamilyError } from './other-family-error.js';
import { readOption } from './read-option.js';
import { withKey } from './with-key.js';
/**
 * Turns the arguments of one iptables command into an entry.
 *
 * @param family null where only an address can tell: the rule is IPv4, as with iptables, unless it has an IPv6 address
 * @param makeArguments the arguments as they are for a family
 * @param allowsReserved whether targets may occur that only loopfw itself places
 * @throws RuleError with the key of the argument at fault, where it has one
 */
export function parseArguments(family, makeArguments, allowsReserved = false) {
    const args = makeArguments(family ?? 'ipv4');
    try {
        return parseAs(family ?? 'ipv4', args, allowsReserved);
    }
    catch (error) {
        if (family !== null || !(error instanceof OtherFamilyError) || !args.some(isOfIPv6)) {
            throw error;
        }
        return parseAs('ipv6', makeArguments('ipv6'), allowsReserved);
    }
}
/** Whether an argument is, or has among its parts, an IPv6 address. */
function isOfIPv6({ text }) {
    return text === '-6' || text === '--ipv6' || text.split(/[,/[\]=-]/).some((part) => isIPv6(part));
}
function parseAs(family, args, allowsReserved) {
    const draft = makeDraft(family, allowsReserved);
    const reader = new ArgumentReader(args);
    for (let argument = reader.next(); argument !== null; argument = reader.next()) {
        readWithKey(draft, reader, argument);
    }
    return finishEntry(draft);
}
function readWithKey(draft, reader, argument) {
    const before = getExtensions(draft).length;
    withKey(argument.key, () => readOption(draft, reader, argument));
    for (const extension of getExtensions(draft).slice(before)) {
        extension.key ??= argument.key;
    }
}
