import { PROTOCOLS } from '../model/protocols.js';
import type { Protocol } from '../model/result.js';
import { didYouMean } from '../rules/suggest-word.js';
import { quote } from './describe-value.js';
import { getAddressProblem, type AddressRole } from './get-address-problem.js';
import { parsePorts } from './parse-ports.js';
import { LO_ALONE, type Network } from './network.js';

export interface Endpoint {
  protocol: Protocol;
  address: string;
  /** The first port, and the last: the same where it is no range. 0 where the protocol has none. */
  port: number;
  lastPort: number;
}

const SCHEMES = Object.keys(PROTOCOLS).filter(isProtocol);
const FORMS = describeForms();
const EXTRAS: Record<string, string> = { '/': 'a path', '?': 'a query', '#': 'a fragment', '@': 'a user' };

/**
 * Reads `tcp://ADDRESS:PORT` and its like, and nothing that only looks like it; else says why not.
 *
 * @param network what the world has, where a server is to stand
 */
export function parseUrl(text: string, role: AddressRole, network: Network = LO_ALONE): Endpoint | { problem: string } {
  const [, scheme = '', rest = ''] = /^([^:/]*):\/\/(.*)$/s.exec(text) ?? [];
  if (!isProtocol(scheme)) {
    const hint = scheme === '' ? '' : didYouMean(scheme, SCHEMES);
    return { problem: `expected ${FORMS}, found ${quote(text)}${hint}` };
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
  if (bracketed === undefined && plain.includes(':')) {
    return { problem: `an IPv6 address stands in brackets: expected ${form.replace('ADDRESS', '[ADDRESS]')}, found ${quote(text)}` };
  }
  if (bracketed !== undefined && !bracketed.includes(':')) {
    return { problem: `only an IPv6 address stands in brackets: expected ${form}, found ${quote(text)}` };
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

function isProtocol(scheme: string): scheme is Protocol {
  return Object.hasOwn(PROTOCOLS, scheme);
}

/** `tcp://ADDRESS:PORT (or udp://, http://), or icmp://ADDRESS` */
function describeForms(): string {
  const [first = '', ...others] = SCHEMES.filter((scheme) => PROTOCOLS[scheme].hasPort).map((scheme) => `${scheme}://`);
  const bare = SCHEMES.filter((scheme) => !PROTOCOLS[scheme].hasPort).map((scheme) => `, or ${scheme}://ADDRESS`);
  return `${first}ADDRESS:PORT (or ${others.join(', ')})${bare.join('')}`;
}
