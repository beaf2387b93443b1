// Transactions of nf_tables, for loopfw's own tables of the family inet (linux/netfilter/nfnetlink.h, nf_tables.h). nft(8) takes 3 to 10 ms.
import { NLM_F_ACK, NLM_F_REQUEST } from './constants.js';
import { type AttributeList, makeAttributes, makeRequest, makeText, NFNL_SUBSYS_NFTABLES, withAttributes } from './message.js';
import { NetlinkSocket } from './socket.js';

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
const NFT_MSG_NEWSET = NFT_MSG_NEWTABLE | 9;
const NFTA_SET_TABLE = 1;
const NFTA_SET_NAME = 2;
const NFTA_SET_FLAGS = 3;
const NFTA_SET_KEY_TYPE = 4;
const NFTA_SET_KEY_LEN = 5;
const NFTA_SET_DESC = 9;
const NFTA_SET_ID = 10;
const NFTA_SET_TIMEOUT = 11;
const NFTA_SET_DESC_SIZE = 1;
const NFT_SET_TIMEOUT = 0x10;
const NFT_SET_EVAL = 0x20;
const NFTA_LIST_ELEM = 1;
const NFTA_EXPR_NAME = 1;
const NFTA_EXPR_DATA = 2;
const NFTA_DATA_VALUE = 1;
const HOOKS = { prerouting: 0, input: 1, forward: 2, output: 3, postrouting: 4 };

/** The number of a register. */
export const NFT_REG_1 = 1;

/** An expression of a rule: its name, and its attributes. */
export interface Expression {
  name: string;
  data: AttributeList;
}

/** A chain of the table. */
export interface NewChain {
  name: string;
  /** null: no packet visits it by itself. */
  hook: { name: keyof typeof HOOKS; priority: number } | null;
  rules: Expression[][];
}

/** A set to which packets add elements. A set has no more than `size` of them. */
export interface NewSet {
  name: string;
  keyBytes: number;
  timeoutMs: number;
  size: number;
}

/**
 * Makes a table of the family inet, in the calling thread's network namespace and in one transaction. A table of that name is replaced.
 * iptables-save does not show it. Where no such table can be, addTable() is faster: a transaction with a deletion takes some ms more.
 * @returns whether the kernel has it; false for a kernel without nf_tables, or without an expression
 */
export function replaceTable(table: string, chains: NewChain[], sets: NewSet[] = []): boolean {
  const own: AttributeList = [[NFTA_TABLE_NAME, makeText(table)]];
  return commit([...[NFT_MSG_NEWTABLE, NFT_MSG_DELTABLE].map((type) => makeAddition(type, own)), ...makeObjects(table, chains, sets)]);
}

/** Like replaceTable(), for a namespace that has no table of that name. */
export function addTable(table: string, chains: NewChain[], sets: NewSet[] = []): boolean {
  return commit(makeObjects(table, chains, sets));
}

function makeObjects(table: string, chains: NewChain[], sets: NewSet[]): Buffer[] {
  return [
    makeAddition(NFT_MSG_NEWTABLE, [[NFTA_TABLE_NAME, makeText(table)]]),
    ...sets.map((set, place) => makeSet(table, set, place + 1)),
    ...chains.map((chain) => makeChain(table, chain)),
    // Each new rule comes before those that the chain has.
    ...chains.flatMap((chain) => chain.rules.toReversed().map((rule) => makeRule(table, chain.name, rule))),
  ];
}

/** Deletes a table of the family inet, if it is there. */
export function deleteTable(table: string): void {
  commit([makeAddition(NFT_MSG_DELTABLE, [[NFTA_TABLE_NAME, makeText(table)]])]);
}

function commit(messages: Buffer[]): boolean {
  const socket = new NetlinkSocket();
  try {
    socket.send(Buffer.concat([makeBatchEnd(NFNL_MSG_BATCH_BEGIN), ...messages, makeBatchEnd(NFNL_MSG_BATCH_END)]));
    return isAccepted(socket, messages.length);
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

/** @param id a number that no other set of the transaction has */
function makeSet(table: string, { name, keyBytes, timeoutMs, size }: NewSet, id: number): Buffer {
  return makeAddition(NFT_MSG_NEWSET, [
    [NFTA_SET_TABLE, makeText(table)],
    [NFTA_SET_NAME, makeText(name)],
    [NFTA_SET_FLAGS, makeNumber(NFT_SET_TIMEOUT | NFT_SET_EVAL)],
    [NFTA_SET_KEY_TYPE, makeNumber(0)],
    [NFTA_SET_KEY_LEN, makeNumber(keyBytes)],
    [NFTA_SET_ID, makeNumber(id)],
    [NFTA_SET_TIMEOUT, Buffer.concat([makeNumber(0), makeNumber(timeoutMs)])],
    [NLA_F_NESTED | NFTA_SET_DESC, makeAttributes([[NFTA_SET_DESC_SIZE, makeNumber(size)]])],
  ]);
}

function makeChain(table: string, { name, hook }: NewChain): Buffer {
  return makeAddition(NFT_MSG_NEWCHAIN, [
    [NFTA_CHAIN_TABLE, makeText(table)],
    [NFTA_CHAIN_NAME, makeText(name)],
    ...(hook === null ? [] : makeBase(HOOKS[hook.name], hook.priority)),
  ]);
}

function makeBase(hook: number, priority: number): AttributeList {
  const position = makeAttributes([
    [NFTA_HOOK_HOOKNUM, makeNumber(hook)],
    [NFTA_HOOK_PRIORITY, makeNumber(priority)],
  ]);
  return [
    [NLA_F_NESTED | NFTA_CHAIN_HOOK, position],
    [NFTA_CHAIN_TYPE, makeText('filter')],
  ];
}

function makeRule(table: string, chain: string, expressions: Expression[]): Buffer {
  return makeAddition(NFT_MSG_NEWRULE, [
    [NFTA_RULE_TABLE, makeText(table)],
    [NFTA_RULE_CHAIN, makeText(chain)],
    [NLA_F_NESTED | NFTA_RULE_EXPRESSIONS, makeAttributes(expressions.map(makeExpression))],
  ]);
}

function makeExpression({ name, data }: Expression): AttributeList[number] {
  const expression = makeAttributes([
    [NFTA_EXPR_NAME, makeText(name)],
    [NLA_F_NESTED | NFTA_EXPR_DATA, makeAttributes(data)],
  ]);
  return [NLA_F_NESTED | NFTA_LIST_ELEM, expression];
}

/** An attribute with a value for a register. */
export function makeValue(type: number, bytes: number[]): AttributeList[number] {
  return [NLA_F_NESTED | type, makeAttributes([[NFTA_DATA_VALUE, Buffer.from(bytes)]])];
}

/** A number of 32 bits in network byte order, as nf_tables takes them. */
export function makeNumber(value: number): Buffer {
  const buffer = Buffer.alloc(4);
  buffer.writeInt32BE(value | 0);
  return buffer;
}
