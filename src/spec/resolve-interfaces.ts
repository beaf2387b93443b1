import ipaddr from 'ipaddr.js';
import { quote } from '../words/phrases.js';
import type { DescribedInterface } from './network.js';
import { parseAddressPrefix } from './parse-address-prefix.js';
import { getItems, getMember, getMembers, getSound, type Place } from './place.js';
import type { ProblemList } from './problem-list.js';

/** Names that mean something else in the kernel's settings. */
const RESERVED = ['all', 'default'];

/** Reads a scenario's `interfaces`. */
export function resolveInterfaces(scenario: Place, problems: ProblemList): DescribedInterface[] {
  return getMembers(getMember(scenario, 'interfaces')).map(([name, place]) => {
    if (name === 'lo') {
      problems.add(place.pointer, 'lo is there anyway: its addresses stand in "addresses"', 'key');
    } else if (RESERVED.includes(name)) {
      problems.add(place.pointer, `no interface can be called ${quote(name)}: the kernel's settings call all of them so`, 'key');
    }
    const link = getSound<DescribedInterface['link']>(getMember(place, 'link'), problems) ?? 'up';
    return { name, link, addresses: getItems(getMember(place, 'addresses')).flatMap((item) => readAddress(item, problems)) };
  });
}

function readAddress(place: Place, problems: ProblemList): string[] {
  const text = getSound<string>(place, problems);
  if (text === undefined) {
    return [];
  }
  const read = parseAddressPrefix(text, true);
  const problem = 'problem' in read ? read.problem : getRangeProblem(read.prefix);
  if (problem !== null) {
    problems.add(place.pointer, problem);
  }
  return 'prefix' in read && problem === null ? [read.prefix] : [];
}

/** Why an interface other than lo cannot have an address; null where it can. */
export function getRangeProblem(prefix: string): string | null {
  const range = ipaddr.parse(prefix.split('/')[0] ?? '').range();
  return range === 'loopback' ? `${prefix} is an address of lo's own` : null;
}
