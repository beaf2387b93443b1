import type { Mutant } from '../../../model/insight/mutation.js';
import type { ProbeResult, ScenarioResult } from '../../../model/result.js';
import type { Cut } from '../keep.js';

/** How a mutant ended. */
export interface End extends Pick<Mutant, 'status' | 'why' | 'met' | 'noticedBy' | 'isPinned'> {
  /** The index of a probe whose client might have waited longer, and then decided whether the mutant is noticed. */
  late: number | null;
}

/** No probe meets the rule. */
export const UNTESTED: End = { status: 'untested', why: null, met: [], noticedBy: [], isPinned: false, late: null };

/** @param baseline the whole scenario without the change */
export function judge(result: ScenarioResult, { kept }: Cut, baseline: ScenarioResult): End {
  const own = kept.flatMap((index) => baseline.probes[index] ?? []);
  const met = own.map(({ id }) => id);
  const none = { met, noticedBy: [], isPinned: false, late: null };
  if (result.error !== null) {
    return { ...none, status: 'invalid', why: `it could not run: ${result.error.message}` };
  }
  const failed = result.probes.flatMap((now, place) => {
    const before = own[place];
    return now.status === 'failed' && before !== undefined ? [{ now, before }] : [];
  });
  const counted = result.counters.some(({ status }) => status === 'failed');
  if (failed.length > 0 || counted) {
    const isPinned = !counted && failed.every(({ now, before }) => seesTheSame(now, before));
    const isLate = !counted && failed.every(({ now, before }) => isGivenUp(now) && before.timeoutMs > now.timeoutMs);
    const late = isLate ? (kept[result.probes.findIndex(({ status }) => status === 'failed')] ?? null) : null;
    return { status: 'noticed', why: null, met, noticedBy: failed.map(({ before }) => before.id), isPinned, late };
  }
  const doubtful = result.probes.find(({ status }) => status !== 'passed');
  // What was expected to be silent may answer later.
  const early = result.probes.findIndex((now, place) => isGivenUp(now) && (own[place]?.timeoutMs ?? 0) > now.timeoutMs);
  return doubtful === undefined
    ? { ...none, status: 'unnoticed', why: null, late: kept[early] ?? null }
    : { ...none, status: 'unsure', why: `twice no verdict: ${doubtful.headline}` };
}

/** Whether its client has waited to the end of its time. */
function isGivenUp({ observed, decided }: ProbeResult): boolean {
  return observed?.outcome === 'timeout' && decided !== 'proved';
}

function seesTheSame(now: ProbeResult, before: ProbeResult): boolean {
  return now.observed?.outcome === before.observed?.outcome && now.observed?.reply === before.observed?.reply;
}
