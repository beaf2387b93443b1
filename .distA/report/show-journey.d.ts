import type { Packet, RuleResult } from '../model/result.js';
import type { Paint } from './paint.js';
/**
 * Each packet with the rules and policies that it met, hook by hook, in columns; what was sent again and fared the same stands once.
 *
 * @param rules the rule set that it met
 */
export declare function showJourney(journey: Packet[], rules: RuleResult[], indent: string, paint: Paint): string[];
