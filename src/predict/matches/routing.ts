import { combine, hasBits, type MatchModel, readMasked, readOptions } from '../rule/condition.js';

/** All interfaces of a world are in group 0, which iptables-save calls default. A packet has the realm 0, cosmos: no route gives another. */
const isZero = (text = '') => {
  const isNumber = /^[0-9]/.test(text);
  return () => !isNumber || hasBits(0, readMasked(text));
};

export const devgroup: MatchModel = (options) => combine(readOptions(options, { '--src-group': isZero, '--dst-group': isZero }));
export const realm: MatchModel = (options) => combine(readOptions(options, { '--realm': isZero }));
