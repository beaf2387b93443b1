import { LAST_OF_ALL, OBSERVER_CHAINS, TRACE_TABLE } from '../../words/nft-chain.js';
import { NLM_F_ACK, NLM_F_REQUEST } from '../netlink/constants.js';
import { type AttributeList, makeAttributes, makeRequest, makeText, NFNL_SUBSYS_NFTABLES, withAttributes } from '../netlink/message.js';
import { NetlinkSocket } from '../netlink/socket.js';

// linux/netfilter/nfnetlink.h, nf_tables.h and netfilter.h
const NFNL_MSG_BATCH_BEGIN = 0x10;
const NFNL_MSG_BATCH_END = 0x11;
const NFT_MSG_NEWTABLE = NFNL_SUBSYS_NFTABLES << 8;
const NFT_MSG_DELTABLE = NFT_MSG_NEWTABLE | 2;
const NFT_MSG_NEWCHAIN = NFT_MSG_NEWTABLE | 3;
const NFT_MSG_NEWRULE = NFT_MSG_NEWTABLE | 6;
const NLM_F_CREATE = 0x400;
const NLA_F_NESTED = 0x8000;
const NFPROTO_INET = 1;
const NFTA_TABLE_NAME = 1;
const NFTA_CHAIN_TABLE = 1;
const NFTA_CHAIN_NAME = 3;
const NFTA_CHAIN_HOOK = 4;
const NFTA_CHAIN_TYPE = 7;
const NFTA_HOOK_HOOKNUM = 1;
const NFTA_HOOK_PRIORITY = 2;
const NFTA_RULE_TABLE = 1;
const NFTA_RULE_CHAIN = 2;
const NFTA_RULE_EXPRESSIONS = 4;
const NFTA_LIST_ELEM = 1;
const NFTA_EXPR_NAME = 1;
const NFTA_EXPR_DATA = 2;
const NFTA_IMMEDIATE_DREG = 1;
const NFTA_IMMEDIATE_DATA = 2;
const NFTA_DATA_VALUE = 1;
const NFTA_META_KEY = 2;
const NFTA_META_SREG = 3;
const NFT_REG_1 = 1;
const NFT_META_NFTRACE = 12;
const HOOKS = { prerouting: 0, input: 1, forward: 2, output: 3, postrouting: 4 };

/** A chain without a hook, which no packet visits. */
const SWITCH_CHAIN = 'switch';

/**
 * Adds the observer's chains to the calling thread's network namespace, by netlink: nft(8) takes 10 ms. iptables-save and
 * iptables-legacy-save do not show a table of the family inet. Chains that are there already are replaced in the same transaction.
 *
 * A chain that no packet visits has a rule `meta nftrace set 1`. The kernel writes nft's trace only while such a rule exists, and a TRACE
 * rule of the legacy back end is none.
 *
 * @returns whether the kernel has them; false for a kernel without nf_tables
 */
export function addObserverTable(): boolean {
  const socket = new NetlinkSocket();
  try {
    const messages = [
      makeBatchEnd(NFNL_MSG_BATCH_BEGIN),
      ...[NFT_MSG_NEWTABLE, NFT_MSG_DELTABLE, NFT_MSG_NEWTABLE].map((type) =>
        makeAddition(type, [[NFTA_TABLE_NAME, makeText(TRACE_TABLE)]]),
      ),
      ...Object.entries(OBSERVER_CHAINS).map(([name, hook]) => makeChain(name, [[NLA_F_NESTED | NFTA_CHAIN_HOOK, makeHook(HOOKS[hook])]])),
      makeChain(SWITCH_CHAIN, []),
      makeAddition(NFT_MSG_NEWRULE, [
        [NFTA_RULE_TABLE, makeText(TRACE_TABLE)],
        [NFTA_RULE_CHAIN, makeText(SWITCH_CHAIN)],
        [NLA_F_NESTED | NFTA_RULE_EXPRESSIONS, makeTraceExpressions()],
      ]),
      makeBatchEnd(NFNL_MSG_BATCH_END),
    ];
    socket.send(Buffer.concat(messages));
    return isAccepted(socket, messages.length - 2);
  } finally {
    socket.close();
  }
}

/** Whether the kernel has acknowledged that many messages. It answers during send(). */
function isAccepted(socket: NetlinkSocket, count: number): boolean {
  let accepted = 0;
  for (let received = socket.receive(); typeof received !== 'string'; received = socket.receive()) {
    if (received.some(({ error }) => error !== 0)) {
      return false;
    }
    accepted += received.length;
  }
  return accepted === count;
}

function makeBatchEnd(type: number): Buffer {
  const message = makeRequest(type, NLM_F_REQUEST, 0);
  // nfgenmsg: family, version, and the subsystem as a number of 16 bits.
  message.writeUInt16BE(NFNL_SUBSYS_NFTABLES, message.length - 2);
  return message;
}

function makeAddition(type: number, attributes: AttributeList): Buffer {
  return withAttributes(makeRequest(type, NLM_F_REQUEST | NLM_F_ACK | NLM_F_CREATE, NFPROTO_INET), attributes);
}

function makeChain(name: string, hook: AttributeList): Buffer {
  return makeAddition(NFT_MSG_NEWCHAIN, [
    [NFTA_CHAIN_TABLE, makeText(TRACE_TABLE)],
    [NFTA_CHAIN_NAME, makeText(name)],
    ...hook,
    ...(hook.length === 0 ? [] : ([[NFTA_CHAIN_TYPE, makeText('filter')]] satisfies AttributeList)),
  ]);
}

function makeHook(number: number): Buffer {
  return makeAttributes([
    [NFTA_HOOK_HOOKNUM, makeNumber(number)],
    [NFTA_HOOK_PRIORITY, makeNumber(LAST_OF_ALL)],
  ]);
}

/** `meta nftrace set 1`: a register gets the value 1, and the trace mark gets the register. */
function makeTraceExpressions(): Buffer {
  const value = makeAttributes([[NFTA_DATA_VALUE, Buffer.from([1])]]);
  const immediate: AttributeList = [
    [NFTA_IMMEDIATE_DREG, makeNumber(NFT_REG_1)],
    [NLA_F_NESTED | NFTA_IMMEDIATE_DATA, value],
  ];
  const meta: AttributeList = [
    [NFTA_META_KEY, makeNumber(NFT_META_NFTRACE)],
    [NFTA_META_SREG, makeNumber(NFT_REG_1)],
  ];
  return makeAttributes([makeExpression('immediate', immediate), makeExpression('meta', meta)]);
}

function makeExpression(name: string, data: AttributeList): AttributeList[number] {
  const expression = makeAttributes([
    [NFTA_EXPR_NAME, makeText(name)],
    [NLA_F_NESTED | NFTA_EXPR_DATA, makeAttributes(data)],
  ]);
  return [NLA_F_NESTED | NFTA_LIST_ELEM, expression];
}

/** A number of 32 bits in network byte order, as nf_tables takes them. */
function makeNumber(value: number): Buffer {
  const buffer = Buffer.alloc(4);
  buffer.writeUInt32BE(value);
  return buffer;
}
