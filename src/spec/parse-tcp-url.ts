import { quote } from './describe-value.js';
import { getAddressProblem, type AddressRole } from './get-address-problem.js';

export interface Endpoint {
  address: string;
  port: number;
}

const FORM = 'tcp://ADDRESS:PORT';
const LATER = new Set(['udp', 'http', 'icmp']);
const EXTRAS: Record<string, string> = { '/': 'a path', '?': 'a query', '#': 'a fragment', '@': 'a user' };

/** Reads `tcp://ADDRESS:PORT`, and nothing that only looks like it; else says why not. */
export function parseTcpUrl(text: string, role: AddressRole): Endpoint | { problem: string } {
  const [, scheme, rest = ''] = /^([^:/]*):\/\/(.*)$/s.exec(text) ?? [];
  if (scheme !== undefined && LATER.has(scheme)) {
    return { problem: `${scheme}:// is not supported yet: expected ${FORM}, found ${quote(text)}` };
  }
  if (scheme !== 'tcp') {
    return { problem: `expected ${FORM}, found ${quote(text)}` };
  }

  const extra = /[/?#@]/.exec(rest);
  if (extra !== null) {
    return { problem: `expected ${FORM} without ${EXTRAS[extra[0]]}, found ${quote(text)}` };
  }

  const [, host = '', colon, port = ''] = /^(.*?)(:([^:\]]*))?$/s.exec(rest) ?? [];
  const problem = getAddressProblem(host.includes(':') ? host.replace(/^\[|\]$/g, '') : host, role);
  if (problem !== null) {
    return { problem };
  }
  if (colon === undefined) {
    return { problem: `missing port: expected ${FORM}, found ${quote(text)}` };
  }
  if (!/^[1-9][0-9]{0,4}$/.test(port) || Number(port) > 65535) {
    return { problem: `expected a port from 1 to 65535, found ${quote(port)}` };
  }
  return { address: host, port: Number(port) };
}
