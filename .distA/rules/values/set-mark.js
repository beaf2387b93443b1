import { markToSet, printMasked, readMasked } from './masked.js';
/** A way to change a mark, as what --set-xmark would be given: bits of the mask are cleared, then those of the value flipped. */
function toXmark(flag, transform) {
    return {
        flag,
        values: [(text) => printMasked(transform(readMasked(text)))],
        negatable: false,
        simplify: (option) => ({ ...option, flag: '--set-xmark' }),
    };
}
/** All that iptables-save prints of these is --set-xmark. */
export const setMarkOptions = [
    { flag: '--set-xmark', values: [markToSet], negatable: false },
    toXmark('--set-mark', ({ value, mask }) => ({ value, mask: (value | mask) >>> 0 })),
    toXmark('--and-mark', ({ value }) => ({ value: 0, mask: ~value >>> 0 })),
    toXmark('--or-mark', ({ value }) => ({ value, mask: value })),
    toXmark('--xor-mark', ({ value }) => ({ value, mask: 0 })),
];
