import type { RuleOption } from '../../../model/rule.js';
import { RuleError } from '../../errors.js';
import type { Stability, RuleContext, TargetExtension } from '../../extension.js';
import { clearedPrefix } from '../../values/addresses.js';
import { assertHasPorts } from '../../values/options.js';
import { natPorts, natRange, shiftedNatRange } from '../../values/ports.js';

const flag = (name: string) => ({ flag: name, values: [], negatable: false });

/** Checks the protocol if the range has ports. Ports follow a colon: in IPv6 after a closing bracket, or without an address. */
function assertRange(options: RuleOption[], context: RuleContext): void {
  const range = options.find(({ flag }) => flag === '--to-source' || flag === '--to-destination');
  const [text] = range?.values ?? [];
  if (range === undefined || text === undefined) {
    throw new RuleError('NAT needs the new address: --to-source of SNAT, --to-destination of DNAT');
  }
  if (context.family === 'ipv4' ? text.includes(':') : /\]:|^:\d+(-\d+)?(\/\d+)?$/.test(text)) {
    assertHasPorts(range, context);
  }
}

function assertPorts(options: RuleOption[], context: RuleContext): void {
  const ports = options.find((option) => option.flag === '--to-ports');
  if (ports !== undefined) {
    assertHasPorts(ports, context);
  }
}

/**
 * Without --random the kernel takes the first free port of the range. It chooses the address by the client's own address
 * (find_best_ips_proto in nf_nat_core.c).
 */
function ifRandom(options: RuleOption[]): Stability {
  return options.some(({ flag }) => flag === '--random') ? 'binding' : 'packet';
}

const toPorts = { flag: '--to-ports', aliases: ['--to-port'], values: [natPorts], negatable: false };

/** iptables-extensions(8), SNAT. If the client's port is taken or out of the range, the kernel draws one. */
export const snat: TargetExtension = {
  stability: 'binding',
  verdict: 'translate',
  effect: 'fate',
  isPlain: false,
  least: 1,
  most: 4,
  place: { tables: ['nat'], chains: ['INPUT', 'POSTROUTING'] },
  options: [{ flag: '--to-source', values: [natRange], negatable: false }, flag('--random'), flag('--random-fully'), flag('--persistent')],
  assertFits: assertRange,
};

/** iptables-extensions(8), DNAT. */
export const dnat: TargetExtension = {
  stability: ifRandom,
  verdict: 'translate',
  effect: 'fate',
  isPlain: false,
  least: 1,
  most: 3,
  place: { tables: ['nat'], chains: ['PREROUTING', 'OUTPUT'] },
  options: [{ flag: '--to-destination', values: [shiftedNatRange], negatable: false }, flag('--random'), flag('--persistent')],
  assertFits: assertRange,
};

/** iptables-extensions(8), MASQUERADE. */
export const masquerade: TargetExtension = {
  stability: 'binding',
  verdict: 'translate',
  effect: 'fate',
  isPlain: false,
  least: 0,
  most: 3,
  place: { tables: ['nat'], chains: ['POSTROUTING'] },
  options: [toPorts, flag('--random'), flag('--random-fully')],
  assertFits: assertPorts,
};

/** iptables-extensions(8), REDIRECT. */
export const redirect: TargetExtension = {
  stability: ifRandom,
  verdict: 'translate',
  effect: 'fate',
  isPlain: false,
  least: 0,
  most: 2,
  place: { tables: ['nat'], chains: ['PREROUTING', 'OUTPUT'] },
  options: [toPorts, flag('--random')],
  assertFits: assertPorts,
};

/** iptables-extensions(8), NETMAP. */
export const netmap: TargetExtension = {
  stability: 'packet',
  verdict: 'translate',
  effect: 'fate',
  isPlain: false,
  least: 1,
  most: 1,
  place: { tables: ['nat'] },
  options: [{ flag: '--to', values: [clearedPrefix], negatable: false }],
};
