import type { Family } from '../../model/rule.js';
import { getNftRule, NFT_FAMILIES, type NftStatement, splitNftStatements } from '../../rules/nft/statements.js';
import { type NftToken, tokenizeNft } from '../../rules/nft/tokens.js';
import { findService, isService } from '../../rules/values/services.js';
import {
  type Action,
  type ChainWords,
  type Conditions,
  type DraftProtocol,
  hasClientPort,
  hasNewState,
  HOOKS,
  NO_CONDITIONS,
  readTranslation,
  type RuleSetWords,
  type RuleWords,
} from './rule-words.js';

/** The families of tables that see the packets of probes. */
const FAMILIES: Record<string, Family | null> = { ip: 'ipv4', ip6: 'ipv6', inet: null };
const ICMP = ['icmp', 'icmpv6', 'ipv6-icmp'];

/** What has been read of a rule so far. */
interface Draft {
  conditions: Conditions;
  notOutInterfaces: string[];
  meetsNew: boolean;
  action: Action;
}

/** The words of a file for nft. Names of sets and the elements of verdict maps are not looked up. */
export function readNftWords(text: string): RuleSetWords {
  const chains = new Map<string, ChainWords>();
  const interfaces = new Set<string>();
  const definitions = new Map<string, string[]>();
  let [family, table, chain] = ['ip', '', ''];
  const getChain = () => {
    const key = `${family} ${table} ${chain}`;
    const known = chains.get(key) ?? { family: FAMILIES[family] ?? null, table: `${family} ${table}`, name: chain, hook: null, rules: [] };
    if (Object.hasOwn(FAMILIES, family)) {
      chains.set(key, known);
    }
    return known;
  };
  for (const statement of splitNftStatements(tokenizeNft(text))) {
    const words = statement.tokens.map(({ text: word }) => word);
    if (words[0] === 'define') {
      definitions.set(words[1] ?? '', listElements(statement.tokens.slice(3), definitions));
      continue;
    }
    [family, table, chain] = readPlace(statement, { family, table, chain });
    const hook = words.indexOf('hook');
    if (hook !== -1) {
      getChain().hook = HOOKS.find((each) => each === words[hook + 1]) ?? null;
    }
    const rule = getNftRule(statement);
    if (rule.length > 0) {
      const { words: read, named } = readRule(rule, definitions);
      getChain().rules.push(read);
      named.forEach((name) => interfaces.add(name));
    }
  }
  return { chains: [...chains.values()], interfaces: [...interfaces] };
}

/** The table and chain that a statement is about. A statement in a block is about those of the block. */
function readPlace(
  { context, tokens }: NftStatement,
  before: { family: string; table: string; chain: string },
): [family: string, table: string, chain: string] {
  const words = tokens.map(({ text }) => text).filter((word, place) => !(place === 0 && ['add', 'create', 'insert'].includes(word)));
  const isHead = ['table', 'chain', 'rule'].includes(words[0] ?? '');
  if (context === 'table' && words[0] === 'chain') {
    return [before.family, before.table, words[1] ?? ''];
  }
  if (context !== 'file' || !isHead) {
    return [before.family, before.table, before.chain];
  }
  const hasFamily = NFT_FAMILIES.includes(words[1] ?? '') && words.length > 2;
  const [table = '', chain = ''] = words.slice(hasFamily ? 2 : 1);
  return [hasFamily ? (words[1] ?? 'ip') : 'ip', table, chain];
}

function readRule(tokens: NftToken[], definitions: Map<string, string[]>): { words: RuleWords; named: string[] } {
  const draft: Draft = { conditions: structuredClone(NO_CONDITIONS), notOutInterfaces: [], meetsNew: true, action: { kind: 'other' } };
  const named: string[] = [];
  for (const [place, { text: word }] of tokens.entries()) {
    const behind = tokens.slice(place + 1);
    const { values, isNegated } = readValues(behind, definitions);
    if (['iif', 'iifname', 'oif', 'oifname'].includes(word)) {
      named.push(...values);
    }
    if (!isNegated) {
      readCondition(draft, word, tokens[place - 1]?.text ?? '', values);
    } else if (word.startsWith('oif')) {
      draft.notOutInterfaces.push(...values);
    }
    draft.action = readAction(word, behind) ?? draft.action;
  }
  return { words: draft, named };
}

