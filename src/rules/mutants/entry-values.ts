import type { Mutator } from '../../model/insight/mutation.js';
import type { RuleOption } from '../../model/rule.js';

const PORT_FLAGS = ['--sport', '--dport'];
const PORT_LIST_FLAGS = ['--sports', '--dports', '--ports'];
const STATE_FLAGS = ['--ctstate', '--state'];
const MOST_PORT = 65_535;

/** Another value for an option. */
interface OtherValue {
  mutator: Mutator;
  value: string;
  /** Whether more packets meet it; null: others. */
  widens: boolean | null;
}

/** The address with another prefix length; null if it has none, or that is too short or too long. */
export function changeLength(text: string, by: number): string | null {
  const [address = '', length] = text.split('/');
  const most = address.includes(':') ? 128 : 32;
  const changed = (length === undefined ? most : /^\d+$/.test(length) ? Number(length) : Number.NaN) + by;
  return changed > 0 && changed <= most ? `${address}/${changed}` : null;
}

/** The values that an option of ports or states gets instead of its own. */
export function listOtherValues({ flag, values: [value = ''] }: RuleOption): OtherValue[] {
  const [low, high = low] = value.split(':').map(Number);
  if (PORT_FLAGS.includes(flag) && low !== undefined && high !== undefined && Number.isInteger(low) && Number.isInteger(high)) {
    return [
      ...(high < MOST_PORT ? [{ mutator: 'port-widened' as const, value: `${low}:${high + 1}`, widens: true }] : []),
      ...(low < high ? [{ mutator: 'port-narrowed' as const, value: `${low + 1}:${high}`, widens: false }] : []),
      ...(low === high && high < MOST_PORT ? [{ mutator: 'port-shifted' as const, value: String(high + 1), widens: null }] : []),
    ];
  }
  const items = value.split(',');
  const mutator = PORT_LIST_FLAGS.includes(flag) ? 'port-narrowed' : STATE_FLAGS.includes(flag) ? 'state-removed' : null;
  return mutator === null || items.length === 1
    ? []
    : items.map((_, place) => ({ mutator, value: items.toSpliced(place, 1).join(','), widens: false }));
}
