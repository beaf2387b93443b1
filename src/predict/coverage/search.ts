import type { Family } from '../../model/rule.js';
import type { PacketSet } from '../../rules/packets/packet-set.js';
import type { Way } from '../conversation/way.js';
import type { Question, Reached } from '../predict.js';
import type { Hook } from '../chains/rule-set.js';
import { type Attempt, makeAttempt, tryAttempt } from './attempt.js';
import type { EndChooser } from './ends.js';
import type { Path, Paths, Placed } from './paths.js';
import { approach, avoid, IS_BACK, listWishes, mayBeIn, type Wish } from './wish.js';

/** A probe that leads a packet to a rule. */
export interface Found {
  attempt: Attempt;
  /** What becomes of it; null if that is not known. */
  fate: Reached['fate'];
}

/** What a search found. */
export interface Search {
  /** null: no probe was found. */
  found: Found | null;
  /** The try that came nearest: the rule was asked, and did not match; null if it was never asked. */
  nearest: Reached['last'];
  /** The rule at which the first try left the way to it; null if there is none. */
  before: number | null;
  /** Whether everything that was thought of has been tried. */
  isComplete: boolean;
}

/** The most probes that are tried for a rule. */
const MOST_TRIES = 80;
/** The most sets of accepted packets that a packet is led to, where a policy ends it. */
const MOST_ACCEPTED = 12;
/** How often a wish is changed. */
const MOST_CHANGES = 6;

/** What is searched in, and the number of rules that may still be asked. */
export interface Searched {
  ruleSets: Question['ruleSets'];
  paths: Record<Family, Paths>;
  chooser: EndChooser;
  budget: { asked: number };
  /** Is told of every try, for it may lead to other rules too. */
  onTry: (attempt: Attempt, reached: Reached) => void;
  /** Whether a try is what is searched. */
  isWanted: (attempt: Attempt, reached: Reached) => boolean;
  /** The packets that the rule is to match are outside of this set; null: all are welcome. */
  outside: PacketSet | null;
}

interface Open {
  wish: Wish;
  path: Path;
  changes: number;
}

/** Searches a probe that leads a packet to a rule: it tries one, sees which rule ended its packet, and changes what that rule asked for. */
export function searchProbe(entry: number, placed: { placed: Placed; path: Path }[], searched: Searched): Search {
  const open = listOpen(placed, searched);
  const seen = new Set<string>();
  let nearest: Reached['last'] = null;
  let before: number | null = null;
  for (let tries = 0; tries < MOST_TRIES && searched.budget.asked > 0;) {
    const next = open.shift();
    if (next === undefined) {
      return { found: null, nearest, before, isComplete: true };
    }
    const attempt = makeAttempt(next.wish, searched.chooser);
    const key = attempt === null ? '' : describe(attempt);
    if (attempt === null || seen.has(key)) {
      continue;
    }
    seen.add(key);
    tries++;
    const reached = tryAttempt(attempt, searched.ruleSets, entry);
    searched.budget.asked -= reached.asked;
    searched.onTry(attempt, reached);
    if (searched.isWanted(attempt, reached)) {
      return { found: { attempt, fate: reached.fate }, nearest: null, before: null, isComplete: true };
    }
    nearest ??= reached.last;
    const end = reached.last === null ? findLast(next, reached.ways) : null;
    before ??= end?.entries.at(-1) ?? null;
    if (end !== null && next.changes < MOST_CHANGES) {
      // What came a step nearer is tried before what has not been tried at all.
      open.unshift(...change(next, end, searched).map((wish) => ({ ...next, wish, changes: next.changes + 1 })));
    }
  }
  return { found: null, nearest, before, isComplete: false };
}