/** Notes what a word and its values ask. The word before it tells ports of TCP from ports of UDP. */
function readCondition(draft: Draft, word: string, before: string, values: string[]): void {
  const { conditions } = draft;
  switch (word) {
    case 'iif':
    case 'iifname':
      conditions.inInterfaces = values;
      break;
    case 'oif':
    case 'oifname':
      conditions.outInterfaces = values;
      break;
    case 'saddr':
      conditions.sources = values.filter(isAddress);
      break;
    case 'daddr':
      conditions.destinations = values.filter(isAddress);
      break;
    case 'dport':
      conditions.ports = values.flatMap(toPort);
      conditions.protocols = before === 'tcp' || before === 'udp' ? [before] : conditions.protocols;
      break;
    case 'sport':
      draft.meetsNew &&= hasClientPort(values);
      break;
    case 'protocol':
    case 'l4proto':
    case 'nexthdr':
      conditions.protocols = values.flatMap(toProtocol);
      break;
    case 'type':
      if (ICMP.includes(before)) {
        conditions.protocols = ['icmp'];
        draft.meetsNew &&= values.includes('echo-request');
      }
      break;
    case 'state':
      draft.meetsNew &&= before !== 'ct' || hasNewState(values);
      break;
  }
}

function readAction(word: string, behind: NftToken[]): Action | null {
  switch (word) {
    case 'accept':
      return { kind: 'end', drops: false };
    case 'drop':
    case 'reject':
      return { kind: 'end', drops: true };
    case 'jump':
    case 'goto':
      return { kind: 'jump', chain: behind[0]?.text ?? '' };
    case 'masquerade':
      return { kind: 'masquerade', address: null };
    case 'snat':
      return { kind: 'masquerade', address: readTranslation(readTo(behind)).address };
    case 'dnat':
      return { kind: 'translate', ...readTranslation(readTo(behind)) };
    case 'redirect':
      return { kind: 'translate', ...readTranslation(readTo(behind).replace(/^(?=\d)/, ':')) };
    default:
      return null;
  }
}

/** What follows `to`. */
function readTo(behind: NftToken[]): string {
  const place = behind.findIndex(({ text }) => text === 'to');
  return place === -1 ? '' : (behind[place + 1]?.text ?? '');
}

/** The values behind a word: one, a list with commas, or a set in braces. `!=` before them negates them. */
function readValues(behind: NftToken[], definitions: Map<string, string[]>): { values: string[]; isNegated: boolean } {
  const isNegated = behind[0]?.text === '!=';
  return { values: listElements(behind.slice(isNegated || behind[0]?.text === '==' ? 1 : 0), definitions), isNegated };
}

function listElements(tokens: NftToken[], definitions: Map<string, string[]>): string[] {
  const [first] = tokens;
  if (first?.kind === '{') {
    const end = tokens.findIndex(({ kind }) => kind === '}');
    return tokens.slice(1, end === -1 ? undefined : end).flatMap((token) => toElement(token, definitions));
  }
  const values = first === undefined ? [] : toElement(first, definitions);
  return tokens[1]?.kind === ',' ? [...values, ...listElements(tokens.slice(2), definitions)] : values;
}

function toElement({ kind, text }: NftToken, definitions: Map<string, string[]>): string[] {
  if (kind !== 'word' && kind !== 'string') {
    return [];
  }
  return text.startsWith('$') ? (definitions.get(text.slice(1)) ?? []) : text.split(',').filter((part) => part !== '');
}

function isAddress(value: string): boolean {
  return /^[\d.]+(?:\/\d+)?$/.test(value) || /^[\da-fA-F:.]*:[\da-fA-F:.]*(?:\/\d+)?$/.test(value);
}

function toPort(value: string): number[] {
  const port = isService(value) ? Number(findService(value, null)) : Number(/^\d+(?=$|-)/.exec(value)?.[0] ?? 0);
  return port > 0 && port <= 65535 ? [port] : [];
}

function toProtocol(value: string): DraftProtocol[] {
  return value === 'tcp' || value === 'udp' ? [value] : ICMP.includes(value) ? ['icmp'] : [];
}
