import { PROTOCOLS } from '../../../model/protocols.js';
import type { Protocol } from '../../../model/result.js';
import type { ScenarioRule } from '../../../model/scenario.js';
import type { KnownPacket } from '../../../rules/packets/packet.js';
import { getFamily } from '../../../words/addresses.js';
import { nameScenarioRule } from './as-written.js';
import type { Finder } from './finder.js';
import { expectsAnswer, isBlocked, listJudgedSets } from './judged-set.js';
import { listHooks } from './places.js';

/** A port that no rule set accepts by itself: what it would drop there, it drops by default. */
const NO_SERVICE = 1;

/** Finds the rule sets for IPv4 alone that would block by IPv4 what a server or a probe of the scenario does by IPv6. */
export const findOpenIPv6: Finder = (scenario, locate) =>
  listJudgedSets(scenario).flatMap((set) => {
    if (set.families.includes('ipv6')) {
      return [];
    }
    const servers = scenario.servers.map(({ name, address, protocol, port }) => ({ what: `the server ${name}`, address, protocol, port }));
    const probes = set.probes.filter(expectsAnswer).map(({ name, to, protocol }) => ({ what: `the probe ${name}`, ...to, protocol }));
    const open = [...servers, ...probes].filter(({ address }) => getFamily(address) === 'ipv6');
    const hooks = listHooks(scenario).filter(({ chain }) => chain !== 'OUTPUT');
    for (const { what, protocol, port } of open) {
      for (const { chain, inInterface, outInterface } of hooks) {
        const ends = [port, NO_SERVICE]
          .map((destinationPort) => set.findEnds('filter', chain, toIPv4({ protocol, inInterface, outInterface, destinationPort })))
          .find(isBlocked);
        const rule = ends === undefined ? undefined : set.getEnder('ipv4', 'filter', chain, ends);
        if (rule !== undefined) {
          return [{ ...locate({ phase: set.phase, rule }), message: describeOpen(rule, what) }];
        }
      }
    }
    return [];
  });

/** A packet to a port by IPv4, of which no address is known. */
function toIPv4({
  protocol,
  ...known
}: Pick<KnownPacket, 'inInterface' | 'outInterface' | 'destinationPort'> & { protocol: Protocol }): KnownPacket {
  const { number, hasPort } = PROTOCOLS[protocol];
  return {
    ...{ family: 'ipv4', protocol: number.ipv4, source: null, destination: null, state: 'NEW', isToWorld: false },
    ...known,
    ...(hasPort ? { sourcePort: null } : { icmp: [8, 0] }),
    ...(number.ipv4 === 6 ? { flags: 'SYN' } : {}),
  };
}

function describeOpen(rule: ScenarioRule, what: string): string {
  const name = rule.entries.some(({ kind }) => kind === 'policy') ? `the policy ${rule.text}` : nameScenarioRule(rule);
  return `${name} is for IPv4, as all rules are, and ${what} uses IPv6, which no rule judges: add the same rules for ip6tables`;
}
