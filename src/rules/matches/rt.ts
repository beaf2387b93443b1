import { USUAL_MATCH, type MatchExtension } from '../extension.js';
import { unlessAll } from '../port-options.js';
import { integer } from '../values/integer.js';
import { range } from '../values/range.js';

const MOST = 0xffffffff;

/** iptables-extensions(8), rt, without the options for routing header type 0, which systems no longer obey (RFC 5095). */
export const rt: MatchExtension = {
  ...USUAL_MATCH,
  stability: 'packet',
  families: ['ipv6'],
  least: 0,
  most: 3,
  options: [
    { flag: '--rt-type', values: [integer('a type of routing header', 0, 255)], negatable: true },
    { flag: '--rt-segsleft', values: [range('a number of segments', 0, MOST)], negatable: true, simplify: unlessAll(MOST) },
    { flag: '--rt-len', values: [integer('a length', 0, 0xffffffff)], negatable: true },
  ],
};
