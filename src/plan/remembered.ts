import type { Chain, Condition, Plan, PlannedLine, PlannedRuleSet, ProbePlan } from '../model/plan.js';
import type { Family, Rule } from '../model/rule.js';
import type { Scenario } from '../model/scenario.js';
import { canMeet, type PacketFacts, toFacts } from '../rules/stability/conditions.js';
import { hasNftMemory } from '../rules/stability/nft-memory.js';
import { getConditions, getRetransmissionTraits, listMemories } from '../rules/stability/rule-traits.js';
import { findChangingSets } from './ipsets.js';

/** The memories that may keep something of a probe. 'unknown': it may share one with any other probe. */
export type Memories = string[] | 'unknown';

type PlannedChain = Chain<PlannedLine>;

/**
 * Finds where rules may remember something of a probe, so that it affects later probes. There are two kinds of such rules:
 * - A rule that decides by what it remembers (recent, limit, connlimit). Its later decisions depend on how often these probes send.
 * - A NAT rule that gives the client a port. The next client cannot have this port.
 *
 * Only the kernel knows native rules exactly, and NAT changes the packets of a probe.
 *
 * @param written the memories that targets write
 * @param isDeciding whether only memories count that can change what becomes of a packet: those of rules that only log cannot
 * @param device the only interface of the packets; null: they may have others
 */
export function findMemories(
  ruleSet: PlannedRuleSet,
  written: ReadonlySet<string>,
  isDeciding = false,
  device: 'lo' | null = 'lo',
): (probe: ProbePlan) => Memories {
  if (ruleSet.kind === 'nft') {
    const memories = hasNftMemory(ruleSet.text) ? 'unknown' : [];
    return () => memories;
  }
  if (ruleSet.kind === 'mixed') {
    const lines = ruleSet.tables.flatMap(({ families }) => families).flatMap(({ chains }) => chains.flatMap((chain) => chain.lines));
    const isNativeMemory = ruleSet.parts.some((part) => part.kind === 'nft' && hasNftMemory(part.text));
    const memories = isNativeMemory || lines.some(hasMemory) ? 'unknown' : [];
    return () => memories;
  }
  const chains = ruleSet.families.flatMap((family) => family.chains);
  const remembering = chains.filter(({ lines }) => lines.some(hasMemory));
  if (remembering.length === 0) {
    return () => [];
  }
  if (chains.some(({ lines }) => lines.some(({ action }) => action === 'translate'))) {
    return () => 'unknown';
  }
  const ways = remembering.flatMap((chain) => {
    const isReached = makeReach(chain, chains, []);
    return chain.lines.filter(hasMemory).map(({ instability, rule }, place) => ({
      ...{ family: chain.family, isReached, conditions: instability?.conditions ?? [] },
      decides: !isIdle(rule, chain, chains, []),
      memories: listMemories(rule, `${chain.family} ${chain.table} ${chain.name} ${place}`, written),
    }));
  });
  const deciding = new Set(ways.flatMap(({ decides, memories }) => (decides || !isDeciding ? memories : [])));
  return (probe) => {
    const packets = listPackets(probe, device);
    return ways.flatMap(({ family, isReached, conditions, memories }) =>
      family === probe.family && packets.some((facts) => canMeet(conditions, facts) && isReached(facts))
        ? memories.filter((memory) => deciding.has(memory))
        : [],
    );
  };
}

/** Whether a rule leaves every packet as it is, and on its way: it only logs, or ends a chain of such rules. */
function isIdle({ target, ...rule }: Rule, chain: PlannedChain, chains: PlannedChain[], below: PlannedChain[]): boolean {
  if (getRetransmissionTraits({ target, ...rule }).effect === 'none') {
    return true;
  }
  const leadsTo = chains.find(({ family, table, name }) => family === chain.family && table === chain.table && name === target?.name);
  return leadsTo === undefined
    ? target?.name === 'RETURN' && chain.policy === null && areIdle(chain, chains, below)
    : target?.how === 'jump' && areIdle(leadsTo, chains, below);
}

/** Whether all rules of a chain are idle, and write nothing that a rule elsewhere reads. */
function areIdle(chain: PlannedChain, chains: PlannedChain[], below: PlannedChain[]): boolean {
  return (
    below.includes(chain) ||
    chain.lines.every(({ rule }) => getRetransmissionTraits(rule).memories.length === 0 && isIdle(rule, chain, chains, [...below, chain]))
  );
}

function hasMemory({ instability, rule }: PlannedLine): boolean {
  return (instability?.kinds.includes('memory') ?? false) || givesPorts(rule);
}

