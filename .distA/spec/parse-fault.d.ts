import type { Fault } from '../model/fault.js';
/** Reads `refused=ADDRESS:PORT`. @throws UsageError */
export declare function parseFault(text: string): Fault;
