import type { Family } from '../../model/rule.js';
import { RuleError } from '../errors.js';
import { addressRange } from './addresses.js';
import { integer, range } from './numbers.js';

const port = integer('a port', 1, 65535);

const SLOTS = 15;

/** A port or a range of ports, by number. Names of services are refused, because they depend on the machine's /etc/services. */
export const portRange = range('a port', 0, 65535);

/** ADDRESS[-ADDRESS][:PORT[-PORT]], or :PORT (iptables-extensions(8), SNAT and DNAT). IPv6 has [ADDRESS-ADDRESS]:PORT. */
export function natRange(text: string, family: Family): string {
  const { addresses, ports } = (family === 'ipv4' ? splitIPv4 : splitIPv6)(text);
  const printed = addresses === '' ? '' : printAddresses(addresses, family);
  if (ports === '') {
    return printed;
  }
  const bracketed = family === 'ipv6' && printed !== '' ? `[${printed}]` : printed;
  return `${bracketed}:${ports}`;
}

function printAddresses(text: string, family: Family): string {
  const [from, to] = addressRange(text, family).split('-');
  return from === to ? (from ?? '') : `${from}-${to}`;
}

function splitIPv4(text: string): { addresses: string; ports: string } {
  const colon = text.indexOf(':');
  // Without ports, or an IPv6 address, which addressRange then refuses.
  if (colon === -1 || text.indexOf(':', colon + 1) !== -1) {
    return { addresses: text.replace(/[[\]]/g, ''), ports: '' };
  }
  return { addresses: text.slice(0, colon), ports: natPorts(text.slice(colon + 1)) };
}

function splitIPv6(text: string): { addresses: string; ports: string } {
  if (/^:\d+(-|$)/.test(text)) {
    return { addresses: '', ports: natPorts(text.slice(1)) };
  }
  const [, addresses = text, ports] = /^\[([^\]]*)\](?::(.*))?$/.exec(text) ?? [];
  return { addresses, ports: ports === undefined ? '' : natPorts(ports) };
}

/** PORT or PORT-PORT. */
export function natPorts(text: string): string {
  const [first = '', last = first, ...rest] = text.split('-');
  const [from, to] = [port(first), port(last)];
  if (rest.length > 0 || Number(from) > Number(to)) {
    throw new RuleError(`"${text}" is not a range of ports: write FIRST-LAST`);
  }
  return from === to ? from : `${from}-${to}`;
}

/**
 * Ports and ranges, separated by commas. They keep their order. A list has up to 15 ports, and a range counts as two
 * (iptables-extensions(8), multiport). iptables refuses 80:80 here, so the canonical form is 80. It also refuses open ranges.
 */
export function portList(text: string): string {
  const elements = text.split(',').map((element) => {
    if (/^:|:$/.test(element)) {
      throw new RuleError(`"${element}": a range in a list of ports needs both ends`);
    }
    return portRange(element);
  });
  const slots = elements.join(':').split(':').length;
  if (slots > SLOTS) {
    throw new RuleError(`${slots} ports: a list has at most ${SLOTS}, and a range counts as two`);
  }
  return elements.join(',');
}
