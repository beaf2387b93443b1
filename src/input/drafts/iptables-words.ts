import type { Negatable, Rule, RuleOption } from '../../model/rule.js';
import type { ScenarioRule } from '../../model/scenario.js';
import {
  type Action,
  type ChainWords,
  type DraftProtocol,
  hasClientPort,
  hasNewState,
  type Hook,
  HOOKS,
  readFirstPorts,
  readTranslation,
  type RuleSetWords,
  type RuleWords,
} from './rule-words.js';

const PROTOCOLS: Record<string, DraftProtocol> = { tcp: 'tcp', udp: 'udp', icmp: 'icmp', 'ipv6-icmp': 'icmp' };
const ENDS: Record<string, boolean> = { ACCEPT: false, DROP: true, REJECT: true };
const PORT_FLAGS = ['--dport', '--dports', '--ports'];
const SOURCE_PORT_FLAGS = ['--sport', '--sports'];
const STATE_FLAGS = ['--ctstate', '--state'];

/** The words of rules for iptables. */
export function readIptablesWords(rules: ScenarioRule[]): RuleSetWords {
  const chains = new Map<string, ChainWords>();
  const interfaces = new Set<string>();
  for (const entry of rules.flatMap(({ entries }) => entries)) {
    const { family, table, chain: name } = entry;
    const key = `${family} ${table} ${name}`;
    const chain = chains.get(key) ?? { family, table: `${family} ${table}`, name, hook: toHook(name), rules: [] };
    chains.set(key, chain);
    for (const rule of 'rules' in entry ? entry.rules : []) {
      chain.rules.push(readRule(rule));
      [rule.inInterface, rule.outInterface].forEach((part) => part && interfaces.add(part.value));
    }
  }
  return { chains: [...chains.values()], interfaces: [...interfaces] };
}

function toHook(chain: string): Hook | null {
  return chain === chain.toUpperCase() ? (HOOKS.find((hook) => hook === chain.toLowerCase()) ?? null) : null;
}

function readRule(rule: Rule): RuleWords {
  const { source, destination, inInterface, outInterface, protocol, matches, target } = rule;
  const options = matches.flatMap((match) => match.options).filter(({ negated }) => !negated);
  const states = listValues(options, STATE_FLAGS);
  const sourcePorts = listValues(options, SOURCE_PORT_FLAGS);
  // What is left to chance may be otherwise the next time.
  const isChance = matches.some(({ name }) => name === 'statistic');
  const isOtherIcmp = options.some(({ flag, values }) => flag.startsWith('--icmp') && !['8', '128', 'any'].includes(values[0] ?? ''));
  return {
    conditions: {
      inInterfaces: listPositive(inInterface),
      outInterfaces: listPositive(outInterface),
      sources: listPositive(source).filter(isPrefix),
      destinations: listPositive(destination).filter(isPrefix),
      protocols: listPositive(protocol).flatMap((name) => PROTOCOLS[name] ?? []),
      ports: listValues(options, PORT_FLAGS).flatMap(readFirstPorts),
    },
    notOutInterfaces: outInterface?.negated ? [outInterface.value] : [],
    meetsNew:
      (states.length === 0 || hasNewState(states)) && (sourcePorts.length === 0 || hasClientPort(sourcePorts)) && !isOtherIcmp && !isChance,
    action: readAction(target),
  };
}

function listPositive(part: Negatable | null): string[] {
  return part === null || part.negated ? [] : [part.value];
}

/** Whether it is an address or a prefix. A mask may have holes. */
function isPrefix(value: string): boolean {
  return /^[^/]+(?:\/\d+)?$/.test(value);
}

function listValues(options: RuleOption[], flags: string[]): string[] {
  return options.filter(({ flag }) => flags.includes(flag)).flatMap(({ values }) => values.flatMap((value) => value.split(',')));
}

function readAction(target: Rule['target']): Action {
  if (target === null) {
    return { kind: 'other' };
  }
  const { name, options } = target;
  const isEnd = Object.hasOwn(ENDS, name);
  if (isEnd) {
    return { kind: 'end', drops: ENDS[name] === true };
  }
  switch (name) {
    case 'DNAT':
      return { kind: 'translate', ...readTranslation(readOption(options, '--to-destination')) };
    case 'REDIRECT':
      return { kind: 'translate', address: null, port: readFirstPorts(options[0]?.values[0] ?? '')[0] ?? null };
    case 'MASQUERADE':
    case 'SNAT':
      return { kind: 'masquerade', address: readTranslation(readOption(options, '--to-source')).address };
    default:
      // A target that is no chain leads nowhere.
      return { kind: 'jump', chain: name };
  }
}

function readOption(options: RuleOption[], flag: string): string {
  return options.find((option) => option.flag === flag)?.values[0] ?? '';
}
