import ipaddr from 'ipaddr.js';
import type { ComparedPacket } from '../../../model/insight/diff.js';
import type { Family } from '../../../model/rule.js';
import type { RuleSet } from '../../../model/scenario.js';
import { ADDRESS_BITS, getFamily, isSameFamily } from '../../../words/addresses.js';
import type { RulesetText } from '../../ruleset-files.js';
import { getBroadcast } from '../../scenario/world/network.js';
import { type DraftServer, listTranslated, makeWorld, type World } from '../document.js';
import { isLoopback, isUsable, withoutLength } from '../hosts.js';
import { type DraftInterface, draftNetwork, type DraftNetwork, hasOwn, isAboutLoAlone, listFamilies } from '../network.js';
import { type End, placeStranger } from '../places.js';
import { DRAFT } from '../read-rules.js';
import { readRuleSetsWords } from '../rule-set.js';
import type { Way } from '../ways.js';

/** The first and the last address, as numbers. */
export type Range = readonly [first: bigint, last: bigint];

/** A world in which rule sets are compared: that of a scenario, or a draft, which has the interfaces that any of them names. */
export interface ComparedWorld {
  world: World;
  /** The scenario file, or what stands for it. */
  file: string;
  /** The texts that the scenario names. */
  texts: ReadonlyMap<string, RulesetText>;
  families: Family[];
  network: DraftNetwork;
  /** Those that end in a translation. */
  ways: Way[];
  /** The machines of the scenario. Each stands for the others that no rule tells apart from it. */
  hosts: End[];
  /** The packets of the scenario's own probes. */
  probed: ComparedPacket[];
}

/** Documentation addresses: the first one is the stranger outside of the first interface, the next one of the second. */
const FAR: Record<Family, string> = { ipv4: '203.0.113.10', ipv6: '2001:db8:9::10' };

/** A draft before any rule is known. */
export const DRAFT_BASE: Pick<ComparedWorld, 'world' | 'file' | 'texts'> = { world: {}, file: DRAFT, texts: new Map() };

/**
 * @param given the addresses of interfaces, each with a prefix length, instead of those of their family that are drafted
 * @param only the families; missing: those that the rule sets are about
 */
export function draftComparison(ruleSets: RuleSet[], given: Map<string, string[]>, only?: Family[]): ComparedWorld {
  const { words, ways, asksForRoutes } = readRuleSetsWords(ruleSets);
  const families = only ?? listFamilies(words, ways);
  const drafted = draftNetwork(words, ways, families, [...given.keys()]);
  const isOnLo = given.size === 0 && isAboutLoAlone(ruleSets, words, ways);
  const interfaces = drafted.interfaces.map((each) => {
    const addresses = given.get(each.name);
    const others = each.addresses.filter((own) => !addresses?.some((address) => isSameFamily(address, own)));
    return addresses === undefined ? each : { ...each, addresses: [...addresses, ...others], isNamed: true };
  });
  const network = { ...drafted, interfaces: isOnLo ? [] : interfaces };
  return {
    ...{ ...DRAFT_BASE, world: makeWorld(network, asksForRoutes), families, network },
    ...{ ways: ways.filter(({ action }) => action.kind === 'translate'), hosts: [], probed: [] },
  };
}

/** The two ends of a packet: between machines at two interfaces, between a machine and the world, or within the world. */
export interface Ends {
  from: End;
  to: End;
}

/**
 * All pairs of ends for a family, with an address of each class at each interface.
 * @param classes addresses that no rule tells apart
 */
export function listEnds(compared: ComparedWorld, family: Family, classes: Range[][]): Ends[] {
  const { network } = compared;
  const outside = network.interfaces.flatMap(({ name }) => classes.flatMap((own) => findOutside(own, name, family, compared) ?? []));
  const own = network.interfaces.flatMap((each) => listOwn(each, family, classes).map((address) => ({ name: each.name, address })));
  const inside = own.map(({ address }): End => ({ address, via: null }));
  const loopback = classes.flatMap((each) => findLoopback(each, family)).map((address): End => ({ address, via: null }));
  const into = outside.flatMap((from) => inside.map((to): Ends => ({ from, to })));
  const through = outside.flatMap((from) =>
    outside.filter((to) => to.via !== from.via && to.address !== from.address).map((to): Ends => ({ from, to })),
  );
  const out = outside.flatMap((to) =>
    own.filter(({ name }) => name === to.via).map(({ address }): Ends => ({ from: { address, via: null }, to })),
  );
  const onLo = [
    ...loopback.flatMap((from) => loopback.map((to): Ends => ({ from, to }))),
    ...inside.map((end): Ends => ({ from: end, to: end })),
  ];
  return [...into, ...through, ...out, ...onLo];
}

