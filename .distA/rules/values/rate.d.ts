import type { RuleOption } from '../../model/rule.js';
import type { PlainParser } from '../extension.js';
/**
 * N/UNIT as the kernel keeps it: the time between two packets, in 1/scale seconds, without a fraction. So it is not quite what was
 * said, and iptables-save prints what is nearest; canonical is the rate that it prints unchanged.
 */
export declare function rate(scale: bigint): PlainParser;
/** How long a burst may take: the kernel's counter overflows between one and two days, depending on its clock (xt_limit.c, xt_hashlimit.c: user2credits). */
export declare const LONGEST_BURST_SECONDS = 86400;
/** How long a burst of packets takes at a canonical rate, which stands at one of the flags; the burst's flag ends with -burst. */
export declare function getBurstSeconds(options: RuleOption[], ...flags: string[]): number;
