// What a rule can make of a port: its target, and what loopfw calls the cause, nmap the reason, and how nc.js calls what nc says.
const ACCEPT = { target: 'ACCEPT', cause: 'service', reason: 'syn-ack', answer: 'connected' };
const REJECT = { target: 'REJECT', cause: 'rejected', reason: 'conn-refused', answer: 'refused' };
const RESET = { ...REJECT, target: 'REJECT --reject-with tcp-reset' };
const UNREACHABLE = {
  target: 'REJECT --reject-with icmp-host-unreachable',
  cause: 'rejected',
  reason: 'host-unreach',
  answer: 'unreachable',
};
export const DROP = { target: 'DROP', cause: 'dropped', reason: 'no-response', answer: 'silence' };

/** A block of ports for each, and a rule. */
export const MIX = [ACCEPT, REJECT, DROP, ACCEPT, RESET, DROP, ACCEPT, UNREACHABLE, DROP, ACCEPT];

/** How many ports must be found to be what. */
export function countBy(kinds, key, each) {
  const counts = {};
  for (const kind of kinds) {
    counts[kind[key]] = (counts[kind[key]] ?? 0) + each;
  }
  return counts;
}
