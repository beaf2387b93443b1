import { unknown } from '../../world/answer.js';
import { type Ends, type Flow, type Packet, turn } from '../../world/packet.js';
import type { Expression } from './meta.js';
import { readPort } from './payload.js';
import { fromBits, toNumber, type Value } from '../value.js';

type Tracked = Exclude<Packet['tracking'], string>;
type Side = 'original' | 'reply';

/** NF_CT_STATE_BIT() in linux/netfilter/nf_conntrack_tuple_common.h, as `ct state` has it. */
const STATES = { invalid: 1, ESTABLISHED: 2, RELATED: 4, NEW: 8, untracked: 64 };
/** enum ip_conntrack_status in linux/netfilter/nf_conntrack_common.h */
const STATUSES = { hasReply: 2n, isAssured: 4n, isConfirmed: 8n, source: 16n, destination: 32n, decided: 0x180n };

/** The state is the only thing that a packet without a flow has. */
function readState({ tracking }: Packet): Value {
  return toNumber(typeof tracking === 'string' ? STATES[tracking === 'untracked' ? 'untracked' : 'invalid'] : STATES[tracking.state]);
}

function readStatus({ hasReply, isAssured, isConfirmed, changed }: Flow): Value {
  const bits = [
    hasReply ? STATUSES.hasReply : 0n,
    isAssured ? STATUSES.isAssured : 0n,
    isConfirmed ? STATUSES.isConfirmed : 0n,
    changed.source ? STATUSES.source : 0n,
    changed.destination ? STATUSES.destination : 0n,
  ];
  // Whether NAT has looked at the flow depends on what the kernel has registered.
  return fromBits(
    bits.reduce((sum, bit) => sum | bit, 0n),
    STATUSES.decided,
    'ct status',
  );
}

function getEnds({ original, translated }: Flow, side: Side | null): Ends {
  return side === 'reply' ? turn(translated) : original;
}

function readAddress(of: keyof Ends, version: 'ip' | 'ip6' | null) {
  return ({ flow }: Tracked, side: Side | null): Value => {
    const { address } = getEnds(flow, side)[of];
    return version !== null && (version === 'ip') !== (address.length === 8) ? 'none' : toNumber(BigInt(`0x${address}`));
  };
}

function readCount(of: 'packets' | 'bytes') {
  return ({ flow: { counts } }: Tracked, side: Side | null): Value =>
    toNumber(side === null ? counts.original[of] + counts.reply[of] : counts[side][of]);
}

/** The ct expressions of nft(8), as far as they are modelled (net/netfilter/nft_ct.c). side: null where the rule names none. */
const KEYS: Record<string, (tracked: Tracked, side: Side | null) => Value> = {
  direction: ({ isReply }) => toNumber(isReply),
  status: ({ flow }) => readStatus(flow),
  mark: ({ flow }) => (flow.mark === null ? unknown('a mark') : toNumber(flow.mark)),
  zone: ({ flow }) => toNumber(flow.zone),
  l3proto: ({ flow }) => toNumber(flow.original.source.address.length === 8 ? 2 : 10),
  protocol: ({ flow }) => toNumber(flow.protocol),
  saddr: readAddress('source', null),
  daddr: readAddress('destination', null),
  'ip saddr': readAddress('source', 'ip'),
  'ip daddr': readAddress('destination', 'ip'),
  'ip6 saddr': readAddress('source', 'ip6'),
  'ip6 daddr': readAddress('destination', 'ip6'),
  'proto-src': ({ flow }, side) => readPort(getEnds(flow, side).source),
  'proto-dst': ({ flow }, side) => readPort(getEnds(flow, side).destination),
  packets: readCount('packets'),
  bytes: readCount('bytes'),
  /** No flow of a probe is the child of one that has a helper. */
  helper: () => 'none',
};

export function readConntrack(key: string, side: Side | null): Expression {
  if (key === 'state') {
    return { shape: 'number', read: readState };
  }
  const read = KEYS[key];
  return {
    shape: key === 'mark' ? 'mark' : 'number',
    read: ({ tracking }) => {
      if (typeof tracking === 'string') {
        return 'none';
      }
      return read === undefined ? unknown(`ct ${key}`) : read(tracking, side);
    },
  };
}
