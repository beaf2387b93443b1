import { RuleError } from '../rule-error.js';
import { portRange } from './port-range.js';

const SLOTS = 15;

/**
 * Ports and ranges, separated by commas. They keep their order. A list has up to 15 ports, and a range counts as two
 * (iptables-extensions(8), multiport). iptables refuses 80:80 here, so the canonical form is 80. It also refuses open ranges.
 */
export function portList(text: string): string {
  const elements = text.split(',').map((element) => {
    if (/^:|:$/.test(element)) {
      throw new RuleError(`"${element}": a range in a list of ports needs both ends`);
    }
    return portRange(element);
  });
  const slots = elements.join(':').split(':').length;
  if (slots > SLOTS) {
    throw new RuleError(`${slots} ports: a list has at most ${SLOTS}, and a range counts as two`);
  }
  return elements.join(',');
}
