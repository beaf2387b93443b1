import type { Rule } from '../model/rule.js';
import { getMatch } from './match-table.js';

/** Whether a match of the rule may end a packet before the rule's counter and target are met. */
export function mayEndPacketItself({ matches }: Rule): boolean {
  return matches.some(({ name }) => getMatch(name)?.mayEndPacketItself === true);
}
