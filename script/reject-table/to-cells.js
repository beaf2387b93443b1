import { BACKENDS, classifyTime } from './limits.js';
import { nameAnswer } from './name-answer.js';

/** The observations of one kind of client for each row, on each back end. Their keys come from `cellKey`. */
export function toCells({ family }, { client, rows, phase, scenario }, result) {
  const runs = BACKENDS.map((backend) => result.scenarios.find(({ name, backend: ran }) => name === scenario.name && ran === backend));
  return rows.map((row) => [cellKey(client, row), mergeBackends(runs.map((run) => toSight(family, row, phase, run)))]);
}

/** The key of a table's cell: a client and a row. */
export function cellKey(client, row) {
  return `${client.id} ${row.id}`;
}

function toSight(family, row, phase, run) {
  const probe = run.probes.find((each) => each.name === row.id && each.phase === phase);
  const { outcome, errno, elapsedMs } = probe.observed;
  const when = classifyTime(probe.observed);
  if (when === null) {
    throw new Error(`${run.name} · ${run.backend}: ${row.id}: ${elapsedMs} ms is neither "at once" nor "1 s": is the machine busy?`);
  }
  return { outcome, errno, when, answer: nameAnswer(family, probe) };
}

/** Merges the observations of the back ends into one if they are equal, which is expected. */
function mergeBackends(sights) {
  const isSame = sights.every((sight) => JSON.stringify(sight) === JSON.stringify(sights[0]));
  return isSame ? [{ backend: null, ...sights[0] }] : sights.map((sight, place) => ({ backend: BACKENDS[place], ...sight }));
}
