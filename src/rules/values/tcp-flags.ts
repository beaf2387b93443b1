import { nameList } from './name-list.js';

const FLAGS = ['FIN', 'SYN', 'RST', 'PSH', 'ACK', 'URG'];
const named = nameList('a TCP flag', [...FLAGS, 'ALL', 'NONE'], ['ALL', 'NONE']);

/** TCP flags separated by commas, or ALL or NONE. iptables-save writes the flags of ALL one by one. */
export function tcpFlags(text: string): string {
  const flags = named(text);
  return flags === 'ALL' || flags === FLAGS.join(',') ? FLAGS.join(',') : flags;
}
