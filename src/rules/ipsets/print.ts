import type { Ipset } from '../../model/rule.js';

/** The input of `ipset restore` for these sets. All sets are made before the first element is added: a list names other sets. */
export function printIpsets(sets: Ipset[]): string {
  const creates = sets.map(({ name, type, options }) => ['create', name, type, ...options]);
  const adds = sets.flatMap(({ name, elements }) => elements.map(({ value, options }) => ['add', name, value, ...options]));
  return [...creates, ...adds].map((words) => `${words.join(' ')}\n`).join('');
}
