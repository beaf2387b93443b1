import { addressRange } from '../values/address-range.js';
/** iptables-extensions(8), iprange. */
export const iprange = {
    least: 1,
    most: 2,
    options: [
        { flag: '--src-range', values: [addressRange], negatable: true },
        { flag: '--dst-range', values: [addressRange], negatable: true },
    ],
};
