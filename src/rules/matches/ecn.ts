import { USUAL_MATCH, type MatchExtension } from '../extension.js';
import { RuleError } from '../rule-error.js';
import { integer } from '../values/integer.js';

/** iptables-extensions(8), ecn. */
export const ecn: MatchExtension = {
  ...USUAL_MATCH,
  stability: 'moment',
  least: 1,
  most: 3,
  options: [
    { flag: '--ecn-tcp-ece', values: [], negatable: true },
    { flag: '--ecn-tcp-cwr', values: [], negatable: true },
    { flag: '--ecn-ip-ect', values: [integer('a codepoint', 0, 3)], negatable: true },
  ],
  assertFits(options, { protocol }) {
    const ofTcp = options.find(({ flag }) => flag.startsWith('--ecn-tcp'));
    if (ofTcp !== undefined && (protocol?.value !== 'tcp' || protocol.negated)) {
      throw new RuleError(`${ofTcp.flag} needs -p tcp`);
    }
  },
};
