import type { Family } from '../../../model/rule.js';
import { getFamily } from '../../../words/addresses.js';
import { pickHost } from '../hosts.js';
import { type DraftInterface, findNear, hasOwn } from '../network.js';
import { type End, getOwn } from '../places.js';
import { type ComparedWorld, findOutside, isIn, type Range, toNumber } from './comparison.js';
import type { NamePair } from './named-addresses.js';

/** One end of a packet, in both families. */
export type EndPair = Record<Family, End>;

/** The two ends of packets that are compared with each other. */
export interface FamilyEnds {
  from: EndPair;
  to: EndPair;
}

const FAMILIES: Family[] = ['ipv4', 'ipv6'];
const LOOPBACK: Record<Family, string> = { ipv4: '127.0.0.1', ipv6: '::1' };
const NEIGHBOUR = 20;
const NAMED = 7;

/**
 * The pairs of ends of the same role: between a machine at an interface and the world, and through the world.
 * @param classes of each family, the addresses that no rule tells apart
 */
export function listFamilyEnds(compared: ComparedWorld, classes: Record<Family, Range[][]>, names: NamePair[]): FamilyEnds[] {
  const { network } = compared;
  const outside = network.interfaces.flatMap((each) => listOutside(each, compared, classes, names));
  const own = network.interfaces.flatMap((each): { name: string; end: EndPair }[] => {
    const end = toPair((family) => getOwn(each, family), null);
    return end === null ? [] : [{ name: each.name, end }];
  });
  const loopback: EndPair = { ipv4: { address: LOOPBACK.ipv4, via: null }, ipv6: { address: LOOPBACK.ipv6, via: null } };
  return [
    ...outside.flatMap((from) => own.map(({ end }) => ({ from, to: end }))),
    ...outside.flatMap((from) => outside.filter((to) => to.ipv4.via !== from.ipv4.via).map((to) => ({ from, to }))),
    ...outside.flatMap((to) => own.filter(({ name }) => name === to.ipv4.via).map(({ end }) => ({ from: end, to }))),
    ...[loopback, ...own.map(({ end }) => end)].map((end) => ({ from: end, to: end })),
  ];
}

/**
 * The machines outside of an interface: a stranger, a neighbour, those that rules pair by a name, and those that rules of one family alone
 * name. The last ones are compared with the stranger of the other family, as the rules there say nothing else of them.
 */
function listOutside(each: DraftInterface, compared: ComparedWorld, classes: Record<Family, Range[][]>, names: NamePair[]): EndPair[] {
  const { network } = compared;
  const { name } = each;
  const stranger = toPair((family) => findOutside(findLargest(classes[family]), name, family, compared)?.address ?? null, name);
  if (stranger === null) {
    return [];
  }
  const isFree = (address: string) => !hasOwn(network, address);
  const neighbour = toPair((family) => {
    const prefix = each.addresses.find((own) => getFamily(own) === family);
    return prefix === undefined ? null : pickHost(prefix, NEIGHBOUR, (address) => !isFree(address));
  }, name);
  const named = names.flatMap((pair) => toPair((family) => pickHost(pair[family], NAMED, (address) => !isFree(address)), name) ?? []);
  const isHere = ({ ipv4, ipv6 }: EndPair) =>
    (findNear(network, ipv4.address, false) ?? findNear(network, ipv6.address, false))?.name === name ||
    (name === network.outer && FAMILIES.every((family) => findNear(network, { ipv4, ipv6 }[family].address, false) === null));
  const paired = [stranger, ...(neighbour === null ? [] : [neighbour]), ...named.filter(isHere)];
  const alone = FAMILIES.flatMap((family) =>
    classes[family].flatMap((own): EndPair[] => {
      const isPaired = paired.some((pair) => isIn(toNumber(pair[family].address), own));
      const end = isPaired ? null : findOutside(own, name, family, compared);
      const pair = end === null ? null : { ...stranger, [family]: end };
      return pair !== null && (findNear(network, pair[family].address, false)?.name ?? network.outer) === name ? [pair] : [];
    }),
  );
  const toKey = (pair: EndPair) =>
    JSON.stringify(FAMILIES.map((family) => classes[family].findIndex((own) => isIn(toNumber(pair[family].address), own))));
  const all = [...paired, ...alone];
  const keys = all.map(toKey);
  return all.filter((_, place) => keys.indexOf(keys[place] ?? '') === place);
}

function toPair(find: (family: Family) => string | null, via: string | null): EndPair | null {
  const [ipv4, ipv6] = [find('ipv4'), find('ipv6')];
  return ipv4 === null || ipv6 === null ? null : { ipv4: { address: ipv4, via }, ipv6: { address: ipv6, via } };
}

/** The class with the most addresses: those that no rule names. */
function findLargest(classes: Range[][]): Range[] {
  const size = (ranges: Range[]) => ranges.reduce((sum, [first, last]) => sum + last - first + 1n, 0n);
  return classes.reduce((largest, each) => (size(each) > size(largest) ? each : largest), []);
}
