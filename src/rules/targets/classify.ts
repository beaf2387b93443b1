import type { TargetExtension } from '../extension.js';
import { RuleError } from '../rule-error.js';

/** A class of a queueing discipline: MAJOR:MINOR, both hexadecimal. */
function trafficClass(text: string): string {
  if (!/^[\da-f]{1,4}:[\da-f]{1,4}$/i.test(text)) {
    throw new RuleError(`"${text}" is not a class: write MAJOR:MINOR in hexadecimal`);
  }
  return text
    .toLowerCase()
    .split(':')
    .map((half) => half.padStart(4, '0'))
    .join(':');
}

/** iptables-extensions(8), CLASSIFY. */
export const classify: TargetExtension = {
  stability: 'packet',
  verdict: 'continue',
  effect: 'none',
  isPlain: false,
  least: 1,
  most: 1,
  place: { chains: ['FORWARD', 'OUTPUT', 'POSTROUTING'] },
  options: [{ flag: '--set-class', values: [trafficClass], negatable: false }],
};
