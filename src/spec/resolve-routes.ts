import type { RouteSpec } from '../model/scenario.js';
import { quote } from '../words/phrases.js';
import { didYouMean } from '../words/suggestion.js';
import { hasAddress, type Network } from './network.js';
import { parseRoute } from './parse-route.js';
import type { Place } from './place.js';

/** Reads a scenario's `routes`. The kernel decides whether a next hop is reachable. */
export function resolveRoutes(scenario: Place, network: Network): RouteSpec[] {
  const places = scenario.member('routes').items();
  return places.flatMap((place) => {
    const text = place.read<string>();
    if (text === undefined) {
      return [];
    }
    const route = parseRoute(text);
    const problem = 'problem' in route ? route.problem : getNameProblem(route, network);
    if (problem !== null) {
      place.complain(problem);
    }
    return 'problem' in route || problem !== null ? [] : [route];
  });
}

function getNameProblem({ device, source }: RouteSpec, network: Network): string | null {
  const known = ['lo', ...network.interfaces.map(({ name }) => name)];
  if (device !== null && !known.includes(device)) {
    return `no interface ${quote(device)}${didYouMean(device, known)}`;
  }
  return source === null || hasAddress(network, source) || !network.isSound ? null : `the world does not have the address ${source}`;
}
