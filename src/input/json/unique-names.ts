import { quote } from '../../words/phrases.js';
import type { Place } from './document.js';

type Kind = 'scenario' | 'phase' | 'rule' | 'host';

/**
 * Collects the names of scenarios, phases or rules. Reports each name that an earlier one already has.
 *
 * @param describeHolder describes that earlier one in the message, by its index
 */
export function collectNames(kind: Kind, owners: Place[], describeHolder: (index: number) => string): Set<string> {
  const holders = new Map<string, number>();
  for (const [index, owner] of owners.entries()) {
    const place = owner.member('name');
    const name = place.read<string>();
    const holder = name === undefined ? undefined : holders.get(name);
    if (name !== undefined && holder !== undefined) {
      place.complain(describeTaken(kind, name, describeHolder(holder)));
    } else if (name !== undefined) {
      holders.set(name, index);
    }
  }
  return new Set(holders.keys());
}

/** The message for a name that another one already has. */
export function describeTaken(kind: Kind, name: string, holder: string): string {
  return `${kind} name ${quote(name)} is taken: ${holder} has it`;
}
