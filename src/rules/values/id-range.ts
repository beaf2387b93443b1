import { RuleError } from '../rule-error.js';
import { integer } from './integer.js';

/** The largest id is 4294967294: (uid_t) -1 is not an id. */
const id = integer('a user or group by number, for names depend on the machine', 0, 4294967294);

/** ID or FIRST-LAST. */
export function idRange(text: string): string {
  const [first = '', last = first, ...rest] = text.split('-');
  const [from, to] = [id(first), id(last)];
  if (rest.length > 0 || Number(from) > Number(to)) {
    throw new RuleError(`"${text}" is not a range: write FIRST-LAST`);
  }
  return from === to ? from : `${from}-${to}`;
}
