import type { TargetExtension } from '../extension.js';
import { integer } from '../values/integer.js';

const change = integer('a change', 1, 255);

/** iptables-extensions(8), TTL. */
export const ttl: TargetExtension = {
  stability: 'packet',
  verdict: 'continue',
  effect: 'fate',
  isPlain: false,
  families: ['ipv4'],
  least: 1,
  most: 1,
  place: { tables: ['mangle'] },
  options: [
    { flag: '--ttl-set', values: [integer('a time to live', 0, 255)], negatable: false },
    { flag: '--ttl-dec', values: [change], negatable: false },
    { flag: '--ttl-inc', values: [change], negatable: false },
  ],
};
