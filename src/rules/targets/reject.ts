import type { TargetExtension } from '../extension.js';
import { RuleError } from '../rule-error.js';
import { rejectType } from '../values/reject-type.js';
import { withDefaults } from '../with-defaults.js';

const withAnswer = {
  ipv4: withDefaults({ '--reject-with': 'icmp-port-unreachable' }),
  ipv6: withDefaults({ '--reject-with': 'icmp6-port-unreachable' }),
};

/** iptables-extensions(8), REJECT. The kernel accepts it only in the filter table, and tcp-reset only with `-p tcp`. */
export const reject: TargetExtension = {
  stability: 'packet',
  verdict: 'reject',
  effect: 'fate',
  isPlain: true,
  least: 0,
  most: 1,
  place: { tables: ['filter'] },
  options: [{ flag: '--reject-with', values: [rejectType], negatable: false }],
  complete: (options, family) => withAnswer[family](options),
  assertFits(options, { protocol }) {
    const isReset = options.some(({ values }) => values[0] === 'tcp-reset');
    if (isReset && (protocol?.value !== 'tcp' || protocol.negated)) {
      throw new RuleError('--reject-with tcp-reset answers TCP only: add -p tcp');
    }
  },
};
