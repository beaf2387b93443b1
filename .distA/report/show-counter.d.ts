import type { CounterResult } from '../model/result.js';
/** `counter of eth0: tx = 0` */
export declare function nameCounter({ interface: name, direction, expected }: CounterResult): string;
/** By how much it grew. */
export declare function showCounted({ observed }: CounterResult): string;
