import ipaddr from 'ipaddr.js';
import { quote } from './describe-value.js';
import type { DescribedInterface } from './network.js';
import { parseAddressPrefix } from './parse-address-prefix.js';
import type { Place } from './place.js';

/** Names that mean something else in the kernel's settings. */
const RESERVED = ['all', 'default'];

/** Reads a scenario's `interfaces`. */
export function resolveInterfaces(scenario: Place): DescribedInterface[] {
  const members = scenario.member('interfaces').members();
  return members.map(([name, place]) => {
    if (name === 'lo') {
      place.key.complain('lo is there anyway: its addresses stand in "addresses"');
    } else if (RESERVED.includes(name)) {
      place.key.complain(`no interface can be called ${quote(name)}: the kernel's settings call all of them so`);
    }
    const link = place.member('link').read<DescribedInterface['link']>() ?? 'up';
    const addresses = place.member('addresses').items();
    return { name, link, addresses: addresses.flatMap((item) => readAddress(item)) };
  });
}

function readAddress(place: Place): string[] {
  const text = place.read<string>();
  if (text === undefined) {
    return [];
  }
  const read = parseAddressPrefix(text, true);
  const problem = 'problem' in read ? read.problem : getRangeProblem(read.prefix);
  if (problem !== null) {
    place.complain(problem);
  }
  return 'prefix' in read && problem === null ? [read.prefix] : [];
}

/** Why an interface other than lo cannot have an address; null where it can. */
export function getRangeProblem(prefix: string): string | null {
  const range = ipaddr.parse(prefix.split('/')[0] ?? '').range();
  return range === 'loopback' ? `${prefix} is an address of lo's own` : null;
}
