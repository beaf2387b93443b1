import { CLIENT_PORTS } from '../../model/protocols.js';
import { intersect, type Range } from '../../rules/packets/ranges.js';
import type { ReadRuleSet } from '../chains/rule-set.js';
import { listClasses } from './intervals.js';

/** The ports that stand for those of their class, if they are in it. */
const USUAL_PORTS = [9, 79, 4000, 49_999];
const MOST_PORT = 65_535n;

/** A port of each class for servers. An answer has the port of the server as its source. */
export function listPorts(ruleSets: ReadRuleSet[]): number[] {
  return listClasses(ruleSets, ['sourcePort', 'destinationPort'], MOST_PORT).flatMap((own) => chooseNumber(own, USUAL_PORTS));
}

/**
 * The ports of clients: the kernel chooses one (null) where no rule tells its ports apart. An answer has the port of the client as its
 * destination.
 */
export function listClientPorts(ruleSets: ReadRuleSet[]): (number | null)[] {
  const own: Range = [BigInt(CLIENT_PORTS.first), BigInt(CLIENT_PORTS.last)];
  const chosen = listClasses(ruleSets, ['sourcePort', 'destinationPort'], MOST_PORT).map((ranges) => intersect(ranges, [own]));
  const others = listClasses(ruleSets, ['sourcePort'], MOST_PORT).filter((ranges) => intersect(ranges, [own]).length === 0);
  const fixed = chosen.filter((ranges) => ranges.length > 0);
  return [
    ...(fixed.length === 1 ? [null] : fixed.flatMap((ranges) => chooseNumber(ranges, []))),
    ...others.flatMap((ranges) => chooseNumber(ranges, [])),
  ];
}

function chooseNumber(own: Range[], usual: number[]): number[] {
  const preferred = usual.find((port) => own.some(([from, to]) => from <= port && port <= to));
  const first = own.map(([from, to]) => ((from === 0n ? 1n : from) <= to ? Number(from === 0n ? 1n : from) : 0)).find((port) => port > 0);
  return [preferred ?? first ?? []].flat();
}
