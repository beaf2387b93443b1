// The kinds of port that a rule can make. Each has the rule's target, the cause in loopfw, the reason in nmap, and the answer in nc.js and
// floor.c.
const ACCEPT = { target: 'ACCEPT', cause: 'service', reason: 'syn-ack', answer: 'connected' };
const REJECT = { target: 'REJECT', cause: 'rejected', reason: 'conn-refused', answer: 'refused' };
const RESET = { ...REJECT, target: 'REJECT --reject-with tcp-reset' };
const UNREACHABLE = {
  target: 'REJECT --reject-with icmp-host-unreachable',
  cause: 'rejected',
  reason: 'host-unreach',
  answer: 'unreachable',
};
export const DROP = { target: 'DROP', cause: 'dropped', reason: 'no-response', answer: 'silent' };

/** Each entry is one rule and its block of ports. */
export const MIX = [ACCEPT, REJECT, DROP, ACCEPT, RESET, DROP, ACCEPT, UNREACHABLE, DROP, ACCEPT];

/** How many ports are expected for each value of a key. */
export function countBy(kinds, key, each) {
  const counts = {};
  for (const kind of kinds) {
    counts[kind[key]] = (counts[kind[key]] ?? 0) + each;
  }
  return counts;
}
