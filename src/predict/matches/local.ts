import type { RuleOption } from '../../model/rule.js';
import { type Answer, all, unknown } from '../world/answer.js';
import { findListener, type Network } from '../world/network.js';
import {
  type Client,
  combine,
  askBits,
  hasOption,
  type MatchModel,
  readMasked,
  readOptions,
  readRange,
  isWithin,
} from '../rule/condition.js';
import { type End, type Ends, type Packet, type Sender, turn } from '../world/packet.js';

/**
 * net/netfilter/xt_owner.c. Without a socket, what is asked with `!` matches, and the rest does not. A socket of the kernel has no file, and
 * so no user.
 */
export const owner: MatchModel = (options) => {
  const users = options.filter(({ flag }) => flag === '--uid-owner' || flag === '--gid-owner');
  const isUnmodelled = hasOption(options, '--suppl-groups');
  const wantsNone = options.some(({ flag, negated }) => flag === '--socket-exists' && negated);
  return ({ sender }) => {
    if (sender === 'none') {
      return options.every(({ negated }) => negated);
    }
    if (wantsNone) {
      return false;
    }
    if (sender === 'kernel') {
      return users.every(({ negated }) => negated);
    }
    return isUnmodelled ? unknown('owner --suppl-groups') : all(users.map((option) => isOwned(option, sender)));
  };
};

function isOwned({ flag, negated, values: [text = ''] }: RuleOption, { user, group }: Exclude<Sender, string>): Answer {
  const id = flag === '--uid-owner' ? user : group;
  return id === null ? unknown(`owner ${flag}`) : isWithin(id, readRange(text, '-')) !== negated;
}

export const mark: MatchModel = (options) =>
  combine(
    readOptions(options, {
      '--mark': (text = '') => {
        const masked = readMasked(text);
        return (packet) => askBits(packet.mark, masked);
      },
    }),
  );

export const comment: MatchModel = () => () => true;

/** Worlds have no IPsec, so the policy is `none`. */
export const policy: MatchModel = (options) => {
  const isNone = options.some(({ flag, values, negated }) => flag === '--pol' && values[0] === 'none' && !negated);
  return () => isNone;
};

/**
 * net/netfilter/xt_socket.c: whether a socket of the world would receive the packet. A listener on every address counts only with
 * --nowildcard. No client or server of a probe has a transparent socket.
 */
export const socket: MatchModel = (options) => {
  const isNever = hasOption(options, '--transparent');
  const countsWildcards = hasOption(options, '--nowildcard');
  return (packet, { network, client }) => !isNever && isReceived(packet, network, client, countsWildcards);
};

function isReceived({ content, source, destination }: Packet, network: Network, client: Client, countsWildcards: boolean): Answer {
  if (content.kind === 'icmp') {
    return content.about !== null && content.about.content.kind !== 'icmp' && isOfClient(turn(content.about), client);
  }
  if (isOfClient({ source, destination }, client)) {
    return true;
  }
  const listener = findListener(content.kind, destination, null, network);
  if (listener === null || 'unknown' in listener) {
    return listener ?? false;
  }
  const isFirst = content.kind === 'udp' || (content.flags.includes('SYN') && !content.flags.includes('ACK'));
  return listener.address !== null || countsWildcards || !isFirst;
}

/** Whether a packet with these ends comes to the client's own socket. */
function isOfClient(ends: Ends, { via, source, destination }: Client): boolean {
  const isSame = (one: End, other: End) => one.address === other.address && String(one.ports) === String(other.ports);
  return via === null && isSame(ends.source, destination) && isSame(ends.destination, source);
}
