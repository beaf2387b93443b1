import { RuleError } from '../../errors.js';
import type { TargetExtension } from '../../extension.js';
import { rejectType } from '../../values/icmp.js';
import { withDefaults } from '../../values/options.js';

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

/** iptables(8), TARGETS. */
export const accept: TargetExtension = {
  stability: 'packet',
  verdict: 'accept',
  effect: 'fate',
  isPlain: true,
  options: [],
  least: 0,
  most: 0,
};

/** Not in nat. iptables says there: "not intended for filtering, the use of DROP is therefore inhibited". */
export const drop: TargetExtension = { ...accept, verdict: 'drop', place: { tables: ['raw', 'mangle', 'filter', 'security'] } };

export const returnTarget: TargetExtension = { ...accept, verdict: 'return' };

/** iptables-extensions(8), TRACE. */
export const trace: TargetExtension = {
  stability: 'packet',
  verdict: 'continue',
  effect: 'none',
  isPlain: true,
  options: [],
  least: 0,
  most: 0,
  place: { tables: ['raw'] },
  reserved: 'loopfw places its own TRACE: leave the rule out',
};
