import type { RuleOption } from '../../model/rule.js';
import { protocolNumber } from '../../rules/values/protocol.js';
import { readAddressRange } from '../../rules/values/address-range.js';
import { type Answer, flip, unknown } from '../world/answer.js';
import {
  askBits,
  combine,
  type Condition,
  getValue,
  hasOption,
  isWithin,
  type MatchModel,
  readMasked,
  readRange,
} from '../rule/condition.js';
import { hashWord, scale } from '../world/hash.js';
import { isPortWithin } from '../world/network.js';
import { type End, type Flow, type Packet, turn } from '../world/packet.js';

type Tracked = Exclude<Packet['tracking'], string>;
type Question = (tracked: Tracked) => Answer;

export function getStates({ tracking }: Packet): string[] {
  if (typeof tracking === 'string') {
    return [tracking === 'untracked' ? 'UNTRACKED' : 'INVALID'];
  }
  const { changed } = tracking.flow;
  return [tracking.state, ...(changed.source ? ['SNAT'] : []), ...(changed.destination ? ['DNAT'] : [])];
}

export function getStatuses({ hasReply, isAssured, isConfirmed }: Flow): string[] {
  return [...(hasReply ? ['SEEN_REPLY'] : []), ...(isAssured ? ['ASSURED'] : []), ...(isConfirmed ? ['CONFIRMED'] : [])];
}

function askAddress(text: string, get: (flow: Flow) => End): Question {
  const range = readAddressRange(text);
  return ({ flow }) => (range === null ? unknown(text) : range[0] <= get(flow).address && get(flow).address <= range[1]);
}

function askPort(text: string, get: (flow: Flow) => End): Question {
  const range = readRange(text);
  return ({ flow }) => isPortWithin(get(flow).ports, range);
}

const ENDS: Record<string, (flow: Flow) => End> = {
  '--ctorigsrc': ({ original }) => original.source,
  '--ctorigdst': ({ original }) => original.destination,
  '--ctreplsrc': ({ translated }) => turn(translated).source,
  '--ctrepldst': ({ translated }) => turn(translated).destination,
};

function ask({ flag, values: [value = ''] }: RuleOption): Question {
  switch (flag) {
    case '--ctproto':
      return ({ flow }) => flow.protocol === Number(protocolNumber(value));
    case '--ctdir':
      return ({ isReply }) => isReply === (value === 'REPLY');
    case '--ctstatus': {
      const wanted = value.split(',');
      return ({ flow }) => {
        const statuses = getStatuses(flow);
        return wanted.includes('NONE') ? statuses.length === 0 : wanted.some((status) => statuses.includes(status));
      };
    }
    default: {
      const get = ENDS[flag.replace(/port$/, '')];
      return get === undefined ? () => unknown(`conntrack ${flag}`) : flag.endsWith('port') ? askPort(value, get) : askAddress(value, get);
    }
  }
}

/**
 * net/netfilter/xt_conntrack.c, conntrack_mt(). It asks for the state first. A packet without a flow fails all other questions, negated or
 * not; but after --ctstate it is not asked them.
 */
export const conntrack: MatchModel = (options) => {
  const [state] = options.filter(({ flag }) => flag === '--ctstate');
  const others = options.filter((option) => option !== state);
  const asksState = askState(state);
  const questions = others.map((option) => ({ question: ask(option), negated: option.negated }));
  return (packet, place) => {
    const isOfState = asksState(packet, place);
    const { tracking } = packet;
    if (typeof tracking === 'string') {
      return state !== undefined && isOfState;
    }
    let doubt: Answer = isOfState;
    for (const { question, negated } of questions) {
      const answer = flip(question(tracking), negated);
      if (answer === false) {
        return false;
      }
      doubt = answer === true ? doubt : doubt && answer;
    }
    return doubt;
  };
};

function askState(option: RuleOption | undefined): Condition {
  const wanted = option?.values[0]?.split(',') ?? [];
  return option === undefined ? () => true : (packet) => getStates(packet).some((state) => wanted.includes(state)) !== option.negated;
}

export const state: MatchModel = (options) => combine(options.map(askState));

/** A packet without a flow does not match, negated or not. */
function withFlow(condition: (flow: Flow, packet: Packet) => Answer): Condition {
  return (packet) => (typeof packet.tracking === 'string' ? false : condition(packet.tracking.flow, packet));
}

export const connmark: MatchModel = (options) =>
  combine(
    options.map(({ negated, values: [text = ''] }) => {
      const masked = readMasked(text);
      return withFlow(({ mark }) => flip(askBits(mark, masked), negated));
    }),
  );

/** No flow of a probe is the child of one that has a helper (net/netfilter/xt_helper.c). */
export const helper: MatchModel = (options) => () => options.every(({ negated }) => negated);

/** net/netfilter/xt_connlabel.c. --set gives the label to the flow. A packet without a flow has no label. */
export const connlabel: MatchModel = (options) => {
  const label = Number(getValue(options, '--label'));
  const negated = options.some((option) => option.negated);
  const sets = hasOption(options, '--set');
  return ({ tracking }) => {
    if (typeof tracking === 'string') {
      return negated;
    }
    if (sets) {
      tracking.flow.labels.add(label);
    }
    return tracking.flow.labels.has(label) !== negated;
  };
};

/** net/netfilter/xt_cluster.c: the node follows from the source of the flow's first packet; of IPv6 from its first 32 bits. */
export const cluster: MatchModel = (options) => {
  const [total, seed] = [Number(getValue(options, '--cluster-total-nodes')), Number(getValue(options, '--cluster-hash-seed'))];
  const [own] = options.filter(({ flag }) => flag.startsWith('--cluster-local-node'));
  const number = Number(own?.values[0]);
  const nodes = own?.flag === '--cluster-local-node' ? 2 ** (number - 1) : number;
  return withFlow(({ original }) => {
    const node = scale(hashWord(Buffer.from(original.source.address, 'hex').readUInt32LE(), seed), total);
    return (Math.floor(nodes / 2 ** node) % 2 === 1) !== own?.negated;
  });
};

/** net/netfilter/xt_connbytes.c */
export const connbytes: MatchModel = (options) => {
  const range = readRange(getValue(options, '--connbytes'), ':', Infinity);
  const [mode, direction] = [getValue(options, '--connbytes-mode'), getValue(options, '--connbytes-dir')];
  const limits: [number, number] = getValue(options, '--connbytes').includes(':') ? range : [range[0], Infinity];
  const negated = options.some((option) => option.flag === '--connbytes' && option.negated);
  return withFlow(({ counts }) => {
    const own = direction === 'both' ? [counts.original, counts.reply] : [direction === 'reply' ? counts.reply : counts.original];
    const sum = (of: 'packets' | 'bytes') => own.reduce((total, each) => total + each[of], 0);
    const [packets, bytes] = [sum('packets'), sum('bytes')];
    const value = mode === 'packets' ? packets : mode === 'bytes' ? bytes : packets === 0 ? 0 : Math.floor(bytes / packets);
    return isWithin(value, limits) !== negated;
  });
};
