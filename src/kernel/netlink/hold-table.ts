import { HOLD_CHAIN, HOLD_PRIORITY, HOLD_TABLE } from '../../words/nft-chain.js';
import { deleteTable, type Expression, makeNumber, replaceTable } from './nft-batch.js';
import { matchByte, matchMeta } from './nft-expressions.js';
import { makeText } from './message.js';

// linux/netfilter/nf_tables.h, nf_tables_compat.h and xt_NFQUEUE.h
const NFTA_TARGET_NAME = 1;
const NFTA_TARGET_REV = 2;
const NFTA_TARGET_INFO = 3;
const NFQUEUE_REVISION = 3;
const NFQ_FLAG_BYPASS = 0x01;

const IPPROTO_TCP = 6;
const FLAGS_OFFSET = 13;
/** FIN, SYN, RST and ACK, of which a SYN has only its own. */
const FLAGS_MASK = 0x17;
const SYN = 0x02;

/**
 * Sends each outgoing SYN of the calling thread's network namespace to a queue; it passes where nobody reads the queue. nf_tables' own
 * queue is not in every kernel, iptables' NFQUEUE is used (CONFIG_NFT_COMPAT). A table of loopfw's own outlives the rule sets of iptables.
 * @returns whether the kernel has the table
 */
export function addHoldTable(queue: number): boolean {
  const isSyn = [...matchMeta('l4proto', IPPROTO_TCP), ...matchByte(FLAGS_OFFSET, FLAGS_MASK, 'eq', SYN)];
  const rule = [...isSyn, makeQueueTarget(queue)];
  return replaceTable(HOLD_TABLE, [{ name: HOLD_CHAIN, hook: { name: 'output', priority: HOLD_PRIORITY }, rules: [rule] }]);
}

export function deleteHoldTable(): void {
  deleteTable(HOLD_TABLE);
}

/** `-j NFQUEUE --queue-num … --queue-bypass`: xt_NFQ_info_v3 has the number, the count of queues and the flags, each of 16 bits. */
function makeQueueTarget(queue: number): Expression {
  const info = Buffer.alloc(8);
  info.writeUInt16LE(queue, 0);
  info.writeUInt16LE(1, 2);
  info.writeUInt16LE(NFQ_FLAG_BYPASS, 4);
  return {
    name: 'target',
    data: [
      [NFTA_TARGET_NAME, makeText('NFQUEUE')],
      [NFTA_TARGET_REV, makeNumber(NFQUEUE_REVISION)],
      [NFTA_TARGET_INFO, info],
    ],
  };
}
