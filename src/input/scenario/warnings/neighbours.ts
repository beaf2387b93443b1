import type { ProbeSpec } from '../../../model/scenario.js';
import { getFamily } from '../../../words/addresses.js';
import { nameScenarioRule } from './as-written.js';
import { type Finder, oncePerPlace, type WarnedScenario } from './finder.js';
import { isBlocked, listJudgedSets } from './judged-set.js';
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
export const findNeighbourRules: Finder = (scenario, locate) =>
  oncePerPlace(
    listJudgedSets(scenario)
      .filter(({ families }) => families.includes('ipv6'))
      .flatMap((set) =>
        set.probes
          .filter((probe) => getFamily(probe.to.address) === 'ipv6' && !expectsSilence(probe))
          .flatMap((probe) => listNeeded(scenario, probe))
          .flatMap(({ chain, name, message }) => {
            const ends = set.findEnds('filter', chain, {
              ...{ family: 'ipv6', protocol: 58, icmp: [MESSAGES[message], 0], state: 'UNTRACKED', isToWorld: false },
              ...{ source: null, destination: null },
              ...(chain === 'INPUT' ? { inInterface: name, outInterface: '' } : { inInterface: '', outInterface: name }),
            });
            const rule = isBlocked(ends) ? set.getEnder('ipv6', 'filter', chain, ends) : undefined;
            return rule === undefined
              ? []
              : [
                  {
                    ...locate({ phase: set.phase, rule }),
                    message: `${describeEnder(rule.index === null || ends.lines.length === 0 ? null : nameScenarioRule(rule), chain)} ends neighbour ${message}s at ${name}, so nothing goes by ${name} over IPv6: add ip6tables -A ${chain} -p ipv6-icmp --icmpv6-type neighbour-${message} -j ACCEPT before it`,
                  },
                ];
          }),
      ),
  );

function describeEnder(rule: string | null, chain: string): string {
  return rule ?? `the policy of ${chain}`;
}

/** Whether a probe is expected to get no answer, for which lost neighbours are as good as any reason. */
function expectsSilence({ expect }: ProbeSpec): boolean {
  return expect.outcome === 'timeout' || expect.cause === 'dropped';
}

/** The one that sends first asks, the other one answers. */
function listNeeded({ world }: WarnedScenario, { via, to }: ProbeSpec): Needed[] {
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
