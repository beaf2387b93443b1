import { nameList } from './name-list.js';
const FLAGS = ['FIN', 'SYN', 'RST', 'PSH', 'ACK', 'URG'];
const named = nameList('a TCP flag', [...FLAGS, 'ALL', 'NONE'], ['ALL', 'NONE']);
/** TCP flags separated by commas, or ALL or NONE; iptables-save spells ALL out. */
export function tcpFlags(text) {
    const flags = named(text);
    return flags === 'ALL' || flags === FLAGS.join(',') ? FLAGS.join(',') : flags;
}
