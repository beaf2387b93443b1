import { ADDRESS_BITS, getFamily } from '../words/addresses.js';
import { quote } from '../words/phrases.js';
import { getUnicastProblem } from './get-address-problem.js';
import { getSpellingProblem } from './get-spelling-problem.js';
import { getBroadcast } from './network.js';

/**
 * Parses a unicast address of the world with its prefix length, such as "192.0.2.1/24". The problem is the reason why the text is not one.
 *
 * @param isLengthNeeded if false, an address without a length gets the longest one, /32 or /128
 */
export function parseAddressPrefix(text: string, isLengthNeeded: boolean): { prefix: string } | { problem: string } {
  const [address = '', length, ...more] = text.split('/');
  const most = ADDRESS_BITS[getFamily(address)];
  const problem = getSpellingProblem(address) ?? getUnicastProblem(address);
  if (problem !== null) {
    return { problem };
  }
  if (length === undefined && isLengthNeeded) {
    return { problem: `expected an address with its prefix length, as ${address}/${most === 32 ? 24 : 64}, found ${quote(text)}` };
  }
  const isLength = length === undefined || (/^(0|[1-9]\d{0,2})$/.test(length) && Number(length) >= 1 && Number(length) <= most);
  if (!isLength || more.length > 0) {
    return { problem: `expected a prefix length from 1 to ${most}, found ${quote(text)}` };
  }
  const prefix = `${address}/${length ?? most}`;
  return getBroadcast(prefix) === address ? { problem: `${address} is the broadcast address of its own prefix, ${prefix}` } : { prefix };
}