/** The servers to which rules translate what a client asks for. */
export function listTargets(
  { ways, network, hosts }: ComparedWorld,
  asked: Parameters<typeof listTranslated>[2],
): Omit<DraftServer, 'name'>[] {
  return listTranslated(ways, network, asked).map((target) => {
    const host = hosts.find(({ address }) => address === target.address);
    return host === undefined ? target : { ...target, via: host.via };
  });
}

/** An address of each class that an interface of the world has. */
function listOwn({ addresses }: DraftInterface, family: Family, classes: Range[][]): string[] {
  const own = addresses.filter((address) => getFamily(address) === family);
  return classes.flatMap((each) => own.find((address) => isIn(toNumber(address), each)) ?? []).map(withoutLength);
}

/**
 * An address of a class for a machine at an interface: one of the scenario, or the stranger there, else one of a range. null: no machine can
 * have any of them.
 */
export function findOutside(own: Range[], name: string, family: Family, { network, hosts }: ComparedWorld): End | null {
  const each = network.interfaces.find((one) => one.name === name);
  const stranger = each === undefined ? null : placeStranger(each, family, network);
  const near = (each?.addresses ?? []).flatMap((address) => (getFamily(address) === family ? [toNumber(address) + 20n] : []));
  const known = hosts.flatMap(({ address, via }) => (via === name && getFamily(address) === family ? [toNumber(address)] : []));
  const far = toNumber(FAR[family]) + BigInt(network.interfaces.findIndex((one) => one.name === name));
  const usual = stranger === null ? [] : [toNumber(stranger.address)];
  const preferred = [...known, ...usual, ...near, far].filter((value) => isIn(value, own));
  const first = own.flatMap(([from, to]) => [from + 9n, from + 1n, from, to].filter((value) => value <= to));
  const broadcasts = network.interfaces.flatMap(({ addresses }) => addresses.flatMap((address) => getBroadcast(address) ?? []));
  const address = [...preferred, ...first]
    .map((value) => print(value, family))
    .find((text) => isPlain(text, family) && !hasOwn(network, text) && !broadcasts.includes(text));
  return address === undefined ? null : { address, via: name };
}

function findLoopback(own: Range[], family: Family): string[] {
  const usual = family === 'ipv4' ? 0x7f00_0001n : 1n;
  const last = family === 'ipv4' ? 0x7fff_fffen : 1n;
  const value = isIn(usual, own)
    ? usual
    : own
        .map(([from, to]) => ((from > usual ? from : usual) <= (to < last ? to : last) ? (from > usual ? from : usual) : null))
        .find((each) => each !== null);
  return value === undefined || value === null ? [] : [print(value, family)];
}

/** Whether a machine can have the address: this network and what is reserved are nobody's. */
function isPlain(address: string, family: Family): boolean {
  return (
    isUsable(address) && !isLoopback(address) && (family === 'ipv6' || !/^(?:0|22[4-9]|2[345]\d)\./.test(address)) && !/^::/.test(address)
  );
}

export function isIn(value: bigint, ranges: Range[]): boolean {
  return ranges.some(([first, last]) => first <= value && value <= last);
}

export function toNumber(prefix: string): bigint {
  const bytes = ipaddr.parse(prefix.split('/')[0] ?? '').toByteArray();
  return bytes.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);
}

function print(value: bigint, family: Family): string {
  const bytes = Array.from({ length: ADDRESS_BITS[family] / 8 }, (_, place) =>
    Number((value >> BigInt(ADDRESS_BITS[family] - 8 - place * 8)) & 255n),
  );
  return ipaddr.fromByteArray(bytes).toString();
}
