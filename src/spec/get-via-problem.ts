import { FAMILY_NAMES, getFamily, isSameFamily } from '../words/addresses.js';
import { quote } from '../words/phrases.js';
import { didYouMean } from '../words/suggestion.js';
import type { Network } from './network.js';

/** The reason why no client or server with this address can be outside of the interface `via`, or null. */
export function getViaProblem(via: string, address: string, { interfaces, isSound }: Network): string | null {
  if (via === 'lo') {
    return 'nobody stands outside of lo';
  }
  const found = interfaces.find(({ name }) => name === via);
  if (found === undefined) {
    const known = interfaces.map(({ name }) => name);
    return isSound ? `no interface ${quote(via)}${didYouMean(via, known)}: "interfaces" must describe it` : null;
  }
  const canAnswer = found.addresses.some((own) => isSameFamily(own, address));
  return canAnswer || !isSound
    ? null
    : `${via} has no ${FAMILY_NAMES[getFamily(address)]} address, by which ${address} could reach the world`;
}
