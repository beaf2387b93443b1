import { USUAL_MATCH, type MatchExtension } from '../extension.js';
import { integer } from '../values/integer.js';

const number = integer('a hop limit', 0, 255);

/** iptables-extensions(8), hl. */
export const hl: MatchExtension = {
  ...USUAL_MATCH,
  stability: 'packet',
  families: ['ipv6'],
  least: 1,
  most: 1,
  options: [
    { flag: '--hl-eq', aliases: ['--hl'], values: [number], negatable: true },
    { flag: '--hl-lt', values: [number], negatable: false },
    { flag: '--hl-gt', values: [number], negatable: false },
  ],
};
