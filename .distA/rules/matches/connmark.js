import { mark } from '../values/masked.js';
/** iptables-extensions(8), connmark. */
export const connmark = {
    dependsOnHistory: true,
    least: 1,
    most: 1,
    options: [{ flag: '--mark', values: [mark], negatable: true }],
};
