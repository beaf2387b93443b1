import { RuleError } from '../../errors.js';
import { type MatchExtension, USUAL_MATCH } from '../../extension.js';
import { comment as text } from '../../values/names.js';
import { idRange, integer, mark as value } from '../../values/numbers.js';

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
    const place = flags.indexOf('--suppl-groups');
    if (place !== -1 && !flags.slice(0, place).includes('--gid-owner')) {
      throw new RuleError('--suppl-groups needs --gid-owner before it');
    }
  },
};

/** iptables-extensions(8), cpu. Chance decides which processor handles a packet. */
export const cpu: MatchExtension = {
  ...USUAL_MATCH,
  stability: 'moment',
  least: 1,
  most: 1,
  options: [{ flag: '--cpu', values: [integer('a processor', 0, 0xffffffff)], negatable: true }],
};

/** iptables-extensions(8), socket. */
export const socket: MatchExtension = {
  ...USUAL_MATCH,
  stability: 'flow',
  least: 0,
  most: 3,
  place: { chains: ['PREROUTING', 'INPUT'] },
  options: ['--transparent', '--nowildcard', '--restore-skmark'].map((flag) => ({ flag, values: [], negatable: false })),
};

/** iptables-extensions(8), comment. */
export const comment: MatchExtension = {
  ...USUAL_MATCH,
  stability: 'packet',
  matchesAll: true,
  least: 1,
  most: 1,
  options: [{ flag: '--comment', values: [text], negatable: false }],
};

/** iptables-extensions(8), mark. */
export const mark: MatchExtension = {
  ...USUAL_MATCH,
  stability: 'mark',
  least: 1,
  most: 1,
  options: [{ flag: '--mark', values: [value], negatable: true }],
};
