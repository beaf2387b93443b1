import type { Rule, RuleOption } from '../../model/rule.js';
import type { MATCHES } from '../extensions/match-table.js';
import type { TARGETS } from '../extensions/target-table.js';

/**
 * What a rule can change of a packet before a later rule of the same chain sees it. options: TCP options and the length that they change.
 */
export type Field = 'addresses' | 'mark' | 'tracking' | 'ttl' | 'tos' | 'options';

const ALL_FIELDS: Field[] = ['addresses', 'mark', 'tracking', 'ttl', 'tos', 'options'];

/** What each target changes. DNAT and the other targets of nat also end the packet's way through the chain. */
const CHANGES: Record<string, Field[]> = {
  ACCEPT: [],
  CHECKSUM: [],
  CLASSIFY: [],
  CONNMARK: ['mark'],
  CONNSECMARK: [],
  CT: ['tracking'],
  DNAT: ['addresses'],
  DNPT: ['addresses'],
  DROP: [],
  DSCP: ['tos'],
  ECN: ['tos'],
  HL: ['ttl'],
  HMARK: ['mark'],
  LOG: [],
  MARK: ['mark'],
  MASQUERADE: ['addresses'],
  NETMAP: ['addresses'],
  NFLOG: [],
  NOTRACK: ['tracking'],
  REDIRECT: ['addresses'],
  REJECT: [],
  RETURN: [],
  SET: ['mark'],
  SNAT: ['addresses'],
  SNPT: ['addresses'],
  TCPMSS: ['options'],
  TCPOPTSTRIP: ['options'],
  TOS: ['tos'],
  TRACE: [],
  TTL: ['ttl'],
} satisfies Record<keyof typeof TARGETS, Field[]>;

/**
 * The matches that give the same packet the same answer twice, each with the fields that they read. All others remember something, draw
 * something, or ask what other packets can change meanwhile: no rule is called dead because of them.
 */
const CERTAIN: Partial<Record<string, Field[]>> = {
  addrtype: ['addresses'],
  ah: [],
  conntrack: ['tracking'],
  dccp: [],
  destination: ['addresses'],
  devgroup: [],
  dscp: ['tos'],
  dst: [],
  ecn: ['tos'],
  esp: [],
  eui64: ['addresses'],
  frag: [],
  hbh: [],
  helper: ['tracking'],
  hl: ['ttl'],
  ipcomp: [],
  ipv6header: [],
  mac: [],
  mh: [],
  multiport: [],
  pkttype: [],
  policy: [],
  realm: [],
  rpfilter: ['addresses', 'mark'],
  rt: [],
  sctp: [],
  source: ['addresses'],
  srh: [],
  tcp: ['options'],
  tcpmss: ['options'],
  tos: ['tos'],
  ttl: ['ttl'],
} satisfies Partial<Record<keyof typeof MATCHES | 'source' | 'destination', Field[]>>;

/** Conditions of conntrack that time, or the next packet of the flow, changes. */
const UNCERTAIN_OPTIONS = ['--ctstatus', '--ctexpire'];

/** A condition that is compared as it is written. */
export interface Identity {
  text: string;
  fields: Field[];
  isCertain: boolean;
}

/**
 * The identity of a condition.
 * @param beside all options of its match, where one changes what another means
 */
export function getIdentity(name: string, option: RuleOption, beside: RuleOption[] = []): Identity {
  const print = ({ flag, negated, values }: RuleOption) => `${negated ? '! ' : ''}${[flag, ...values].join(' ')}`;
  const isSeparate = ['conntrack', 'tcp', 'source', 'destination'].includes(name);
  const fields = UNCERTAIN_OPTIONS.includes(option.flag) ? undefined : CERTAIN[name];
  return {
    text: `${name} ${isSeparate ? print(option) : beside.map(print).join(' ')}`,
    fields: fields ?? ALL_FIELDS,
    isCertain: fields !== undefined,
  };
}

/** The fields of a packet that a rule changes if it matches, without those that a chain to which it jumps changes. */
export function listChanges({ matches, target }: Rule): Field[] {
  const restores = matches.some(({ name, options }) => name === 'socket' && options.some(({ flag }) => flag === '--restore-skmark'));
  const ofTarget = target !== null && Object.hasOwn(CHANGES, target.name) ? (CHANGES[target.name] ?? []) : [];
  return restores ? ['mark', ...ofTarget] : ofTarget;
}
