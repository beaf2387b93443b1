/** Limits for long runs: the time of the first run in milliseconds, and the most repetitions of a run that takes longer. */
const LONG_RUNS = [
  [120_000, 1],
  [10_000, 3],
];

/** Runs the entries in turn, and returns the median of each. Other work of the machine then affects all entries alike. */
export async function takeTurns(entries, repetitions, onRun) {
  const runs = new Map(entries.map((entry) => [entry, []]));
  for (let turn = 0; turn < repetitions; turn++) {
    for (const entry of rotate(entries, turn)) {
      const done = runs.get(entry);
      if (turn < getLimit(done[0], repetitions)) {
        done.push(await entry.run());
        onRun(entry.name, turn, done.at(-1).ms);
      }
    }
  }
  return entries.map((entry) => summarize(entry, runs.get(entry)));
}

/** Starts each turn with another entry. The first entry of a turn finds the caches as the last entry left them. */
function rotate(entries, turn) {
  const start = turn % entries.length;
  return [...entries.slice(start), ...entries.slice(0, start)];
}

function getLimit(first, repetitions) {
  const [, limit] = LONG_RUNS.find(([ms]) => first !== undefined && first.ms > ms) ?? [0, repetitions];
  return Math.min(limit, repetitions);
}

/** If an entry did only a sample of the work, its times are scaled to all of it. */
function summarize({ name, sample }, runs) {
  const scale = sample === undefined ? 1 : sample.of / sample.done;
  const times = runs.map(({ ms }) => round(ms * scale));
  const [first] = runs;
  return {
    name,
    ...(sample === undefined ? {} : { sample }),
    medianMs: getMedian(times),
    runsMs: times,
    ...(first.memory === undefined
      ? {}
      : {
          outsideKb: getMedian(runs.map(({ memory }) => memory.outsideKb)),
          insideKb: getMedian(runs.map(({ memory }) => memory.insideKb)),
        }),
  };
}

function getMedian(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : round((sorted[middle - 1] + sorted[middle]) / 2);
}

function round(number) {
  return Math.round(number * 100) / 100;
}
