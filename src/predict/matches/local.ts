import type { RuleOption } from '../../model/rule.js';
import { type Answer, all, unknown } from '../world/answer.js';
import { combine, hasBits, hasOption, type MatchModel, readMasked, readOptions, readRange, isWithin } from '../rule/condition.js';
import type { Sender } from '../world/packet.js';

/**
 * net/netfilter/xt_owner.c. Without a socket, what is asked with `!` matches, and the rest does not. A socket of the kernel has no file, and
 * so no user.
 */
export const owner: MatchModel = (options) => {
  const users = options.filter(({ flag }) => flag === '--uid-owner' || flag === '--gid-owner');
  const isUnmodelled = hasOption(options, '--suppl-groups');
  const wantsNone = options.some(({ flag, negated }) => flag === '--socket-exists' && negated);
  return ({ sender }) => {
    if (sender === 'none') {
      return options.every(({ negated }) => negated);
    }
    if (wantsNone) {
      return false;
    }
    if (sender === 'kernel') {
      return users.every(({ negated }) => negated);
    }
    return isUnmodelled ? unknown('owner --suppl-groups') : all(users.map((option) => isOwned(option, sender)));
  };
};

function isOwned({ flag, negated, values: [text = ''] }: RuleOption, { user, group }: Exclude<Sender, string>): Answer {
  const id = flag === '--uid-owner' ? user : group;
  return id === null ? unknown(`owner ${flag}`) : isWithin(id, readRange(text, '-')) !== negated;
}

export const mark: MatchModel = (options) =>
  combine(
    readOptions(options, {
      '--mark': (text = '') => {
        const masked = readMasked(text);
        return (packet) => hasBits(packet.mark, masked);
      },
    }),
  );

export const comment: MatchModel = () => () => true;

/** Worlds have no IPsec, so the policy is `none`. */
export const policy: MatchModel = (options) => {
  const isNone = options.some(({ flag, values, negated }) => flag === '--pol' && values[0] === 'none' && !negated);
  return () => isNone;
};
