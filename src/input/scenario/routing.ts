import type { Phase, RouteSpec, RuleSet } from '../../model/scenario.js';
import type { Place } from '../json/document.js';
import type { Outsiders } from './parties/outsiders.js';
import { listProbes } from './probes/list.js';
import type { Network } from './world/network.js';
import { hasWay, makeAddedRoute, type Outsider } from './world/way-back.js';

/**
 * An expression of nft(8) that looks up a route. A `#` before it may begin a comment. Whether an address is local, say, does not depend on
 * the routes that loopfw adds; the rules of Docker ask that.
 */
const NFT_LOOKUP = /^[^#\n]*\bfib\s+[sd]addr(?:\s*\.\s*\w+)*\s+(?=[^\s.])(?!type\s+(?:[!=]=\s*)?(?:local|broadcast|multicast|anycast)\b)/m;

/** The parts of a scenario that decide whether loopfw adds routes to its world. */
interface Parts {
  phases: Phase[];
  sysctl: Record<string, string>;
  network: Network;
  outsiders: Outsiders;
}

/**
 * The routes that loopfw adds to clients and servers outside. It adds none if a rule or a setting asks for routes: there the scenario's own
 * routes are what is tested. Then a client without any route is reported, because it is more likely a mistake than a test.
 */
export function resolveAddedRoutes(scenario: Place, { phases, sysctl, network, outsiders }: Parts): RouteSpec[] {
  const all = [...outsiders].map(([address, via]): Outsider => ({ address, via }));
  const question = network.ipRules.length > 0 ? 'ipRules' : findRouteQuestion(phases, sysctl);
  if (question === null) {
    return all.map((outsider) => makeAddedRoute(outsider, network)).filter((route) => route !== null);
  }
  const lost = new Set(network.isSound ? all.filter(({ address }) => !hasWay(address, network)).map(({ address }) => address) : []);
  for (const { from, via, position } of lost.size === 0 ? [] : listProbes({ phases })) {
    if (via !== null && lost.delete(from)) {
      scenario.complainAt(
        position,
        `the world has no route to the client ${from}, and loopfw adds none where ${question} asks for routes: write "routes": ["${from} dev ${via}"], or the route that the real host has`,
      );
    }
  }
  return [];
}

/** What in a scenario asks for the world's routes; null if nothing does. */
function findRouteQuestion(phases: Phase[], sysctl: Record<string, string>): string | null {
  const setting = Object.entries(sysctl).find(([name, value]) => name.endsWith('.rp_filter') && Number(value) > 0);
  return setting?.[0] ?? phases.map(({ ruleSet }) => ruleSet && findLookup(ruleSet)).find((found) => found !== null) ?? null;
}

function findLookup(ruleSet: RuleSet): string | null {
  if (ruleSet.natives.some(({ text }) => NFT_LOOKUP.test(text))) {
    return 'fib';
  }
  const rules = ruleSet.rules.flatMap(({ entries }) => entries).flatMap((entry) => ('rules' in entry ? entry.rules : []));
  return rules.some(({ matches }) => matches.some(({ name }) => name === 'rpfilter')) ? 'rpfilter' : null;
}
