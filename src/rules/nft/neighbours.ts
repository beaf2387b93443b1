import type { Position } from '../../model/diagnostic.js';
import { getNftRule, type NftStatement, splitNftStatements } from './statements.js';
import { tokenizeNft } from './tokens.js';
import { getNftFamilies } from './unseen.js';

/** A base chain that ends neighbour discovery, and the place of the rule or the policy that does it. */
export interface NftNeighbourEnd extends Position {
  hook: 'input' | 'output';
  chain: string;
}

/** Beginnings of rules that no message of neighbour discovery matches: it is ICMPv6, by no interface lo, and connection tracking does not track it. */
const OTHERS = [
  /^(?:tcp|udp|udplite|sctp|dccp|icmp) \S/,
  /^ip (?:saddr|daddr|protocol) \S/,
  /^(?:meta )?l4proto (?:tcp|udp|\{ (?:(?:tcp|udp) (?:, )?)+\}) /,
  /^[io]if(?:name)? lo /,
  /^ct state (?:\{ )?(?:(?:established|related|new|invalid)(?: , |,)?)+(?: \})? (?!vmap)/,
];
const ENDS_ALL = /^(?:counter )?(?:log(?: prefix \S+)? )?(?:drop|reject(?: with [\w -]+)?)$/;
const GOES_ON = /^(?:counter|log(?: prefix \S+)?)$/;

/** Finds the base chains in which every message of neighbour discovery is dropped or rejected for certain. */
export function findNftNeighbourEnds(text: string): NftNeighbourEnd[] {
  if (!/\bhook\b/.test(text)) {
    return [];
  }
  const statements = splitNftStatements(tokenizeNft(text));
  // Commands may put more rules into the chains, before the others or behind them.
  if (statements.some((statement) => statement.context === 'file' && getNftRule(statement).length > 0)) {
    return [];
  }
  const families = getNftFamilies(statements);
  const chains = splitChains(statements);
  const isAlone = (name: string) => chains.filter((chain) => chain.name === name).length === 1;
  return chains.flatMap(({ name, first, rules }) => {
    const [, hook] = /^type filter hook (input|output) /.exec(print(rules[0])) ?? [];
    const isIPv6 = families[first] === 'inet' || families[first] === 'ip6';
    const end = isIPv6 && isAlone(name) && (hook === 'input' || hook === 'output') ? findEnd(rules) : null;
    return end === null || (hook !== 'input' && hook !== 'output') ? [] : [{ hook, chain: name, ...end }];
  });
}

/** The blocks of chains. */
function splitChains(statements: NftStatement[]): { name: string; first: number; rules: NftStatement[] }[] {
  const chains: { name: string; first: number; rules: NftStatement[] }[] = [];
  for (const [first, statement] of statements.entries()) {
    if (statement.context === 'table') {
      chains.push({ name: statement.tokens[1]?.text ?? '', first, rules: [] });
    } else if (statement.context === 'chain') {
      chains.at(-1)?.rules.push(statement);
    }
  }
  return chains;
}

/** The first rule, or the policy, that ends them all; null where a rule before it may take them. */
function findEnd(statements: NftStatement[]): Position | null {
  for (const statement of statements) {
    const rule = print({ ...statement, tokens: getNftRule(statement) });
    if (ENDS_ALL.test(rule)) {
      return getPlace(statement);
    }
    if (rule !== '' && !GOES_ON.test(rule) && !OTHERS.some((other) => other.test(rule))) {
      return null;
    }
  }
  const policy = statements.find((statement) => print(statement) === 'policy drop');
  return policy === undefined ? null : getPlace(policy);
}

function print(statement: NftStatement | undefined): string {
  return (statement?.tokens ?? []).map(({ text }) => text).join(' ');
}

function getPlace({ tokens: [first] }: NftStatement): Position {
  return { line: first?.line ?? 1, column: first?.column ?? 1 };
}
