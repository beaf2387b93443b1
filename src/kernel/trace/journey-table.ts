import type { Family } from '../../model/rule.js';
import { FIRST_OF_ALL, JOURNEY_CHAINS, JOURNEY_TABLE, LAST_OF_ALL, PROBING_TABLE } from '../../words/nft-chain.js';
import { type Expression, type NewSet, addTable, deleteTable, replaceTable } from '../netlink/nft-batch.js';
import { accept, addNew, loadPayload, matchByte, matchMeta, NFT_REG32_00, setTrace } from '../netlink/nft-expressions.js';

// linux/in.h, linux/in6.h, linux/netfilter.h
const [ICMP, TCP, UDP, ICMPV6] = [1, 6, 17, 58];
const NFPROTO: Record<Family, number> = { ipv4: 2, ipv6: 10 };
const TCP_FLAGS_OFFSET = 13;
const SYN_OR_RST = 0x06;
const ICMP_TYPE_OFFSET = 0;
/** Destination unreachable and time exceeded (RFC 792). All types of ICMPv6 below 128 are errors (RFC 4443). */
const ICMP_ERRORS = [3, 11];
const ICMPV6_INFORMATION = 0x80;

/** Where a header has its two addresses, and how long they are. */
const ADDRESSES: Record<Family, { offset: number; bytes: number }> = { ipv4: { offset: 12, bytes: 8 }, ipv6: { offset: 8, bytes: 32 } };
const PORTS_BYTES = 4;
const REGISTER_BYTES = 4;
/** A register takes no more at once. */
const MOST_LOADED = 16;

/** The datagrams of a flow that are traced: the first in each direction, and then one in this time. */
const FLOW_LASTS_MS = 10_000;
const MOST_FLOWS = 65_536;

/**
 * Makes the kernel trace the packets that tell what became of a connection: SYN, SYN-ACK, RST, ICMP errors, and the first datagrams of a
 * flow. Other packets cost four expressions: 20 MB over lo take as long as without (measured). A chain without rules, the last of INPUT,
 * shows that a packet has passed all others.
 * @param isNew whether the namespace cannot have the table yet
 * @returns whether the kernel has the table
 */
export function addJourneyTable(isNew: boolean): boolean {
  const rules = [
    [...matchMeta('l4proto', TCP), ...matchByte(TCP_FLAGS_OFFSET, SYN_OR_RST, 'neq', 0)],
    ...ICMP_ERRORS.map((type) => [...matchMeta('l4proto', ICMP), ...matchByte(ICMP_TYPE_OFFSET, 0xff, 'eq', type)]),
    [...matchMeta('l4proto', ICMPV6), ...matchByte(ICMP_TYPE_OFFSET, ICMPV6_INFORMATION, 'eq', 0)],
    ...(['ipv4', 'ipv6'] as const).map(matchNewFlow),
  ];
  return (isNew ? addTable : replaceTable)(
    JOURNEY_TABLE,
    [
      {
        name: JOURNEY_CHAINS.start,
        hook: { name: 'output', priority: FIRST_OF_ALL },
        rules: rules.map((match) => [...match, ...setTrace(), accept()]),
      },
      { name: JOURNEY_CHAINS.end, hook: { name: 'input', priority: LAST_OF_ALL }, rules: [] },
    ],
    (['ipv4', 'ipv6'] as const).map(makeFlowSet),
  );
}

function makeFlowSet(family: Family): NewSet {
  return { name: nameFlows(family), keyBytes: ADDRESSES[family].bytes + PORTS_BYTES, timeoutMs: FLOW_LASTS_MS, size: MOST_FLOWS };
}

function nameFlows(family: Family): string {
  return `flows_${family}`;
}

/** The key of a flow is its addresses and ports, as the packet has them. */
function matchNewFlow(family: Family): Expression[] {
  const { offset, bytes } = ADDRESSES[family];
  const loads: Expression[] = [];
  for (let start = 0; start < bytes; start += MOST_LOADED) {
    loads.push(loadPayload('network', offset + start, Math.min(MOST_LOADED, bytes - start), NFT_REG32_00 + start / REGISTER_BYTES));
  }
  return [
    ...matchMeta('nfproto', NFPROTO[family]),
    ...matchMeta('l4proto', UDP),
    ...loads,
    loadPayload('transport', 0, PORTS_BYTES, NFT_REG32_00 + bytes / REGISTER_BYTES),
    ...addNew(nameFlows(family), NFT_REG32_00),
  ];
}

/** Makes the kernel trace all packets, those that come in by interfaces too. */
export function addProbingTable(): void {
  const hooks = ['output', 'prerouting'] as const;
  addTable(
    PROBING_TABLE,
    hooks.map((name) => ({ name, hook: { name, priority: FIRST_OF_ALL }, rules: [setTrace()] })),
  );
}

export function deleteProbingTable(): void {
  deleteTable(PROBING_TABLE);
}
