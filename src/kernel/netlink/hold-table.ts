import { HOLD_CHAIN, HOLD_PRIORITY, HOLD_TABLE } from '../../words/nft-chain.js';
import { deleteTable, type Expression, makeNumber, makeValue, NFT_REG_1, replaceTable } from './nft-batch.js';
import { makeText } from './message.js';

// linux/netfilter/nf_tables.h, nf_tables_compat.h and xt_NFQUEUE.h
const NFTA_META_DREG = 1;
const NFTA_META_KEY = 2;
const NFT_META_L4PROTO = 16;
const NFTA_CMP_SREG = 1;
const NFTA_CMP_OP = 2;
const NFTA_CMP_DATA = 3;
const NFT_CMP_EQ = 0;
const NFTA_PAYLOAD_DREG = 1;
const NFTA_PAYLOAD_BASE = 2;
const NFTA_PAYLOAD_OFFSET = 3;
const NFTA_PAYLOAD_LEN = 4;
const NFT_PAYLOAD_TRANSPORT_HEADER = 2;
const NFTA_BITWISE_SREG = 1;
const NFTA_BITWISE_DREG = 2;
const NFTA_BITWISE_LEN = 3;
const NFTA_BITWISE_MASK = 4;
const NFTA_BITWISE_XOR = 5;
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
  const rule = [...makeSynMatch(), makeQueueTarget(queue)];
  return replaceTable(HOLD_TABLE, [{ name: HOLD_CHAIN, hook: { name: 'output', priority: HOLD_PRIORITY }, rules: [rule] }]);
}

export function deleteHoldTable(): void {
  deleteTable(HOLD_TABLE);
}

/** `-p tcp --syn` */
function makeSynMatch(): Expression[] {
  return [
    {
      name: 'meta',
      data: [
        [NFTA_META_DREG, makeNumber(NFT_REG_1)],
        [NFTA_META_KEY, makeNumber(NFT_META_L4PROTO)],
      ],
    },
    makeComparison(IPPROTO_TCP),
    {
      name: 'payload',
      data: [
        [NFTA_PAYLOAD_DREG, makeNumber(NFT_REG_1)],
        [NFTA_PAYLOAD_BASE, makeNumber(NFT_PAYLOAD_TRANSPORT_HEADER)],
        [NFTA_PAYLOAD_OFFSET, makeNumber(FLAGS_OFFSET)],
        [NFTA_PAYLOAD_LEN, makeNumber(1)],
      ],
    },
    {
      name: 'bitwise',
      data: [
        [NFTA_BITWISE_SREG, makeNumber(NFT_REG_1)],
        [NFTA_BITWISE_DREG, makeNumber(NFT_REG_1)],
        [NFTA_BITWISE_LEN, makeNumber(1)],
        makeValue(NFTA_BITWISE_MASK, [FLAGS_MASK]),
        makeValue(NFTA_BITWISE_XOR, [0]),
      ],
    },
    makeComparison(SYN),
  ];
}

function makeComparison(value: number): Expression {
  return {
    name: 'cmp',
    data: [[NFTA_CMP_SREG, makeNumber(NFT_REG_1)], [NFTA_CMP_OP, makeNumber(NFT_CMP_EQ)], makeValue(NFTA_CMP_DATA, [value])],
  };
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
