import { quoteRestoreWord } from './quote-word.js';
import { toArguments } from './to-arguments.js';
/** A rule's arguments after its chain, quoted as iptables-restore reads them. */
export function printRule(rule) {
    return toArguments(rule).map(quoteRestoreWord).join(' ');
}
