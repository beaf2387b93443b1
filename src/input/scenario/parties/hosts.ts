import { isIP } from 'node:net';
import { quote } from '../../../words/phrases.js';
import { didYouMean } from '../../../words/suggestion.js';
import type { Place } from '../../json/document.js';
import { describeTaken } from '../../json/unique-names.js';
import type { Clients } from './clients.js';

/**
 * The addresses of the hosts by name, at least one each. null: an address has an error. The name is still known, so that its uses are not
 * reported as well.
 */
export type Hosts = Map<string, string[] | null>;

/** Reads a scenario's `hosts`. The result is null if `hosts` itself is wrong, so that even the names are unknown. */
export function resolveHosts(scenario: Place, clients: Clients | null): Hosts | null {
  const place = scenario.member('hosts');
  if (place.isWrong) {
    return null;
  }
  for (const [name, member] of place.members()) {
    const problem = getNameProblem(name, clients);
    if (problem !== null) {
      member.key.complain(problem);
    }
  }
  return new Map(place.members().map(([name, member]) => [name, readAddresses(member)]));
}

/** The addresses of a host: its value is one, or a list of them. A result for each address: the same one twice is a mistake. */
function readAddresses(place: Place): string[] | null {
  const addresses = [place.read<string | string[]>() ?? []].flat();
  const twice = addresses.findIndex((address, index) => addresses.indexOf(address) < index);
  if (twice >= 0) {
    place.item(twice).complain(`${addresses[twice]} is an address of this host already`);
  }
  return addresses.length === 0 || twice >= 0 ? null : addresses;
}

/** The reason why a host cannot have a name, or null. A server can have the same name as a host, because no key accepts both names. */
function getNameProblem(name: string, clients: Clients | null): string | null {
  if (/^[\d.]+$/.test(name)) {
    return `expected a name, found ${quote(name)}, which looks like an address`;
  }
  return clients?.has(name) ? describeTaken('host', name, 'a client') : null;
}

/**
 * Replaces a host's name in a URL by each of its addresses. The problem is an unknown host. The result is null if an address of the host
 * has an error, which has been reported already.
 */
export function replaceHost(url: string, hosts: Hosts): string[] | { problem: string } | null {
  const [, scheme = '', name = '', rest = ''] = /^(\w+:\/\/)([\w.-]+)(.*)$/s.exec(url) ?? [];
  const addresses = hosts.get(name);
  if (addresses === undefined) {
    return /[a-z_-]/i.test(name) ? { problem: describeUnknown(name, hosts) } : [url];
  }
  return addresses && addresses.map((address) => `${scheme}${isIP(address) === 6 ? `[${address}]` : address}${rest}`);
}

function describeUnknown(name: string, hosts: Hosts): string {
  const suggestion = didYouMean(name, hosts.keys());
  const usual = name === 'localhost' ? '127.0.0.1' : '192.0.2.1';
  const remedy = `names are not looked up; write the address itself, or, in the scenario, "hosts": { ${JSON.stringify(name)}: "${usual}" }`;
  return `no host ${quote(name)}${suggestion === '' ? `: ${remedy}` : suggestion}`;
}
