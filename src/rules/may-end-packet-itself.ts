import type { Rule } from '../model/rule.js';
import { getMatch } from './match-table.js';

/** Whether a match of the rule can drop a packet itself, before the rule's counter and target. */
export function mayEndPacketItself({ matches }: Rule): boolean {
  return matches.some(({ name }) => getMatch(name)?.mayEndPacketItself === true);
}
