import type { Rule } from '../model/rule.js';
import { getMatch } from './match-table.js';
import { getTarget } from './target-table.js';

/**
 * Whether a rule has nothing that iptables has to interpret but addresses, interfaces, protocol, ports and the commonest targets, without
 * negations: that those come to the kernel as they are written is tested (test/rules/round-trip.test.ts) and need not be read back each time.
 */
export function isPlainRule({ source, destination, inInterface, outInterface, protocol, matches, target }: Rule): boolean {
  const options = [...matches, ...(target === null ? [] : [target])].flatMap((each) => each.options);
  const values = [source, destination, inInterface, outInterface, protocol, ...options];
  return (
    values.every((value) => value?.negated !== true) &&
    matches.every(({ name }) => getMatch(name)?.isPlain === true) &&
    (target === null || (getTarget(target.name)?.isPlain ?? true))
  );
}
