import { PROTOCOLS } from '../../../model/protocols.js';
import type { Protocol } from '../../../model/result.js';
import { isIPv6Text } from '../../../words/addresses.js';
import { quote } from '../../../words/phrases.js';
import { didYouMean } from '../../../words/suggestion.js';
import { type AddressRole, getAddressProblem } from '../world/address.js';
import { LO_ALONE, type Network } from '../world/network.js';
import { isProtocol, SCHEMES, URL_FORMS } from './url-forms.js';

const EXTRAS: Record<string, string> = { '/': 'a path', '?': 'a query', '#': 'a fragment', '@': 'a user' };

const PORT = /^[1-9][0-9]{0,4}$/;
const LAST = 65535;

/** The parts of a URL. */
export interface Endpoint {
  protocol: Protocol;
  address: string;
  /** The first and the last port: equal for a single port. Both are 0 if the protocol has no ports. */
  port: number;
  lastPort: number;
}

/**
 * Parses a URL such as `tcp://ADDRESS:PORT`, and nothing beyond that form. The problem is the reason why the text is not one.
 *
 * @param network the world's network, needed for a server
 */
export function parseUrl(text: string, role: AddressRole, network: Network = LO_ALONE): Endpoint | { problem: string } {
  const [, scheme = '', rest = ''] = /^([^:/]*):\/\/(.*)$/s.exec(text) ?? [];
  if (!isProtocol(scheme)) {
    const hint = scheme === '' ? '' : didYouMean(scheme, SCHEMES);
    return { problem: `expected ${URL_FORMS}, found ${quote(text)}${hint}` };
  }
  if (!PROTOCOLS[scheme].hasServer && role === 'server') {
    return { problem: `no server is needed for ${scheme}: the kernel itself answers` };
  }
  const { hasPort } = PROTOCOLS[scheme];
  const form = `${scheme}://ADDRESS${hasPort ? ':PORT' : ''}`;
  const extra = /[/?#@]/.exec(rest);
  if (extra !== null) {
    return { problem: `expected ${form} without ${EXTRAS[extra[0]]}, found ${quote(text)}` };
  }

  const [, bracketed, plain = '', colon, port = ''] = /^(?:\[([^\]]*)\]|(.*?))(:([^:\]]*))?$/s.exec(rest) ?? [];
  if (bracketed === undefined && isIPv6Text(plain)) {
    return { problem: `an IPv6 address needs brackets: expected ${form.replace('ADDRESS', '[ADDRESS]')}, found ${quote(text)}` };
  }
  if (bracketed !== undefined && !isIPv6Text(bracketed)) {
    return { problem: `only an IPv6 address has brackets: expected ${form}, found ${quote(text)}` };
  }
  const address = bracketed ?? plain;
  const problem = getAddressProblem(address, role, network);
  if (problem !== null) {
    return { problem };
  }
  if (!hasPort) {
    return colon === undefined
      ? { protocol: scheme, address, port: 0, lastPort: 0 }
      : { problem: `${scheme} has no port: expected ${form}, found ${quote(text)}` };
  }
  if (colon === undefined) {
    return { problem: `missing port: expected ${form}, found ${quote(text)}` };
  }
  const ports = parsePorts(port);
  return 'problem' in ports ? ports : { protocol: scheme, address, port: ports.first, lastPort: ports.last };
}

/** Parses a port, or a range of ports such as `8000-8010`. The problem is the reason why the text is neither. */
export function parsePorts(text: string): { first: number; last: number } | { problem: string } {
  const [first = '', last = first, ...more] = text.split('-');
  if (more.length > 0 || ![first, last].every((port) => PORT.test(port) && Number(port) <= LAST)) {
    return { problem: `expected a port from 1 to ${LAST}, or a range such as 8000-8010, found ${quote(text)}` };
  }
  if (Number(first) > Number(last)) {
    return { problem: `expected a range from the lower port to the higher one, found ${quote(text)}` };
  }
  return { first: Number(first), last: Number(last) };
}