/** Whether a rule gives the client a new port. The port stays in use for a while, so that the next client does not get it. */
function givesPorts({ target }: Rule): boolean {
  const [name, options] = [target?.name, target?.options ?? []];
  return (
    (name === 'SNAT' && options.some(({ values: [to = ''] }) => /^(?:[\d.-]*|\[.*\]):\d/.test(to))) ||
    (name === 'MASQUERADE' && options.some(({ flag }) => flag === '--to-ports'))
  );
}

/** Whether a packet can reach a chain: from its hook, or by a rule that jumps there. */
function makeReach(chain: PlannedChain, chains: PlannedChain[], below: string[]): (facts: PacketFacts) => boolean {
  if (chain.policy !== null) {
    return () => true;
  }
  const ways = chains
    .filter(({ table, family, name }) => table === chain.table && family === chain.family && !below.includes(name))
    .flatMap((from) => {
      const leading = from.lines.filter(({ rule: { target } }) => target?.name === chain.name);
      const conditions: Condition[][] = leading.map(({ rule }) => getConditions(rule, from.policy !== null));
      return leading.length === 0 ? [] : [{ conditions, isReached: makeReach(from, chains, [...below, chain.name]) }];
    });
  return (facts) => ways.some(({ conditions, isReached }) => conditions.some((each) => canMeet(each, facts)) && isReached(facts));
}

/** The types of ICMP errors (RFC 792, RFC 4443). */
const ERROR_TYPES: Record<Family, NonNullable<PacketFacts['icmpType']>> = {
  ipv4: [
    ['03', '05'],
    ['0b', '0c'],
  ],
  ipv6: [['01', '7f']],
};

/** The types of neighbour discovery (RFC 4861). */
const NEIGHBOUR_TYPES: NonNullable<PacketFacts['icmpType']> = [['85', '88']];

/**
 * The packets that a probe can cause: its requests, the answers, ICMP errors about either, and the search for neighbours. Beside lo, a router
 * sends errors from an address of its own.
 */
function listPackets({ family, protocol, from, to, clientPort }: ProbePlan, device: 'lo' | null): PacketFacts[] {
  const there = { source: from, sourcePort: clientPort, destination: to.address, destinationPort: to.port };
  const back = { source: to.address, sourcePort: to.port, destination: from, destinationPort: clientPort };
  const packets = [there, back].flatMap((ends) => {
    const { source, ...error } = { ...toFacts({ family, protocol: 'icmp', ...ends }, device), icmpType: ERROR_TYPES[family] };
    return [toFacts({ family, protocol, ...ends }, device), device === null || source === undefined ? error : { ...error, source }];
  });
  const { protocol: icmp = [] } = toFacts({ family, protocol: 'icmp', ...there }, null);
  return device === null && family === 'ipv6' ? [...packets, { protocol: icmp, icmpType: NEIGHBOUR_TYPES }] : packets;
}

/** The flow that a later probe from the same port to the same end belongs to; none, if the client has a port that no other has. */
function listFlows({ protocol, from, to, clientPort }: ProbePlan): string[] {
  const ends = [`${from} ${clientPort}`, `${to.address} ${to.port}`].sort();
  return clientPort === null ? [] : [`flow ${protocol} ${ends.join()}`];
}

/**
 * What the rules, or connection tracking, may remember of each probe, by its index, as far as it can change what becomes of a later one.
 */
export function listProbeMemories(scenario: Scenario, { phases }: Plan): Memories[] {
  const memories: Memories[] = [];
  const device = scenario.world.interfaces.length > 0 ? null : 'lo';
  // A phase without rules of its own keeps those of the phase before.
  let find: (probe: ProbePlan) => Memories = () => [];
  for (const [place, { ruleSet, flows }] of phases.entries()) {
    const phase = scenario.phases[place];
    if (ruleSet !== null && phase !== undefined) {
      find = findMemories(ruleSet, findChangingSets(scenario, phase).written, true, device);
    }
    flows.flatMap(({ probes }) => probes).forEach((probe) => (memories[probe.index] = joinTwo(find(probe), listFlows(probe))));
  }
  return memories;
}

/** What either of two rule sets may remember of each probe. */
export function joinMemories(one: Memories[], other: Memories[]): Memories[] {
  return one.map((own, place) => joinTwo(own, other[place] ?? []));
}

function joinTwo(one: Memories, other: Memories): Memories {
  return one === 'unknown' || other === 'unknown' ? 'unknown' : [...new Set([...one, ...other])];
}

/** Whether a rule decides by what it remembers, or writes into a set. */
export function mayRemember({ phases }: Scenario): boolean {
  const isRemembering = (rule: Rule) => {
    const { stabilities, memories } = getRetransmissionTraits(rule);
    return stabilities.includes('memory') || memories.length > 0;
  };
  const rules = phases.flatMap(({ ruleSet }) => ruleSet?.rules ?? []).flatMap(({ entries }) => entries);
  return rules.some((entry) => 'rules' in entry && entry.rules.some(isRemembering));
}
