import type { Negatable } from '../../model/rule.js';
import { RuleError } from '../rule-error.js';

/** The longest name: IFNAMSIZ without its NUL (linux/if.h). */
const LONGEST = 15;

/** The interface of -i or -o. A "+" at the end matches any rest of the name. "+" alone is any interface, which is null. */
export function interfaceName(text: string, negated: boolean): Negatable | null {
  if (text.length > LONGEST) {
    throw new RuleError(`interface "${text}" is longer than ${LONGEST} characters`);
  }
  if (text.includes(':')) {
    throw new RuleError(`"${text}" is an alias: iptables sees only the interface, ${text.split(':')[0] || 'without a colon'}`);
  }
  if (!/^[A-Za-z0-9_.@+][A-Za-z0-9_.@+-]*$/.test(text)) {
    throw new RuleError(`"${text}" is not an interface's name`);
  }
  if (text !== '+') {
    return { negated, value: text };
  }
  if (negated) {
    throw new RuleError('! + would never match');
  }
  return null;
}
