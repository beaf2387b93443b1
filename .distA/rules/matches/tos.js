import { tos as value } from '../values/tos.js';
/** iptables-extensions(8), tos. */
export const tos = { least: 1, most: 1, options: [{ flag: '--tos', values: [value], negatable: true }] };
