import type { CounterResult } from '../model/result.js';
import { countNoun } from '../words/phrases.js';

/** `counter of eth0: tx = 0` */
export function nameCounter({ interface: name, direction, expected }: CounterResult): string {
  return `counter of ${name}: ${direction} ${/^\d/.test(expected) ? `= ${expected}` : expected}`;
}

/** By how much the counter grew. */
export function showCounted({ observed }: CounterResult): string {
  return observed === null ? 'no such interface' : countNoun(observed, 'packet');
}
