import type { TargetExtension } from '../extension.js';

const plain = { options: [], least: 0, most: 0, defaults: [] };

/** iptables(8), TARGETS. */
export const accept: TargetExtension = { ...plain, tables: ['raw', 'mangle', 'nat', 'filter'] };

/** iptables says of nat: "not intended for filtering, the use of DROP is therefore inhibited". */
export const drop: TargetExtension = { ...plain, tables: ['raw', 'mangle', 'filter'] };

export const returnTarget: TargetExtension = { ...plain, tables: ['raw', 'mangle', 'nat', 'filter'] };
