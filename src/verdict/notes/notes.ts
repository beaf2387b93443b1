import type { Note, Packet } from '../../model/result.js';
import { getFamily } from '../../words/addresses.js';
import { addStates, asksForStates, noteOlderFlow, noteUntracked, noteUntrackedNat } from './flows.js';
import { findGoal } from './goal.js';
import type { Inquiry } from './inquiry.js';
import { findNamed, noteNamed } from './named.js';
import { noteNearest } from './nearest.js';
import { findKnownPath } from './path.js';
import { listSubjects } from './subject.js';

/** What notes add to a result. */
export interface Noted {
  notes: Note[];
  journey: Packet[];
}

/**
 * Says why rules did not do what was expected of a probe. Which rules were asked, and what ended a packet, the trace tells. Which condition
 * of a rule a packet did not meet follows from the rules alone, and is said only if the rules alone lead to the same observation.
 */
export function makeNotes(inquiry: Inquiry): Noted {
  const { result } = inquiry;
  const family = getFamily(result.from);
  const path = findKnownPath(inquiry);
  const subjects = listSubjects(result.journey, path, inquiry.rules.chains[family]);
  const asks = asksForStates(inquiry);
  const named = findNamed(inquiry);
  const goal = named === null ? findGoal(result, subjects) : null;
  const isOfNat = goal?.verb === 'rewrote' || (named?.entries.some(({ table }) => table === 'nat') ?? false);
  const first = [...noteOlderFlow(inquiry, subjects, family), ...(isOfNat ? noteUntrackedNat(inquiry, subjects, family) : [])];
  const others =
    named !== null ? () => noteNamed(inquiry, named, subjects, family) : () => (goal === null ? [] : noteNearest(inquiry, goal, family));
  const notes = [...(first.length > 0 ? first : others()), ...(asks ? noteUntracked(inquiry, subjects, family) : [])];
  return { notes, journey: asks ? addStates(result.journey, path) : result.journey };
}
