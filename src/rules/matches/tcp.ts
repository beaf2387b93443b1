import type { RuleOption } from '../../model/rule.js';
import { USUAL_MATCH, type MatchExtension } from '../extension.js';
import { dropUnlessNegated, PORT_OPTIONS } from '../port-options.js';
import { RuleError } from '../rule-error.js';
import { integer } from '../values/integer.js';
import { tcpFlags } from '../values/tcp-flags.js';

/** Drops --tcp-flags with the mask NONE, which examines no flag. iptables-save drops it with any value. */
function simplifyFlags(option: RuleOption): RuleOption | null {
  const [mask, set] = option.values;
  if (mask !== 'NONE') {
    return option;
  }
  if (set !== 'NONE') {
    throw new RuleError(`--tcp-flags NONE ${set} examines no flag and would never match`);
  }
  return dropUnlessNegated(option);
}

/**
 * Whether the option can give another result if data is cut into other segments. A segment with data has ACK, but no SYN and no RST. FIN
 * and PSH depend on where the data is cut. TCP options (SACK) come and go. So the result is stable if only SYN, RST and ACK are examined,
 * or if data cannot have their wanted values.
 */
function isOfSegment({ flag, values }: RuleOption): boolean {
  if (flag === '--tcp-option') {
    return true;
  }
  if (flag !== '--tcp-flags' && flag !== '--syn') {
    return false;
  }
  const [mask = [], set = []] = values.map((value) => value.split(','));
  const isFirm = (name: string) => ['SYN', 'RST', 'ACK'].includes(name);
  return !mask.every(isFirm) && mask.filter(isFirm).every((name) => set.includes(name) === (name === 'ACK'));
}

/**
 * iptables-extensions(8), tcp. With `! -p tcp`, iptables-nft accepts the match and looks for ports where there are none. loopfw refuses
 * this, as the legacy back end does. Of two `--dport` in two `-m tcp`, iptables-save shows only one. So all `-m tcp` of a rule are one
 * match.
 */
export const tcp: MatchExtension = {
  ...USUAL_MATCH,
  stability: (options) => (options.some(isOfSegment) ? 'segment' : 'packet'),
  isPlain: true,
  protocols: ['tcp'],
  isImplied: true,
  isMerged: true,
  least: 0,
  most: 4,
  options: [
    ...PORT_OPTIONS,
    { flag: '--tcp-option', values: [integer('a TCP option', 1, 255)], negatable: true },
    { flag: '--tcp-flags', values: [tcpFlags, tcpFlags], negatable: true, simplify: simplifyFlags },
    { flag: '--syn', values: [], negatable: true, standsFor: { flag: '--tcp-flags', values: ['FIN,SYN,RST,ACK', 'SYN'] } },
  ],
};
