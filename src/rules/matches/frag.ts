import { USUAL_MATCH, type MatchExtension } from '../extension.js';
import { unlessAll } from '../port-options.js';
import { integer } from '../values/integer.js';
import { range } from '../values/range.js';

const MOST = 0xffffffff;
const flags = ['--fragres', '--fragfirst', '--fragmore', '--fraglast'];

/** iptables-extensions(8), frag. */
export const frag: MatchExtension = {
  ...USUAL_MATCH,
  stability: (options) => (options.some(({ flag }) => flag === '--fragid') ? 'moment' : 'packet'),
  families: ['ipv6'],
  least: 0,
  most: 5,
  alternatives: [['--fragmore', '--fraglast']],
  options: [
    { flag: '--fragid', values: [range('an id of a fragment', 0, MOST)], negatable: true, simplify: unlessAll(MOST) },
    { flag: '--fraglen', values: [integer('a length', 0, 0xffffffff)], negatable: true },
    ...flags.map((flag) => ({ flag, values: [], negatable: false })),
  ],
};
