import type { ScenarioSource } from '../../../input/load-scenarios.js';
import { listProbes } from '../../../input/scenario/probes/list.js';
import { InternalError } from '../../../model/errors.js';
import type { AddedProbe } from '../../../input/drafts/added-probe.js';
import type { Mutant, Mutation, ScenarioMutation } from '../../../model/insight/mutation.js';
import type { Backend, ScenarioResult } from '../../../model/result.js';
import type { Scenario } from '../../../model/scenario.js';
import type { Cut } from '../keep.js';
import { type End, judge, UNTESTED } from './judge.js';
import { type PlannedMutant, type PlannedMutants, planMutants, toMutated } from './mutants.js';
import { AT_ONCE_WAITING, type MutateOptions, runAll } from './run-all.js';
import { type Candidate, confirm, SuggestionSearch } from './suggest.js';

/** How many probes are tried for a mutant that nobody notices. */
const MOST_CANDIDATES = 3;
const NO_PACKET = 'no packet was found that tells it from the rule';

/** A scenario whose mutants run. */
interface Subject extends PlannedMutants {
  source: ScenarioSource;
  scenario: Scenario;
  usual: Backend;
  baseline: ScenarioResult;
}

/** A mutant after it has run. */
interface Ran {
  planned: PlannedMutant;
  mutant: Mutant;
}

/** A scenario that does not pass as it is: what notices a change of it is not known. */
export interface Unfit {
  unfit: ScenarioResult[];
}

/**
 * Changes each rule of scenarios in one place, and says whether their probes notice. Each mutant runs in a world of its own, with the probes
 * that may notice it.
 */
export async function mutateScenarios(sources: ScenarioSource[], options: MutateOptions): Promise<Mutation | Unfit> {
  const started = performance.now();
  const chosen = sources.map((source) => {
    const usual = options.backend ?? source.scenario.backends[0] ?? 'nft';
    return { source, usual, scenario: { ...source.scenario, backends: [usual] } };
  });
  options.onPlanned(chosen.length);
  const baselines = await runAll(
    chosen.map(({ scenario }) => scenario),
    options,
  );
  const unfit = baselines.filter(({ status }) => status !== 'passed');
  if (unfit.length > 0) {
    return { unfit };
  }
  const subjects = chosen.map((own, place): Subject => {
    const baseline = baselines[place] ?? fail();
    return { ...own, baseline, ...planMutants(own.scenario, baseline, own.usual) };
  });
  const scenarios: ScenarioMutation[] = [];
  for (const subject of subjects) {
    scenarios.push(await mutate(subject, options));
  }
  return { scenarios, files: collectTexts(sources, baselines), durationMs: Math.round(performance.now() - started) };
}

async function mutate(subject: Subject, options: MutateOptions): Promise<ScenarioMutation> {
  const { scenario, baseline, planned, source, notMutated } = subject;
  const cuts = listCuts(planned);
  options.onPlanned(cuts.size + planned.filter(({ cut }) => cut !== null).length);
  const fitting = await checkCuts(subject, cuts, options);
  const ran = await runMutants(subject, fitting, options);
  await suggest(
    subject,
    ran.filter(({ mutant }) => mutant.status === 'unnoticed' && mutant.suggestion === null),
    options,
  );
  return {
    name: scenario.name,
    file: source.file,
    backend: baseline.backend,
    probes: baseline.probes.map(({ id, name, line, column }) => ({ id, name, line, column })),
    mutants: ran.map(({ mutant }) => mutant),
    notMutated,
  };
}

/** The different cuts of a scenario, by the probes that they keep. */
function listCuts(planned: PlannedMutant[]): Map<string, Cut> {
  return new Map(planned.flatMap(({ cut }) => (cut === null ? [] : [[cut.kept.join(), cut]])));
}

/** Runs each cut without a change: where it does not pass, the whole scenario takes its place. */
async function checkCuts({ scenario }: Subject, cuts: Map<string, Cut>, options: MutateOptions): Promise<Map<string, Cut>> {
  const all = [...cuts];
  const results = await runAll(
    all.map(([, cut]) => cut.scenario),
    options,
  );
  return new Map(all.map(([key, cut], place) => [key, results[place]?.status === 'passed' ? cut : makeWhole(scenario)]));
}

function makeWhole(scenario: Scenario): Cut {
  return { scenario, kept: listProbes(scenario).map(({ index }) => index) };
}

/** A mutant in a world of its own. */
interface Job {
  planned: PlannedMutant;
  cut: Cut;
}

