import type { Family } from '../../model/rule.js';
import type { Action, Guess, Jump, Verdict } from '../rule/action.js';
import type { Place } from '../rule/condition.js';
import { findMasquerade, findRedirected, type Found, give, type Wanted } from '../targets/nat.js';
import type { Manipulation, Packet } from '../world/packet.js';
import { findAnswer } from '../world/refusal.js';
import { readElements, type Scope } from './elements.js';
import { readExpression } from './expression.js';
import { getMember, getOnly, getText, type Json, toList } from './json.js';
import { isNumber, type Value } from './value.js';

const FAMILIES: Record<string, Family> = { icmp: 'ipv4', icmpv6: 'ipv6' };
/** The codes of `reject with icmpx`: no-route, port-unreachable, host-unreachable and admin-prohibited (nft_reject_icmp_code). */
const ICMPX: Record<Family, number[]> = { ipv4: [0, 3, 1, 13], ipv6: [0, 4, 3, 1] };
const PORT_UNREACHABLE: Record<Family, number> = { ipv4: 3, ipv6: 4 };

/** accept, drop, return, continue, jump and goto; null for anything else. */
export function readVerdict(json: Json): Verdict | Jump | null {
  const [kind, content] = getOnly(json) ?? ['', null];
  switch (kind) {
    case 'accept':
    case 'drop':
    case 'return':
    case 'continue':
      return kind;
    case 'jump':
    case 'goto':
      return { to: getText(content, 'target'), how: kind };
    default:
      return null;
  }
}

/** `tcp dport vmap { 80 : accept }`. A packet whose key the map does not have does not match the rule. */
export function readVerdictMap(content: Json, scope: Scope): Action {
  const key = readExpression(getMember(content, 'key'), scope);
  const elements = readElements(getMember(content, 'data'), 'map', key.shape, scope);
  return (packet, place, guess) => {
    const found = elements
      ?.find(key.read(packet, place))
      .find(({ answer }) => answer === true || (answer !== false && guess(answer.unknown)));
    return elements === null
      ? { unknown: 'a verdict map' }
      : found === undefined
        ? 'break'
        : (readVerdict(found.data) ?? { unknown: 'a verdict' });
  };
}

/** A packet of another family than the answer's does not match the rule. */
export function readReject(content: Json): Action {
  const type = getText(content, 'type');
  const code = getMember(content, 'expr');
  if (type === 'tcp reset') {
    return (packet) => (packet.content.kind === 'tcp' ? { reject: 'tcp-reset' } : 'break');
  }
  return ({ family }: Packet) => {
    if (FAMILIES[type] !== undefined && FAMILIES[type] !== family) {
      return 'break';
    }
    const own =
      content === null ? PORT_UNREACHABLE[family] : typeof code !== 'number' ? undefined : type === 'icmpx' ? ICMPX[family][code] : code;
    const answer = own === undefined ? null : findAnswer(family, own);
    return answer === null ? { unknown: 'reject' } : { reject: answer };
  };
}

/** What a statement gives: it may depend on the packet. */
type Given = { addresses: Wanted['addresses']; ports: Wanted['ports'] } | 'none' | { unknown: string };

/** snat and dnat (net/netfilter/nft_nat.c) */
export function readNat(at: Manipulation) {
  return (content: Json, scope: Scope): Action => {
    const address = getMember(content, 'addr');
    const [readAddress, readPort] = [readPart(address, scope), readPart(getMember(content, 'port'), scope)];
    const family = getText(content, 'family');
    const flags = readFlags(content);
    return (packet, place, guess) => {
      if (family !== '' && (family === 'ip') !== (packet.family === 'ipv4')) {
        // nft_nat_inet_eval() leaves the packet alone.
        return 'continue';
      }
      const [to, port] = [readAddress(packet, place), readPort(packet, place)];
      return flags.isNetmap ? { unknown: 'NAT of a network' } : translate(packet, at, toGiven(to, port, packet), flags.isRandom, guess);
    };
  };
}

/** masquerade and redirect (nft_masq.c and nft_redir.c) */
function readLocated(at: Manipulation, find: (place: Place, packet: Packet) => Found) {
  return (content: Json, scope: Scope): Action => {
    const readPort = readPart(getMember(content, 'port'), scope);
    const { isRandom } = readFlags(content);
    return (packet, place, guess) => {
      const port = readPort(packet, place);
      const found = find(place, packet);
      if ('instead' in found && port !== 'none') {
        return found.instead;
      }
      const given = toGiven(null, port, packet);
      const addresses: Wanted['addresses'] = 'address' in found ? [found.address, found.address] : null;
      return translate(packet, at, typeof given === 'object' && 'ports' in given ? { ...given, addresses } : given, isRandom, guess);
    };
  };
}

export const readMasquerade = readLocated('source', findMasquerade);
export const readRedirect = readLocated('destination', findRedirected);

function readFlags(content: Json): { isRandom: boolean; isNetmap: boolean } {
  const flags = toList(getMember(content, 'flags'));
  return { isRandom: flags.includes('random') || flags.includes('fully-random'), isNetmap: flags.includes('netmap') };
}

/** An address or a port. null: the statement has none. */
function readPart(json: Json | undefined, scope: Scope): (packet: Packet, place: Place) => Value | null {
  return json === undefined ? () => null : readExpression(json, scope).read;
}

function toGiven(address: Value | null, port: Value | null, { family }: Packet): Given {
  if (address === 'none' || port === 'none') {
    return 'none';
  }
  if (address !== null && 'parts' in address) {
    const [own = null, itsPort = null] = address.parts;
    return toGiven(own, itsPort, { family } as Packet);
  }
  const doubt = [address, port].find((value) => value !== null && !isNumber(value));
  if (doubt !== undefined) {
    return { unknown: doubt !== null && 'unknown' in doubt ? doubt.unknown : 'NAT' };
  }
  const digits = (value: bigint) => value.toString(16).padStart(family === 'ipv4' ? 8 : 32, '0');
  const ends = (value: Value | null) => (value === null || !isNumber(value) ? null : value);
  const [addresses, ports] = [ends(address), ends(port)];
  return {
    addresses: addresses && [digits(addresses.first), digits(addresses.last)],
    ports: ports && [Number(ports.first), Number(ports.last)],
  };
}

function translate(packet: Packet, at: Manipulation, given: Given, isRandom: boolean, guess: Guess): Verdict {
  if (given === 'none') {
    return 'break';
  }
  return 'unknown' in given ? given : give(packet, at, { ...given, base: null, isRandom }, guess);
}
