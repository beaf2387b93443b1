import { FAMILY_NAMES, getFamily, isSameFamily } from '../../../words/addresses.js';
import { quote } from '../../../words/phrases.js';
import { didYouMean } from '../../../words/suggestion.js';
import type { Place } from '../../json/document.js';
import { getAddressProblem } from '../world/address.js';
import type { Network } from '../world/network.js';

/** Checks the address of a client or server, and the interface in its `via`. Reports at most one problem. */
export function checkEndpointAddress(place: Place, address: string, role: 'server' | 'client', network: Network): void {
  const at = place.member('via');
  const via = at.read<string>() ?? null;
  const problem = getAddressProblem(address, role, network, via);
  if (problem !== null) {
    place.member('address').complain(problem);
    return;
  }
  const viaProblem = via === null ? null : getViaProblem(via, address, network);
  if (viaProblem !== null) {
    at.complain(viaProblem);
  }
}

/** The reason why no client or server with this address can be outside of the interface `via`, or null. */
function getViaProblem(via: string, address: string, { interfaces, isSound }: Network): string | null {
  if (via === 'lo') {
    return 'lo has no outside: nobody can be at the other end of it';
  }
  const found = interfaces.find(({ name }) => name === via);
  if (found === undefined) {
    const known = interfaces.map(({ name }) => name);
    return isSound ? `no interface ${quote(via)}${didYouMean(via, known)}: "interfaces" or "bridges" must describe it` : null;
  }
  const canAnswer = found.addresses.some((own) => isSameFamily(own, address));
  return canAnswer || !isSound
    ? null
    : `${via} has no ${FAMILY_NAMES[getFamily(address)]} address, by which ${address} could reach the world`;
}
