import type { IcmpName } from '../model/result.js';
import type { Rule } from '../model/rule.js';

/** What a REJECT rule answers, by its name without icmp-; null for any other rule. */
export function getRejectAnswer({ target }: Rule): IcmpName | null {
  if (target?.name !== 'REJECT') return null;
  const answer = target.options.find(({ flag }) => flag === '--reject-with')?.values[0] ?? 'icmp-port-unreachable';
  return answer.replace(/^icmp-/, '') as IcmpName;
}
