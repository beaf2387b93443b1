// Expressions of nf_tables (linux/netfilter/nf_tables.h).
import type { AttributeList } from './message.js';
import { makeAttributes, makeText } from './message.js';
import { type Expression, makeNumber, makeValue, NFT_REG_1 } from './nft-batch.js';

const NFTA_META_DREG = 1;
const NFTA_META_KEY = 2;
const NFTA_META_SREG = 3;
const NFTA_CMP_SREG = 1;
const NFTA_CMP_OP = 2;
const NFTA_CMP_DATA = 3;
const NFTA_PAYLOAD_DREG = 1;
const NFTA_PAYLOAD_BASE = 2;
const NFTA_PAYLOAD_OFFSET = 3;
const NFTA_PAYLOAD_LEN = 4;
const NFTA_BITWISE_SREG = 1;
const NFTA_BITWISE_DREG = 2;
const NFTA_BITWISE_LEN = 3;
const NFTA_BITWISE_MASK = 4;
const NFTA_BITWISE_XOR = 5;
const NFTA_IMMEDIATE_DREG = 1;
const NFTA_IMMEDIATE_DATA = 2;
const NFTA_DATA_VERDICT = 2;
const NFTA_VERDICT_CODE = 1;
const NFTA_LOOKUP_SET = 1;
const NFTA_LOOKUP_SREG = 2;
const NFTA_LOOKUP_FLAGS = 5;
const NFT_LOOKUP_F_INV = 1;
const NFTA_DYNSET_SET_NAME = 1;
const NFTA_DYNSET_OP = 3;
const NFTA_DYNSET_SREG_KEY = 4;
const NFT_DYNSET_OP_ADD = 0;
const NFT_REG_VERDICT = 0;
const NF_ACCEPT = 1;
const NLA_F_NESTED = 0x8000;
const NFT_META_NFTRACE = 12;
const NFT_META_NFPROTO = 15;
const NFT_META_L4PROTO = 16;
const BASES = { network: 1, transport: 2 };
const OPERATIONS = { eq: 0, neq: 1 };

/** The first register of four bytes. Four of these make one of 16 bytes. */
export const NFT_REG32_00 = 8;

/** `meta nfproto` or `meta l4proto` is this number. */
export function matchMeta(key: 'nfproto' | 'l4proto', value: number): Expression[] {
  return [
    {
      name: 'meta',
      data: [
        [NFTA_META_DREG, makeNumber(NFT_REG_1)],
        [NFTA_META_KEY, makeNumber(key === 'nfproto' ? NFT_META_NFPROTO : NFT_META_L4PROTO)],
      ],
    },
    compare('eq', value),
  ];
}

/** A byte of the transport header has this value, or another one, in the bits of the mask. */
export function matchByte(offset: number, mask: number, operation: keyof typeof OPERATIONS, value: number): Expression[] {
  return [
    loadPayload('transport', offset, 1, NFT_REG_1),
    {
      name: 'bitwise',
      data: [
        [NFTA_BITWISE_SREG, makeNumber(NFT_REG_1)],
        [NFTA_BITWISE_DREG, makeNumber(NFT_REG_1)],
        [NFTA_BITWISE_LEN, makeNumber(1)],
        makeValue(NFTA_BITWISE_MASK, [mask]),
        makeValue(NFTA_BITWISE_XOR, [0]),
      ],
    },
    compare(operation, value),
  ];
}

function compare(operation: keyof typeof OPERATIONS, value: number): Expression {
  return {
    name: 'cmp',
    data: [[NFTA_CMP_SREG, makeNumber(NFT_REG_1)], [NFTA_CMP_OP, makeNumber(OPERATIONS[operation])], makeValue(NFTA_CMP_DATA, [value])],
  };
}

/** Puts bytes of a header into a register. */
export function loadPayload(base: keyof typeof BASES, offset: number, length: number, register: number): Expression {
  return {
    name: 'payload',
    data: [
      [NFTA_PAYLOAD_DREG, makeNumber(register)],
      [NFTA_PAYLOAD_BASE, makeNumber(BASES[base])],
      [NFTA_PAYLOAD_OFFSET, makeNumber(offset)],
      [NFTA_PAYLOAD_LEN, makeNumber(length)],
    ],
  };
}

/** A key in a register is not in the set, and is added. */
export function addNew(set: string, register: number): Expression[] {
  const key = makeNumber(register);
  return [
    {
      name: 'lookup',
      data: [
        [NFTA_LOOKUP_SET, makeText(set)],
        [NFTA_LOOKUP_SREG, key],
        [NFTA_LOOKUP_FLAGS, makeNumber(NFT_LOOKUP_F_INV)],
      ],
    },
    {
      name: 'dynset',
      data: [
        [NFTA_DYNSET_SET_NAME, makeText(set)],
        [NFTA_DYNSET_OP, makeNumber(NFT_DYNSET_OP_ADD)],
        [NFTA_DYNSET_SREG_KEY, key],
      ],
    },
  ];
}

/** `meta nftrace set 1`: a register gets the value 1, and the trace mark gets the register. */
export function setTrace(): Expression[] {
  return [
    { name: 'immediate', data: [[NFTA_IMMEDIATE_DREG, makeNumber(NFT_REG_1)], makeValue(NFTA_IMMEDIATE_DATA, [1])] },
    {
      name: 'meta',
      data: [
        [NFTA_META_KEY, makeNumber(NFT_META_NFTRACE)],
        [NFTA_META_SREG, makeNumber(NFT_REG_1)],
      ],
    },
  ];
}

/** `accept` */
export function accept(): Expression {
  const verdict: AttributeList = [[NLA_F_NESTED | NFTA_DATA_VERDICT, makeAttributes([[NFTA_VERDICT_CODE, makeNumber(NF_ACCEPT)]])]];
  return {
    name: 'immediate',
    data: [
      [NFTA_IMMEDIATE_DREG, makeNumber(NFT_REG_VERDICT)],
      [NLA_F_NESTED | NFTA_IMMEDIATE_DATA, makeAttributes(verdict)],
    ],
  };
}
