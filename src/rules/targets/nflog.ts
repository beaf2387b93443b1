import type { TargetExtension } from '../extension.js';
import { RuleError } from '../rule-error.js';
import { integer } from '../values/integer.js';
import { prefixText } from '../values/prefix-text.js';
import { unlessDefault } from '../with-defaults.js';

/** iptables-extensions(8), NFLOG. iptables-nft loses --nflog-range, which never had an effect. */
export const nflog: TargetExtension = {
  stability: 'packet',
  verdict: 'continue',
  effect: 'none',
  isPlain: false,
  least: 0,
  most: 4,
  options: [
    { flag: '--nflog-prefix', values: [prefixText(63)], negatable: false, simplify: unlessDefault('') },
    { flag: '--nflog-group', values: [integer('a group', 0, 65535)], negatable: false },
    { flag: '--nflog-size', values: [integer('a number of bytes', 1, 65535)], negatable: false },
    { flag: '--nflog-threshold', values: [integer('a number of packets', 1, 65535)], negatable: false, simplify: unlessDefault('1') },
  ],
  assertFits(options) {
    if (!options.some(({ flag, values }) => flag === '--nflog-group' && values[0] !== '0')) {
      throw new RuleError(
        "NFLOG to group 0 is refused: loopfw's own trace of the legacy back end comes there; give --nflog-group 1 or more",
      );
    }
  },
};
