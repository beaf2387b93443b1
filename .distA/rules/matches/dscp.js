import { dscpOptions } from '../values/dscp.js';
/** iptables-extensions(8), dscp. */
export const dscp = { least: 1, most: 1, options: dscpOptions('--dscp', true) };
