import { areIcmpRejects, claim, isSeen, isSeenAlike, listUntold } from './claims.js';
import { LIMIT_MS } from './limits.js';

/** The three surprises of the tables for INPUT. */
export function printSummary([ipv4, ipv6]) {
  const isRstPrompt = [ipv4, ipv6].every((table) =>
    ['nonblocking', 'blocking'].every((client) => isSeen(table, client, 'tcp-reset', { outcome: 'refused', when: 'at once' })),
  );
  const blocking = claim(
    isRstPrompt && areIcmpRejects(ipv4, 'nonblocking', { when: 'at once' }) && areIcmpRejects(ipv4, 'blocking', { when: '1 s' }),
    `**A blocking TCP client waits a second.** Over IPv4, a non-blocking client learns of every REJECT at once. A blocking client is still inside connect(2)
   when the ICMP error comes. It learns of an error only after the first retransmission of its SYN. Only \`tcp-reset\` tells it at once.`,
  );
  const both = claim(
    ['nonblocking', 'blocking'].every((client) => areIcmpRejects(ipv6, client, { when: '1 s' })),
    `**Over IPv6, every TCP client waits a second**, blocking or not, with every ICMPv6 error. Again, only \`tcp-reset\` tells it at once.`,
  );
  return `1. ${blocking}\n2. ${both}\n3. ${printUntold(ipv4, ipv6)}`;
}

function printUntold(ipv4, ipv6) {
  const untold = [ipv4, ipv6].map((table) => listUntold(table, 'udp'));
  const rest = ['nonblocking', 'blocking', 'icmp'].flatMap((client) => [ipv4, ipv6].flatMap((table) => listUntold(table, client)));
  const [first, second] = untold.map((names) => names.map((name) => `\`${name}\``).join(' and '));
  return claim(
    untold.every((names) => names.length > 0) && rest.length === 0,
    `**A UDP client never learns of some REJECTs.** The ICMP error comes back, and the socket ignores it.
   These are ${first} over IPv4, ${second} over IPv6.
   To the client, they look like a DROP. TCP clients and an echo learn of every kind.`,
  );
}

export function printOutput(tables, inputTables) {
  const isDenied = tables.every((table) =>
    ['udp', 'icmp'].every(
      (client) => areIcmpRejects(table, client, { errno: 'EPERM' }) && isSeen(table, client, 'DROP', { errno: 'EPERM' }),
    ),
  );
  const isTcpAsInInput = tables.every((table, place) =>
    ['nonblocking', 'blocking'].every((client) => isSeenAlike(table, inputTables[place], client)),
  );
  return claim(
    isDenied && isTcpAsInInput,
    `A packet that OUTPUT ends never leaves. The send itself tells a sender of datagrams: EPERM, after a REJECT and after a DROP. For a TCP client, the rules
have the same effect as in INPUT.`,
  );
}

export function printEstablished(tables) {
  const isSilent = tables.every((table) => areIcmpRejects(table, 'open', { outcome: 'timeout' }));
  const isReset = tables.every((table) => isSeen(table, 'open', 'tcp-reset', { outcome: 'reset', when: 'at once' }));
  return claim(
    isSilent && isReset,
    `The client opens the connection before there are rules, and sends data afterwards. An ICMP error does not end the connection. The client saw nothing
within ${LIMIT_MS / 1000} s, as after a DROP, and TCP went on with its retransmissions. Only \`tcp-reset\` ends the connection, and at once.`,
  );
}
