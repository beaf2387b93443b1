import type { RuleOption } from '../../model/rule.js';
import { type Answer, flip, unknown } from '../world/answer.js';
import { find, type ReadIpset, toService, type Value } from '../world/ipset.js';
import type { Network } from '../world/network.js';
import type { Packet } from '../world/packet.js';
import { hasOption, type MatchModel, type Place } from '../rule/condition.js';

const ICMP = [1, 58];
const WITH_PORTS = [6, 17, 132, 136];
/** A bitmap of ports knows these only (ip_set_get_ip_port in net/netfilter/ipset/ip_set_getport.c). */
const OF_BITMAP = [6, 17];

/** net/netfilter/xt_set.c. A set of another family, or with more parts than the rule names directions, holds nothing. */
export const set: MatchModel = (options) => {
  const asked = options.find(({ flag }) => flag === '--match-set');
  const [name = '', directions = ''] = asked?.values ?? [];
  const wanted = hasOption(options, '--return-nomatch') ? 'exception' : true;
  const counts = options.some(isCounter);
  return (packet, place) => {
    const answer = askSet(name, directions.split(','), wanted, packet, place);
    return flip(answer === true && counts ? unknown('the counters of an ipset') : answer, asked?.negated ?? false);
  };
};

function isCounter({ flag }: RuleOption): boolean {
  return /^--(?:packets|bytes)-/.test(flag);
}

/** ip_set_test() of net/netfilter/ipset/ip_set_core.c. @param wanted whether elements or exceptions are asked for */
function askSet(name: string, directions: string[], wanted: true | 'exception', packet: Packet, place: Place): Answer {
  const set = findSet(name, place.network);
  if (set === undefined) {
    return unknown(`the ipset ${name}`);
  }
  if (directions.length < set.dimension || (set.family !== null && set.family !== packet.family)) {
    return false;
  }
  if (set.members.length > 0) {
    const answers = set.members.map((member) => askSet(member, directions, wanted, packet, place));
    return answers.find((answer) => answer !== false) ?? false;
  }
  const values = set.parts.map((part, at) => getValue(part, directions[at] === 'src' ? 'source' : 'destination', set, packet, place));
  if (set.isWritten) {
    return values.includes(null) ? false : unknown('an ipset that rules write');
  }
  const found = find(set, values);
  return typeof found === 'object' ? found : found === wanted;
}

function findSet(name: string, { ipsets }: Network): ReadIpset | undefined {
  return ipsets.find((set) => set.name === name);
}

function getValue(part: string, side: 'source' | 'destination', set: ReadIpset, packet: Packet, place: Place): Value {
  switch (part) {
    case 'ip':
    case 'net':
      return [packet[side].address, packet[side].address];
    case 'port':
      return getService(side, set.isBitmap, packet);
    case 'iface': {
      const name = side === 'source' ? place.inInterface : place.outInterface;
      return name === '' ? null : [name, name];
    }
    case 'mark': {
      if (packet.mark === null) {
        return unknown('a mark');
      }
      const mark = `0x${((packet.mark & set.markmask) >>> 0).toString(16)}`;
      return [mark, mark];
    }
    // A packet that is sent has no link-layer header yet, and on lo the addresses in it are 0: both are refused.
    case 'mac':
      return place.inInterface === '' || place.inInterface === 'lo' ? null : unknown('mac');
    default:
      return unknown(`an ipset of ${part}`);
  }
}

/** Protocols without ports have port 0. */
function getService(side: 'source' | 'destination', isBitmap: boolean, { protocol, content, ...packet }: Packet): Value {
  if (isBitmap && !OF_BITMAP.includes(protocol)) {
    return null;
  }
  const own = isBitmap ? '' : String(protocol);
  if (ICMP.includes(protocol) && content.kind === 'icmp') {
    const service = toService(own, `${content.type}/${content.code}`);
    return [service, service];
  }
  const [first, last] = (WITH_PORTS.includes(protocol) ? packet[side].ports : null) ?? [0, 0];
  return [toService(own, String(first)), toService(own, String(last))];
}
