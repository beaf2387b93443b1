import fc from 'fast-check';
import type { Family, Table } from '../../../src/model/rule.js';
import { BUILT_IN_CHAINS, TABLES } from '../../../src/rules/tables.js';
import { body } from './matches.js';
import { type ArbitraryTarget, target } from './targets.js';
import { interfaceName, makeAddresses, not, pieces, type Words } from './values.js';

const USER_CHAINS = ['web', 'ssh-in', 'x', 'a_very_long_name_of_28_chars', '#odd', 'é'];

function withAddress(family: Family, ...flags: string[]): fc.Arbitrary<Words> {
  const { any, anyAddress: oneAddress } = makeAddresses(family);
  const list = fc.array(fc.oneof(oneAddress, fc.constant(any)), { minLength: 1, maxLength: 3 }).map((all) => all.join(','));
  const addresses = fc.oneof({ arbitrary: oneAddress, weight: 4 }, { arbitrary: list, weight: 1 });
  return fc.oneof(
    fc.tuple(fc.constantFrom(...flags), addresses).map((words): Words => words),
    fc.tuple(fc.constantFrom(...flags), oneAddress).map(([flag, value]): Words => ['!', flag, value]),
  );
}

const withInterface = (...flags: string[]) =>
  fc.oneof(
    fc.tuple(not, fc.constantFrom(...flags), interfaceName).map(([words, flag, name]): Words => [...words, flag, name]),
    fc.tuple(not, fc.constantFrom(...flags)).map(([words, flag]): Words => [...words, flag, '+']),
  );

const quote = (word: string) => (/^[\w./:,+@%=!-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`);

interface Draft {
  table: Table;
  place: number;
  insertAt: number | null;
  jump: number | null;
  goes: boolean;
  body: Words;
  counters: Words;
  fragment: Words;
  inInterface: Words;
  outInterface: Words;
  addresses: Words;
  target: ArbitraryTarget;
}

function makeDraft(family: Family): fc.Arbitrary<Draft> {
  return fc.constantFrom(...TABLES).chain((table) => draftIn(table, family));
}

function draftIn(table: Table, family: Family): fc.Arbitrary<Draft> {
  return fc.record({
    table: fc.constant(table),
    place: fc.nat(1000),
    insertAt: fc.option(fc.nat(1000), { freq: 3 }),
    jump: fc.option(fc.nat(1000), { freq: 4 }),
    goes: fc.boolean(),
    body: body(family),
    counters: fc.constantFrom<Words>([], [], ['-c', '2', '3'], ['--set-counters', '2,3']),
    fragment: fc.constantFrom<Words>([], [], [], ...(family === 'ipv4' ? [['-f'], ['!', '--fragment']] : [])),
    inInterface: fc.oneof(withInterface('-i', '--in-interface'), fc.constant<Words>([])),
    outInterface: fc.oneof(withInterface('-o', '--out-interface'), fc.constant<Words>([])),
    addresses: pieces(withAddress(family, '-s', '--src', '--source'), withAddress(family, '-d', '--dst', '--destination')),
    target: target(table, family),
  });
}

/** A rule set that iptables takes, but for rules that the kernel does not take where they stand: jumps lead only to chains that were made later. */
export const makeRuleSet = (family: Family): fc.Arbitrary<string[]> =>
  fc
    .tuple(
      fc.subarray(USER_CHAINS),
      fc.array(makeDraft(family), { minLength: 12, maxLength: 24 }),
      fc.array(fc.tuple(fc.constantFrom(...TABLES), fc.nat(10), fc.constantFrom('ACCEPT', 'DROP')), { maxLength: 2 }),
    )
    .map(([chains, drafts, policies]) => {
      const lengths = new Map<string, number>();
      const program = family === 'ipv6' ? 'ip6tables ' : '';
      return [
        ...TABLES.flatMap((table) => chains.map((chain) => `-t ${table} -N '${chain}'`)),
        ...drafts.map((rule) => toText(rule, chains, lengths)),
        ...policies.map(
          ([table, place, policy]) => `-t ${table} -P ${BUILT_IN_CHAINS[table][place % BUILT_IN_CHAINS[table].length] ?? ''} ${policy}`,
        ),
      ].map((text) => program + text);
    });

function toText(rule: Draft, userChains: string[], lengths: Map<string, number>): string {
  const builtIn: string[] = BUILT_IN_CHAINS[rule.table];
  const all = [...builtIn, ...userChains];
  const chain = all[rule.place % all.length] ?? '';
  const later = userChains.slice(userChains.indexOf(chain) + 1);
  const jumpTo = rule.jump === null ? undefined : later[rule.jump % later.length];
  const key = `${rule.table} ${chain}`;
  const length = lengths.get(key) ?? 0;
  lengths.set(key, length + 1);
  const command = rule.insertAt === null ? ['-A', chain] : ['-I', chain, String(1 + (rule.insertAt % (length + 1)))];
  const hasInput = !['OUTPUT', 'POSTROUTING'].includes(chain);
  const hasOutput = !['PREROUTING', 'INPUT'].includes(chain);
  const needsTcp = jumpTo === undefined && rule.target.needsTcp;
  const words = [
    ...(rule.table === 'filter' ? [] : ['-t', rule.table]),
    ...command,
    ...(hasInput ? rule.inInterface : []),
    ...(hasOutput ? rule.outInterface : []),
    // iptables takes no ! beside a list.
    ...rule.addresses.filter((word) => word !== '!' || !rule.addresses.some((other) => other.includes(','))),
    ...(needsTcp && !rule.body.join(' ').startsWith('-p tcp') ? ['-p', 'tcp'] : rule.body),
    ...rule.fragment,
    ...rule.counters,
    ...(jumpTo === undefined ? rule.target.words : [rule.goes ? '-g' : '-j', jumpTo]),
  ];
  return words.map(quote).join(' ');
}
