// The counters of a rule set, as the plain tools print them, each with the number that the rule has in the file.
import type { Place } from './place.js';

/** A counter of a rule, known by its number in the file, or of the policy of a chain. */
export interface Counter {
  rule: number | string;
  target: string;
  packets: number;
}

/** How a rule set goes into the kernel, and how its counters come out. */
export interface Tools {
  restore: string[];
  save: string[];
  read: (saved: string, rules: string) => Counter[];
}

export function getTools(file: string, backend: string): Tools {
  if (file.endsWith('.nft')) {
    return { restore: ['nft', '-f', '-'], save: ['nft', '-n', 'list', 'ruleset'], read: readNft };
  }
  const name = `${file.endsWith('.v6') ? 'ip6tables' : 'iptables'}-${backend}`;
  return { restore: [`${name}-restore`], save: [`${name}-save`, '-c'], read: readSave };
}

export async function count(world: Place, { save, read }: Tools, rules: string): Promise<Counter[]> {
  return read(await world.run(save), rules);
}

function readSave(saved: string, rules: string): Counter[] {
  const numbers = new Map(listSaved(rules).map(({ key, rule }) => [key, rule]));
  return listSaved(saved).map(({ key, target, packets }) => ({ rule: numbers.get(key) ?? key, target, packets }));
}

interface Line extends Counter {
  /** Table, chain and place in the chain: the tables of a file may come out in another order. */
  key: string;
}

/** The rules and policies of a file. */
function listSaved(text: string): Line[] {
  let table = '';
  const places = new Map<string, number>();
  let rule = 0;
  return text.split('\n').flatMap((line): Line[] => {
    table = /^\*(\w+)/.exec(line)?.[1] ?? table;
    const [, policyOf, policy = '', met] = /^:(\S+) (ACCEPT|DROP) \[(\d+):/.exec(line) ?? [];
    if (policyOf !== undefined) {
      const key = `policy ${table} ${policyOf}`;
      return [{ key, rule: key, target: policy, packets: Number(met) }];
    }
    const [, packets = '0', chain] = /^(?:\[(\d+):\d+\] )?-A (\S+)/.exec(line) ?? [];
    if (chain === undefined) {
      return [];
    }
    const place = places.get(`${table} ${chain}`) ?? 0;
    places.set(`${table} ${chain}`, place + 1);
    return [{ key: `${table} ${chain} ${place}`, rule: rule++, target: / -[jg] (\S+)/.exec(line)?.[1] ?? '', packets: Number(packets) }];
  });
}

/** Each rule of the file has a counter, and they come out in the order of the file. */
function readNft(saved: string): Counter[] {
  const own = saved.slice(0, saved.indexOf('table inet witness'));
  return [...own.matchAll(/counter packets (\d+) bytes \d+ *([a-z]*)/g)].map(([, packets, verdict = ''], rule) => ({
    rule,
    target: verdict.toUpperCase(),
    packets: Number(packets),
  }));
}
