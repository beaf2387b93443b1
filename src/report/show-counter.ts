import type { CounterResult } from '../model/result.js';
import { countNoun } from './count-noun.js';

/** `eth0 sent 0 packets`: what a scenario's `counters` asked of an interface, by the name that a report gives it. */
export function nameCounter({ interface: name, direction, expected }: CounterResult): string {
  return `counter of ${name}: ${direction} ${/^\d/.test(expected) ? `= ${expected}` : expected}`;
}

export function showCounted({ observed }: CounterResult): string {
  return observed === null ? 'no such interface' : countNoun(observed, 'packet');
}
