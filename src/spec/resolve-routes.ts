import type { RouteSpec } from '../model/scenario.js';
import { didYouMean } from '../rules/suggest-word.js';
import { quote } from './describe-value.js';
import { hasAddress, type Network } from './network.js';
import { parseRoute } from './parse-route.js';
import type { Place } from './place.js';

/** Reads a scenario's `routes`. Whether there is such a next hop is for the kernel to say. */
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
