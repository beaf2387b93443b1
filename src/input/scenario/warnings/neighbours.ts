import type { ProbeSpec } from '../../../model/scenario.js';
import { findNftNeighbourEnds } from '../../../rules/nft/neighbours.js';
import { getFamily } from '../../../words/addresses.js';
import { locateNftLine } from '../../../words/nft-lines.js';
import { nameScenarioRule } from './as-written.js';
import { type Finder, type Found, type Locator, oncePerPlace, type WarnedScenario } from './finder.js';
import { isBlocked, listJudgedProbes, listJudgedSets } from './judged-set.js';
import { findInterface, isOfWorld } from './places.js';

/** The messages of neighbour discovery (RFC 4861), with their types of ICMPv6. */
const MESSAGES = { solicitation: 135, advertisement: 136 } as const;

/** A message that must come in or go out, so that a probe can go by an interface. */
interface Needed {
  chain: 'INPUT' | 'OUTPUT';
  name: string;
  message: keyof typeof MESSAGES;
}

/** Finds the rules and policies that end the neighbour discovery of a probe over IPv6. */
export const findNeighbourRules: Finder = (scenario, locate) => oncePerPlace([...findInIptables(scenario, locate), ...findInNft(scenario)]);

function findInIptables(scenario: WarnedScenario, locate: Locator): Found[] {
  const sets = listJudgedSets(scenario).filter(({ families }) => families.includes('ipv6'));
  return sets.flatMap((set) =>
    listNeeded(scenario, set.probes).flatMap(({ chain, name, message }) => {
      const ends = set.findEnds('filter', chain, {
        ...{ family: 'ipv6', protocol: 58, icmp: [MESSAGES[message], 0], state: 'UNTRACKED', isToWorld: false },
        ...{ source: null, destination: null },
        ...(chain === 'INPUT' ? { inInterface: name, outInterface: '' } : { inInterface: '', outInterface: name }),
      });
      const rule = isBlocked(ends) ? set.getEnder('ipv6', 'filter', chain, ends) : undefined;
      const ender = rule === undefined || ends.lines.length === 0 ? `the policy of ${chain}` : nameScenarioRule(rule);
      const accept = `ip6tables -A ${chain} -p ipv6-icmp --icmpv6-type neighbour-${message} -j ACCEPT`;
      return rule === undefined ? [] : [{ ...locate({ phase: set.phase, rule }), message: describe(ender, { name, message }, accept) }];
    }),
  );
}

function findInNft(scenario: WarnedScenario): Found[] {
  return scenario.phases.flatMap(({ ruleSet }, phase) => {
    const natives = ruleSet?.natives ?? [];
    const needed = natives.length === 0 ? [] : listNeeded(scenario, listJudgedProbes(scenario, phase));
    return needed.flatMap(({ chain, name, message }) =>
      natives.flatMap(({ text, sources }) =>
        findNftNeighbourEnds(text)
          .filter(({ hook }) => hook === chain.toLowerCase())
          .map(({ chain: ender, line, column }) => ({
            ...locateNftLine(sources, line),
            column,
            message: describe(`chain ${ender}`, { name, message }, 'icmpv6 type { nd-neighbor-solicit, nd-neighbor-advert } accept'),
          })),
      ),
    );
  });
}

function describe(ender: string, { name, message }: Omit<Needed, 'chain'>, accept: string): string {
  return `${ender} ends neighbour ${message}s at ${name}, so nothing goes by ${name} over IPv6: add ${accept} before it`;
}

/** Whether a probe is expected to get no answer, for which lost neighbours are as good as any reason. */
function expectsSilence({ expect }: ProbeSpec): boolean {
  return expect.outcome === 'timeout' || expect.cause === 'dropped';
}

/** The messages that probes over IPv6 need. */
function listNeeded(scenario: WarnedScenario, probes: ProbeSpec[]): Needed[] {
  const found = probes
    .filter((probe) => getFamily(probe.to.address) === 'ipv6' && !expectsSilence(probe))
    .flatMap((probe) => listNeededBy(scenario, probe));
  return [...new Map(found.map((needed) => [JSON.stringify(needed), needed])).values()];
}

/** The one that sends first asks, the other one answers. */
function listNeededBy({ world }: WarnedScenario, { via, to }: ProbeSpec): Needed[] {
  const far = isOfWorld(world, to.address) ? null : findInterface(world, to.address);
  const asked: Needed[] =
    via === null
      ? []
      : [
          { chain: 'INPUT', name: via, message: 'solicitation' },
          { chain: 'OUTPUT', name: via, message: 'advertisement' },
        ];
  const asking: Needed[] =
    far === null || far === via
      ? []
      : [
          { chain: 'OUTPUT', name: far, message: 'solicitation' },
          { chain: 'INPUT', name: far, message: 'advertisement' },
        ];
  return [...asked, ...asking];
}
