import { prefix } from '../values/prefix.js';
/** iptables-extensions(8), NETMAP. */
export const netmap = {
    least: 1,
    most: 1,
    place: { tables: ['nat'] },
    options: [{ flag: '--to', values: [prefix], negatable: false }],
};
