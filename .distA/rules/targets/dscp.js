import { dscpOptions } from '../values/dscp.js';
/** iptables-extensions(8), DSCP. */
export const dscp = { least: 1, most: 1, place: { tables: ['mangle'] }, options: dscpOptions('--set-dscp', false) };
