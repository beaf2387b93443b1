import type { Rule } from '../../model/rule.js';
import type { TargetExtension } from '../extension.js';
import { integer } from '../values/integer.js';

/** Whether the rule matches only SYNs. The legacy back end requires this with -p tcp (net/netfilter/xt_TCPMSS.c, find_syn_match). */
function seesOnlySyn({ matches }: Rule): boolean {
  const flags = matches.filter(({ name }) => name === 'tcp').flatMap(({ options }) => options);
  return flags.some(({ flag, negated, values }) => flag === '--tcp-flags' && !negated && values[1]?.split(',').includes('SYN') === true);
}

/** iptables-extensions(8), TCPMSS. */
export const tcpmss: TargetExtension = {
  stability: 'packet',
  verdict: 'continue',
  effect: 'fate',
  isPlain: false,
  protocols: ['tcp'],
  least: 1,
  most: 1,
  options: [
    { flag: '--set-mss', values: [integer('a segment size', 1, 65475)], negatable: false },
    { flag: '--clamp-mss-to-pmtu', values: [], negatable: false },
  ],
  place: ([option]) => (option?.flag === '--clamp-mss-to-pmtu' ? { chains: ['FORWARD', 'OUTPUT', 'POSTROUTING'] } : {}),
  getUnsupported: (_options, rule, backend) =>
    backend === 'legacy' && !seesOnlySyn(rule) ? 'TCPMSS on the legacy back end needs --tcp-flags with SYN, such as --syn' : null,
};
