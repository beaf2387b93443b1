import type { Rule } from '../model/rule.js';
import { getMatch } from './match-table.js';
import { getTarget } from './target-table.js';

/**
 * Whether a rule has only addresses, interfaces, a protocol, ports and the commonest targets, without negations. A test
 * (test/rules/round-trip.test.ts) shows that iptables passes these to the kernel as written. So they need not be read back each time.
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
