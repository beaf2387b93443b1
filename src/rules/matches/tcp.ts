import type { RuleOption } from '../../model/rule.js';
import type { Extension } from '../extension.js';
import { integer } from '../values/integer.js';
import { portRange } from '../values/port-range.js';
import { tcpFlags } from '../values/tcp-flags.js';
import { RuleError } from '../rule-error.js';

const LAST = 65535;

/** All ports say nothing. iptables-nft writes a negated range that begins or ends the ports as what is left of them: ! :99 as 100: . */
function simplifyPorts(option: RuleOption): RuleOption | null {
  const [from = 0, to = from] = (option.values[0] ?? '').split(':').map(Number);
  if (from === 0 && to === LAST) {
    return dropUnlessNegated(option);
  }
  if (!option.negated || from === to || (from > 0 && to < LAST)) {
    return option;
  }
  const rest = from === 0 ? `${to + 1}:${LAST}` : `0:${from - 1}`;
  return { ...option, negated: false, values: [portRange(rest)] };
}

/** A mask of NONE examines no flag: iptables-save drops it, whatever it is compared with. */
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

/** iptables loses the negation of an option that says nothing, so that a rule which never matches would match everything. */
function dropUnlessNegated({ flag, negated, values }: RuleOption): null {
  if (negated) {
    throw new RuleError(`! ${flag} ${values.join(' ')} would never match`);
  }
  return null;
}

/**
 * iptables-extensions(8), tcp. With `! -p tcp` iptables-nft takes it and then looks for ports where there are none: refused, as the
 * legacy back end does. Of two `--dport` in two `-m tcp`, iptables-save shows only one, so all `-m tcp` of a rule are one match.
 */
export const tcp: Extension = {
  protocols: ['tcp'],
  isMerged: true,
  least: 0,
  most: 4,
  options: [
    { flag: '--sport', aliases: ['--source-port'], values: [portRange], negatable: true, simplify: simplifyPorts },
    { flag: '--dport', aliases: ['--destination-port'], values: [portRange], negatable: true, simplify: simplifyPorts },
    { flag: '--tcp-option', values: [integer('a TCP option', 1, 255)], negatable: true },
    { flag: '--tcp-flags', values: [tcpFlags, tcpFlags], negatable: true, simplify: simplifyFlags },
    { flag: '--syn', values: [], negatable: true, standsFor: { flag: '--tcp-flags', values: ['FIN,SYN,RST,ACK', 'SYN'] } },
  ],
};
