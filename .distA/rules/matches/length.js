import { range } from '../values/range.js';
/** iptables-extensions(8), length. */
export const length = {
    least: 1,
    most: 1,
    options: [{ flag: '--length', values: [range('a length', 0, 65535)], negatable: true }],
};
