import type { ConntrackState, Note, Packet } from '../../model/result.js';
import type { Family, Target } from '../../model/rule.js';
import type { Packet as PredictedPacket } from '../../predict/world/packet.js';
import { getTarget, type Inquiry, makeNote, nameEntry } from './inquiry.js';
import { listRules } from './chains.js';
import type { KnownPath } from './path.js';
import type { PlacedRule } from './chains.js';
import type { Subject } from './subject.js';

/** Matches that ask for a packet's state in connection tracking. */
const ASKING = ['conntrack', 'state'];

/** Whether a rule asks for the state of packets in connection tracking. */
export function asksForStates({ rules }: Inquiry): boolean {
  return [...rules.byIndex.values()].some(({ entries }) =>
    entries.some(
      (entry) =>
        (entry.kind === 'append' || entry.kind === 'insert') &&
        entry.rules.some(({ matches }) => matches.some(({ name }) => ASKING.includes(name))),
    ),
  );
}

/** The state of a packet after table raw. */
function getState({ tracking }: PredictedPacket): ConntrackState {
  if (typeof tracking === 'string') {
    return tracking === 'untracked' ? 'untracked' : 'invalid';
  }
  return tracking.state === 'NEW' ? 'new' : tracking.state === 'RELATED' ? 'related' : 'established';
}

/** The journey with the states of its packets, as far as they are known. */
export function addStates(journey: Packet[], path: KnownPath): Packet[] {
  return journey.map((packet) => {
    const way = path.get(packet);
    return way === undefined ? packet : { ...packet, conntrack: getState(way.packet) };
  });
}

/** A rule of table nat that is not asked again about a flow. */
export function noteOlderFlow({ olderFlow, rules }: Inquiry, [request]: Subject[], family: Family): Note[] {
  if (olderFlow?.rule == null || olderFlow.hasMatched || request === undefined) {
    return [];
  }
  const { index } = olderFlow.rule;
  const placed = listRules(rules.chains[family]).find(({ rule }) => rule.entry === index);
  return placed === undefined
    ? []
    : makeNote(
        'known-flow',
        placed,
        rules,
        `${nameEntry(placed.rule, rules)} was not asked about ${request.name}, for the flow is older: only a new flow meets it`,
      );
}

/** A rule that took a packet out of connection tracking, where the packet that was ended has no state of a connection for this reason. */
export function noteUntracked({ rules }: Inquiry, subjects: Subject[], family: Family): Note[] {
  const ended = subjects.find(({ end }) => end !== undefined);
  if (ended?.way == null) {
    return [];
  }
  const state = getState(ended.way.packet);
  const [request] = subjects;
  if ((state !== 'invalid' && state !== 'untracked') || request === undefined) {
    return [];
  }
  const of = state === 'untracked' ? ended : request;
  const placed = findUntracking(of, rules, family);
  if (placed === null) {
    return [];
  }
  const its = of === ended ? 'it' : ended.name.replace('the ', 'its ');
  const text = `${nameEntry(placed.rule, rules)} (NOTRACK) took ${of.name} out of connection tracking: ${its} is ${state.toUpperCase()}, so no rule for ESTABLISHED matches it`;
  return makeNote('known-flow', placed, rules, text);
}

/** A rule that took the request out of connection tracking, so that table nat was not asked about it. */
export function noteUntrackedNat({ rules }: Inquiry, [request]: Subject[], family: Family): Note[] {
  const placed = request === undefined ? null : findUntracking(request, rules, family);
  const isAsked = request?.visits.some(({ table }) => table === 'nat') ?? true;
  return placed === null || isAsked
    ? []
    : makeNote(
        'known-flow',
        placed,
        rules,
        `${nameEntry(placed.rule, rules)} (NOTRACK) took the request out of connection tracking, so table nat was not asked about it`,
      );
}

/** The rule of table raw by which a packet has left connection tracking. */
function findUntracking({ visits }: Subject, rules: Inquiry['rules'], family: Family): PlacedRule | null {
  const matched = visits.flatMap(({ table, asked }) => (table === 'raw' ? asked.filter(({ verdict }) => verdict !== null) : []));
  return (
    listRules(rules.chains[family]).find(
      ({ rule }) => isUntracking(getTarget(rule, rules)) && matched.some((each) => each.rule === rule),
    ) ?? null
  );
}

function isUntracking(target: Target | null): boolean {
  return target?.name === 'NOTRACK' || (target?.name === 'CT' && target.options.some(({ flag }) => flag === '--notrack'));
}
