import type { Chain, Condition, PlannedLine, PlannedRuleSet, ProbePlan } from '../model/plan.js';
import type { Rule } from '../model/rule.js';
import { canMeet, toFacts, type PacketFacts } from '../rules/stability/conditions.js';
import { getConditions } from '../rules/stability/get-nature.js';
import { hasNftMemory } from '../rules/stability/has-nft-memory.js';

/**
 * Tells which probes a rule may remember that decides by what it remembers (recent, limit, connlimit): what comes after them depends on how often
 * they send; or that gives it a port which the next cannot have. Of native rules only the kernel knows which they are, and NAT makes other packets of a probe's: in doubt it may.
 */
export function findRemembered(ruleSet: PlannedRuleSet): (probe: ProbePlan) => boolean {
  if (ruleSet.kind === 'nft') {
    const hasMemory = hasNftMemory(ruleSet.text);
    return () => hasMemory;
  }
  const chains = ruleSet.families.flatMap((family) => family.chains);
  const remembering = chains.filter(({ lines }) => lines.some(hasMemory));
  if (remembering.length === 0) {
    return () => false;
  }
  if (chains.some(({ lines }) => lines.some(({ action }) => action === 'translate'))) {
    return () => true;
  }
  const ways = remembering.flatMap((chain) => {
    const own = chain.lines.filter(hasMemory).map(({ doubt }) => doubt?.conditions ?? []);
    return [{ family: chain.family, isReached: makeReach(chain, chains, []), conditions: own }];
  });
  return (probe) => {
    const packets = listPackets(probe);
    return ways.some(
      ({ family, isReached, conditions }) =>
        family === probe.family && packets.some((facts) => conditions.some((each) => canMeet(each, facts)) && isReached(facts)),
    );
  };
}

function hasMemory({ doubt, rule }: PlannedLine): boolean {
  return (doubt?.kinds.includes('memory') ?? false) || givesPorts(rule);
}

/** Whether it gives a client a port of its choice: whoever had it before keeps it for a while, so that the next client does not get it. */
function givesPorts({ target }: Rule): boolean {
  const [name, options] = [target?.name, target?.options ?? []];
  return (
    (name === 'SNAT' && options.some(({ values: [to = ''] }) => /^(?:[\d.-]*|\[.*\]):\d/.test(to))) ||
    (name === 'MASQUERADE' && options.some(({ flag }) => flag === '--to-ports'))
  );
}

/** Whether a packet can come to a chain: by its hook, or by a rule that leads there. */
function makeReach(chain: Chain<PlannedLine>, chains: Chain<PlannedLine>[], below: string[]): (facts: PacketFacts) => boolean {
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

/** The packets that a probe makes: its questions, the answers, and ICMP errors about either. */
function listPackets({ family, protocol, from, to, clientPort }: ProbePlan): PacketFacts[] {
  const there = { source: from, sourcePort: clientPort, destination: to.address, destinationPort: to.port };
  const back = { source: to.address, sourcePort: to.port, destination: from, destinationPort: clientPort };
  return [protocol, 'icmp' as const].flatMap((protocol) => [there, back].map((ends) => toFacts({ family, protocol, ...ends }, true)));
}