/** Runs every mutant that a probe meets. While some clients are asked again, the probes are searched that others lack. */
async function runMutants(subject: Subject, cuts: Map<string, Cut>, options: MutateOptions): Promise<Ran[]> {
  const { scenario, source, baseline, planned } = subject;
  const jobs = planned.flatMap((own): Job[] => {
    const cut = own.cut === null ? undefined : cuts.get(own.cut.kept.join());
    return cut === undefined ? [] : [{ planned: own, cut }];
  });
  const ends = new Map<PlannedMutant, End>();
  const last = new Map<PlannedMutant, Job>();
  const run = async (round: Job[], atOnce?: number) => {
    const results = await runAll(
      round.map(({ cut, planned: own }) => toMutated(cut.scenario, own)),
      options,
      atOnce,
    );
    const judged = round.map((job, place) => ({ job, end: judge(results[place] ?? fail(), job.cut, baseline) }));
    judged.forEach(({ job, end }) => {
      ends.set(job.planned, end);
      last.set(job.planned, job);
    });
    return judged;
  };
  const runAgain = (round: Job[], atOnce?: number) => {
    options.onPlanned(round.length);
    return run(round, atOnce);
  };
  const first = await run(jobs);
  const settle = async () => {
    // Who did not wait to the end is asked with time.
    const late = first.flatMap(({ job, end }) => (end.late === null ? [] : [{ job, late: end.late }]));
    const second = await runAgain(
      late.map(({ job, late: probe }) => ({ ...job, cut: job.planned.makePatient(probe) })),
      AT_ONCE_WAITING,
    );
    const answered = second.flatMap(({ job, end }) => (end.status === 'noticed' ? [] : [job.planned]));
    await runAgain(jobs.flatMap((job) => (answered.includes(job.planned) ? { ...job, cut: makeWhole(scenario) } : [])));
    // A busy machine may cost the evidence once. What the kernel does not take, it does not take twice.
    await runAgain([...last.values()].filter(({ planned: own }) => ['unsure', 'invalid'].includes(ends.get(own)?.status ?? '')));
  };
  const toRan = (own: PlannedMutant): Ran => {
    const { mutator, change: what, text } = own.change;
    const base = { scenario: { name: scenario.name, file: source.file }, rule: own.rule, mutator, change: what, text, suggestion: null };
    const known = ends.get(own) ?? UNTESTED;
    const { late: _, ...end } = own.isMet || known.status === 'noticed' ? known : UNTESTED;
    return { planned: own, mutant: { ...base, ...end } };
  };
  const sure = new Map(
    planned
      .filter((own) => own.isMet && ends.get(own)?.status === 'unnoticed' && ends.get(own)?.late === null)
      .map((own) => [own, toRan(own)]),
  );
  await Promise.all([settle(), suggest(subject, [...sure.values()], options)]);
  return planned.map((own) => sure.get(own) ?? toRan(own));
}

/** Finds a probe for each mutant that nobody notices. One for which there is none is equivalent, as far as that is known. */
async function suggest({ source, scenario, usual }: Subject, unnoticed: Ran[], options: MutateOptions): Promise<void> {
  const search = new SuggestionSearch({ ...source, scenario }, usual, options.signal);
  try {
    await suggestBy(search, unnoticed, options);
  } finally {
    await search.end();
  }
}

async function suggestBy(search: SuggestionSearch, unnoticed: Ran[], options: MutateOptions): Promise<void> {
  const tried = new Map<Ran, AddedProbe[]>();
  let open = unnoticed;
  for (let round = 0; round < MOST_CANDIDATES && open.length > 0; round++) {
    const candidates: { ran: Ran; candidate: Candidate }[] = [];
    for (const ran of open) {
      options.signal.throwIfAborted();
      const candidate = await search.find(ran.planned, tried.get(ran) ?? []);
      if (candidate === null) {
        ran.mutant = { ...ran.mutant, status: 'equivalent', why: NO_PACKET };
      } else {
        candidates.push({ ran, candidate });
        tried.set(ran, [...(tried.get(ran) ?? []), candidate.added]);
      }
      // Signals and the progress line get their turn.
      await new Promise(setImmediate);
    }
    options.onPlanned(candidates.length * 2);
    const results = await runAll(
      candidates.flatMap(({ candidate: { before, after } }) => [before, after]),
      options,
    );
    open = [];
    for (const [place, { ran, candidate }] of candidates.entries()) {
      const suggestion = confirm(candidate, results[place * 2] ?? fail(), results[place * 2 + 1] ?? fail());
      ran.mutant = { ...ran.mutant, suggestion };
      open.push(...(suggestion === null ? [ran] : []));
    }
  }
  for (const ran of open) {
    ran.mutant = { ...ran.mutant, status: 'equivalent', why: `${NO_PACKET}, as the kernel showed` };
  }
}

function collectTexts(sources: ScenarioSource[], results: ScenarioResult[]): Map<string, string> {
  const ofRules = results.flatMap(({ ruleSets }) => ruleSets.map(({ file, text }): [string, string] => [file, text]));
  return new Map([...sources.map(({ file, text }): [string, string] => [file, text]), ...ofRules]);
}

function fail(): never {
  throw new InternalError('a world without a result');
}
