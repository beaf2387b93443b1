import type { ExtraAddress } from '../model/scenario.js';
import type { AddressInput } from '../model/scenario-file.js';
import { didYouMean } from '../rules/suggest-word.js';
import { quote } from './describe-value.js';
import type { DescribedInterface } from './network.js';
import { parseAddressPrefix } from './parse-address-prefix.js';
import type { Place } from './place.js';
import { getRangeProblem } from './resolve-interfaces.js';

/** Reads a scenario's `addresses`, and finds what is said twice of them and of the interfaces. */
export function resolveAddresses(scenario: Place, interfaces: DescribedInterface[]): ExtraAddress[] {
  const holders = new Map([
    ['127.0.0.1', 'lo'],
    ['::1', 'lo'],
  ]);
  for (const { name, addresses } of interfaces) {
    addresses.forEach((prefix, index) => {
      const place = scenario.member('interfaces').member(name).member('addresses').item(index);
      hold(prefix, name, place, holders);
    });
  }
  const known = ['lo', ...interfaces.map(({ name }) => name)];
  const places = scenario.member('addresses').items();
  return places.flatMap((place) => {
    const extra = readAddress(place, known);
    if (extra !== null) {
      hold(extra.address, extra.interface, place, holders);
    }
    return extra ?? [];
  });
}

function hold(prefix: string, name: string, place: Place, holders: Map<string, string>): void {
  const address = prefix.split('/')[0] ?? prefix;
  const holder = holders.get(address);
  holders.set(address, name);
  if (holder !== undefined) {
    place.complain(
      `${address} is taken: ${holder} has it${holder === 'lo' && /^(127\.0\.0\.1|::1)$/.test(address) ? ' from the start' : ''}`,
    );
  }
}

function readAddress(place: Place, known: string[]): ExtraAddress | null {
  const input = place.read<string | AddressInput>();
  if (input === undefined) {
    return null;
  }
  const { address, interface: name = 'lo', label = null } = typeof input === 'string' ? { address: input } : input;
  const read = parseAddressPrefix(address, false);
  const at = typeof input === 'string' ? place : place.member('address');
  const problem = 'problem' in read ? read.problem : name === 'lo' ? null : getRangeProblem(read.prefix);
  if (problem !== null) {
    at.complain(problem);
  }
  if (!known.includes(name)) {
    place.member('interface').complain(`no interface ${quote(name)}${didYouMean(name, known)}`);
  }
  const labelProblem = label === null ? null : getLabelProblem(label, name, address);
  if (labelProblem !== null) {
    place.member('label').complain(labelProblem);
  }
  return 'problem' in read || !place.isSound ? null : { address: read.prefix, interface: name, label };
}

function getLabelProblem(label: string, name: string, address: string): string | null {
  if (address.includes(':')) {
    return 'only an IPv4 address has a label';
  }
  return /^[\w.:-]+$/.test(label) && label.startsWith(`${name}:`) && label.length > name.length + 1
    ? null
    : `expected a label such as "${name}:1", found ${quote(label)}`;
}
