import type { Finding } from '../model/evidence.js';
import type { Outcome } from '../model/result.js';
import type { Exchange } from './conversation.js';
type Decision = Pick<Finding, 'cause' | 'rule' | 'icmp'>;
/** Finds what made a client see what it saw: the cause, the rule on which it hung, and the refusing answer that it got. */
export declare function findCause(outcome: Outcome, exchanges: Exchange[]): Decision;
export {};
