import { USUAL_MATCH, type MatchExtension } from '../extension.js';
import { RuleError } from '../rule-error.js';
import { idRange } from '../values/id-range.js';

/** iptables-extensions(8), owner. In a user namespace, a rule can name only users that are mapped there. */
export const owner: MatchExtension = {
  ...USUAL_MATCH,
  stability: 'flow',
  least: 1,
  most: 4,
  place: { chains: ['OUTPUT', 'POSTROUTING'] },
  options: [
    { flag: '--socket-exists', values: [], negatable: true },
    { flag: '--uid-owner', values: [idRange], negatable: true },
    { flag: '--gid-owner', values: [idRange], negatable: true },
    { flag: '--suppl-groups', values: [], negatable: false },
  ],
  assertFits(options) {
    const flags = options.map(({ flag }) => flag);
    if (flags.includes('--suppl-groups') && !flags.includes('--gid-owner')) {
      throw new RuleError('--suppl-groups needs --gid-owner');
    }
  },
};
