import type { RuleOption } from '../../model/rule.js';
import { USUAL_MATCH, type MatchExtension } from '../extension.js';
import { nameList } from '../values/name-list.js';
import { portRange } from '../values/port-range.js';
import { prefix } from '../values/prefix.js';
import { protocolNumber } from '../values/protocol.js';
import { range } from '../values/range.js';

const STATES = ['INVALID', 'NEW', 'RELATED', 'ESTABLISHED', 'UNTRACKED', 'SNAT', 'DNAT'];
const STATUSES = ['NONE', 'EXPECTED', 'SEEN_REPLY', 'ASSURED', 'CONFIRMED'];
const seconds = range('a number of seconds', 0, 4294967295);

/**
 * Whether an option can give a retransmission another result although there was no answer. The first SYN of a flow is not CONFIRMED in
 * OUTPUT, but the second is. The first packet that an expectation expects uses it up. The time to expiry changes.
 */
function changesWithoutAnswer({ flag, values }: RuleOption): boolean {
  return flag === '--ctexpire' || (flag === '--ctstatus' && /\b(?:CONFIRMED|EXPECTED)\b/.test(values[0] ?? ''));
}

/** iptables-extensions(8), conntrack. iptables-save drops NONE from a list of statuses. */
export const conntrack: MatchExtension = {
  ...USUAL_MATCH,
  stability: (options) => (options.some(changesWithoutAnswer) ? 'moment' : 'expected'),
  least: 1,
  most: 13,
  options: [
    { flag: '--ctstate', values: [nameList('a connection state', STATES)], negatable: true },
    { flag: '--ctproto', values: [protocolNumber], negatable: true },
    { flag: '--ctorigsrc', values: [prefix], negatable: true },
    { flag: '--ctorigdst', values: [prefix], negatable: true },
    { flag: '--ctreplsrc', values: [prefix], negatable: true },
    { flag: '--ctrepldst', values: [prefix], negatable: true },
    { flag: '--ctorigsrcport', values: [portRange], negatable: true },
    { flag: '--ctorigdstport', values: [portRange], negatable: true },
    { flag: '--ctreplsrcport', values: [portRange], negatable: true },
    { flag: '--ctrepldstport', values: [portRange], negatable: true },
    { flag: '--ctstatus', values: [nameList('a connection status', STATUSES, ['NONE'])], negatable: true },
    { flag: '--ctexpire', values: [seconds], negatable: true },
    { flag: '--ctdir', values: [nameList('a direction', ['ORIGINAL', 'REPLY'])], negatable: false },
  ],
};
