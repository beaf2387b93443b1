import { type Answer, flip, unknown } from '../world/answer.js';
import { getValue, hasOption, type MatchModel } from '../rule/condition.js';

/** A shorter text may be in the headers by chance. */
const LEAST_LENGTH = 4;

/** net/netfilter/xt_string.c looks through the whole packet, headers too. */
export const string: MatchModel = (options) => {
  const text = getValue(options, '--string');
  const asked = options.find(({ flag }) => flag === '--string' || flag === '--hex-string');
  const isPlain =
    text.length >= LEAST_LENGTH && !hasOption(options, '--from') && !hasOption(options, '--to') && !hasOption(options, '--icase');
  return ({ payload }): Answer => (isPlain ? flip(payload.includes(text), asked?.negated ?? false) : unknown('string'));
};
