/** Properties with few values: each combination of them is a bit of a number. */

const TCP_FLAGS = ['FIN', 'SYN', 'RST', 'PSH', 'ACK', 'URG'];
export const ALL_FLAGS = (1n << 64n) - 1n;

/** A packet has one of these states. SNAT and DNAT can be there beside it. */
const STATES = ['INVALID', 'NEW', 'RELATED', 'ESTABLISHED', 'UNTRACKED'];
const NAT = [[], ['SNAT'], ['DNAT'], ['SNAT', 'DNAT']];
const EACH_STATE = STATES.flatMap((state) => NAT.map((nat) => [state, ...nat]));
export const ALL_STATES = (1n << BigInt(EACH_STATE.length)) - 1n;

/** The combinations of TCP flags that match --tcp-flags MASK SET. */
export function findFlags([mask = '', set = '']: string[]): bigint {
  const [examined, wanted] = [toBits(mask), toBits(set)];
  return collect(64, (flags) => (flags & examined) === wanted);
}

/** The combinations of conntrack states that match a list of states. */
export function findStates(list: string): bigint {
  const wanted = list.split(',');
  return collect(EACH_STATE.length, (place) => (EACH_STATE[place] ?? []).some((state) => wanted.includes(state)));
}

function collect(count: number, isIn: (place: number) => boolean): bigint {
  let bits = 0n;
  for (let place = 0; place < count; place++) {
    bits |= isIn(place) ? 1n << BigInt(place) : 0n;
  }
  return bits;
}

function toBits(list: string): number {
  return list.split(',').reduce((bits, name) => bits | (TCP_FLAGS.includes(name) ? 1 << TCP_FLAGS.indexOf(name) : 0), 0);
}