/** The wishes of all paths: first one of each path and way, then the others. */
function listOpen(placed: { placed: Placed; path: Path }[], { chooser, outside }: Searched): Open[] {
  const lists = placed.map(({ placed: { rule }, path }) => {
    const named = [...path.set.inInterfaces, ...path.set.outInterfaces].filter(({ negated }) => !negated);
    const ways = chooser.listWays(named.map(({ value }) => value.replace(/\+$/, '0')));
    const user = [...path.leads, ...(rule === null ? [] : [rule])].map(({ reach }) => reach.user).find((own) => own !== null) ?? null;
    const wishes = listWishes(path, ways, user);
    const leave = (wish: Wish, set: PacketSet) => (mayBeIn(wish, path, set) ? avoid(wish, set, IS_BACK[wish.role]) : [wish]);
    const chosen = outside === null ? wishes : wishes.flatMap((wish) => leave(wish, outside));
    return chosen.map((wish): Open => ({ wish, path, changes: 0 }));
  });
  const longest = Math.max(0, ...lists.map((list) => list.length));
  return Array.from({ length: longest }, (_, place) => lists.flatMap((list) => list[place] ?? [])).flat();
}

/** Where a packet left its way. */
interface End {
  table: string;
  hook: Hook;
  /** The rules that led it on, and the last. */
  entries: number[];
  /** Whether the packet went to the client. */
  isBack: boolean;
  /** Whether it was dropped or rejected there. */
  isEnded: boolean;
}

/** Where the packet that was to match, or one before it, left its way to the rule. */
function findLast({ wish: { role }, path }: Open, ways: Way[]): End | null {
  const ended = ways.find(({ end }) => end.kind === 'dropped' || end.kind === 'rejected');
  const isBack = IS_BACK[role];
  const own = isBack ? ways.find((each) => isAnswer(each, ways)) : role === 'data' ? ways[2] : ways[0];
  const isEnded = ended !== undefined && (own === undefined || ways.indexOf(ended) <= ways.indexOf(own));
  const way = isEnded ? ended : own;
  const found = way === undefined ? null : findEnd(way, isEnded ? null : path);
  return way === undefined || found === null ? null : { ...found, isBack: isAnswer(way, ways), isEnded };
}

/** How the wish may be changed so that the packet comes further. */
function change({ wish }: Open, { table, hook, entries, isBack, isEnded }: End, { paths }: Searched): Wish[] {
  const own = paths[wish.family];
  const rules = entries.flatMap((entry) => own.listPlaced(entry)).flatMap(({ rule }) => rule ?? []);
  const avoided = rules.toReversed().flatMap(({ reach }) => avoid(wish, reach.getSet(), isBack));
  return isEnded ? [...avoided, ...listAccepted(wish, own.listAccepted(table, hook), isBack)] : avoided;
}

/** The wishes for what is accepted where the packet ended. */
function listAccepted(wish: Wish, accepted: PacketSet[], isBack: boolean): Wish[] {
  const wishes: Wish[] = [];
  for (const set of accepted) {
    const narrowed = approach(wish, set, isBack);
    wishes.push(...(narrowed === null ? [] : [narrowed]));
    if (wishes.length === MOST_ACCEPTED) {
      break;
    }
  }
  return wishes;
}

/** The rules by which a packet left the chains of a table at a hook: those that led it on, and the last. */
function findEnd({ steps }: Way, at: { table: string; hook: Hook } | null): Pick<End, 'table' | 'hook' | 'entries'> | null {
  const last = at === null ? steps.at(-1) : steps.findLast(({ table, hook }) => table === at.table && hook === at.hook);
  if (last === undefined) {
    return null;
  }
  const { table, hook } = last;
  const stack: number[] = [];
  for (const step of steps.filter((each) => each.table === table && each.hook === hook)) {
    if (step.verdict === 'jump' || step.verdict === 'goto') {
      stack.push(step.rule ?? -1);
    } else if (step.verdict === 'return') {
      stack.pop();
    }
  }
  return { table, hook, entries: [...stack, ...(last.rule === null ? [] : [last.rule])] };
}

/** Whether a packet goes to the client. */
function isAnswer(way: Way, [request]: Way[]): boolean {
  const { content } = way.packet;
  switch (content.kind) {
    case 'tcp':
      return content.flags.includes('RST') || (content.flags.includes('SYN') && content.flags.includes('ACK'));
    case 'icmp':
      return content.about !== null || content.type === 0 || content.type === 129;
    case 'udp':
      return way !== request;
  }
}

function describe({ wish: { transport, role, ways, listens }, client, server }: Attempt): string {
  return JSON.stringify([transport, role, ways, listens, client.address, client.port, server.address, server.port]);
}
