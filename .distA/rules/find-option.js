import { getExtensions } from './draft.js';
import { findOptionOf } from './option-of.js';
import { GENERAL_OPTIONS } from './general-options.js';
const BY_FLAG = new Map(GENERAL_OPTIONS.flatMap((option) => [option.short, ...option.long].map((flag) => [flag, option])));
export function findGeneralOption(flag) {
    return BY_FLAG.get(flag) ?? null;
}
/** The option of a match or target that has been given already; the last one of two that have it, as with iptables. */
export function findGivenOption(draft, flag) {
    for (const extension of getExtensions(draft).toReversed()) {
        const option = findOptionOf(extension.row, flag);
        if (option !== null) {
            return { extension, option };
        }
    }
    return null;
}
