import type { ProbeResult } from '../model/result.js';
/** Where to read on about a probe that did not pass: what made it so, where a verdict was given; else why there is none. */
export declare function getMore({ status, cause }: Pick<ProbeResult, 'status' | 'cause'>): string;
