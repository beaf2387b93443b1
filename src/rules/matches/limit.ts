import { USUAL_MATCH, type MatchExtension } from '../extension.js';
import { integer } from '../values/integer.js';
import { getBurstSeconds, LONGEST_BURST_SECONDS, rate } from '../values/rate.js';
import { unlessDefault, withDefaults } from '../with-defaults.js';

/** iptables-extensions(8), limit. */
export const limit: MatchExtension = {
  ...USUAL_MATCH,
  stability: 'memory',
  least: 0,
  most: 2,
  options: [
    { flag: '--limit', values: [rate(10_000n)], negatable: false },
    { flag: '--limit-burst', values: [integer('a number of packets', 1, 10_000)], negatable: false, simplify: unlessDefault('5') },
  ],
  // Only the legacy back end overflows: nf_tables keeps the time in 64 bits.
  getUnsupported: (options, _rule, backend) =>
    backend === 'legacy' && getBurstSeconds(options, '--limit') > LONGEST_BURST_SECONDS
      ? 'the legacy back end cannot hold a limit whose burst takes more than a day'
      : null,
  complete: withDefaults({ '--limit': '3/hour' }),
};
