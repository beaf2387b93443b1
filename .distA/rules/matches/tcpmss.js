import { range } from '../values/range.js';
/** iptables-extensions(8), tcpmss. */
export const tcpmss = {
    protocols: ['tcp'],
    least: 1,
    most: 1,
    options: [{ flag: '--mss', values: [range('a segment size', 0, 65535)], negatable: true }],
};
