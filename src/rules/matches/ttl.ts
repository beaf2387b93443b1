import { USUAL_MATCH, type MatchExtension } from '../extension.js';
import { integer } from '../values/integer.js';

const number = integer('a time to live', 0, 255);

/** iptables-extensions(8), ttl. */
export const ttl: MatchExtension = {
  ...USUAL_MATCH,
  stability: 'packet',
  families: ['ipv4'],
  least: 1,
  most: 1,
  options: [
    { flag: '--ttl-eq', aliases: ['--ttl'], values: [number], negatable: true },
    { flag: '--ttl-lt', values: [number], negatable: false },
    { flag: '--ttl-gt', values: [number], negatable: false },
  ],
};
