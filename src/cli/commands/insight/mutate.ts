import { loadSources, type ScenarioSource } from '../../../input/load-scenarios.js';
import { UsageError } from '../../../model/errors.js';
import type { Mutation } from '../../../model/insight/mutation.js';
import { getScore, joinMutants } from '../../../report/insight/mutation-counts.js';
import { MUTATION_REPORTERS, type MutationReporterName } from '../../../report/insight/mutation-reporters.js';
import { showScore } from '../../../report/insight/mutation.js';
import { quote } from '../../../report/human/again.js';
import type { Backend, ScenarioResult } from '../../../model/result.js';
import { type Additions, findAdditions } from '../../../run/insight/mutate/additions.js';
import { mutateScenarios, type Unfit } from '../../../run/insight/mutate/mutate.js';
import type { MutateOptions } from '../../../run/insight/mutate/run-all.js';
import { getVersion } from '../../../run/version.js';
import { makeHarmless } from '../../../words/harmless.js';
import { countNoun } from '../../../words/phrases.js';
import { EXIT_CODES } from '../../output/exit-codes.js';
import { startProgress } from '../../output/progress.js';
import { assertFileWritable, assertWritable, parseRequests, writeTexts } from '../../output/reports.js';
import { isOn } from '../../output/switches.js';
import { assertReadOnce } from '../run/selection.js';
import { findUnwritable } from '../run/update/conditions.js';
import { readAgain } from '../run/update/text.js';
import { getPaths, noteSkipped } from '../run/paths.js';
import { workUntilSignal } from '../signals.js';
import { writeProbes } from './write-probes.js';

export interface MutateCommandOptions {
  reporter?: string[];
  backend?: Backend;
  minScore?: number;
  write?: boolean;
  jobs?: number;
  allowCommands?: boolean;
}

/** `loopfw mutate`: which changes of the rules no probe would notice. Returns the exit code: 1 if the score is too low. */
export async function mutateCommand(named: string[], options: MutateCommandOptions, hasColors: boolean): Promise<number> {
  const paths = getPaths(named);
  if (options.write === true) {
    assertChangeable(paths);
  }
  const requests = parseRequests(options.reporter ?? ['human'], Object.keys(MUTATION_REPORTERS) as MutationReporterName[], []);
  await assertWritable(requests);
  assertReadOnce(paths, undefined);
  const { backend = null, jobs, minScore } = options;
  const allowCommands = isOn(options.allowCommands, 'LOOPFW_ALLOW_COMMANDS');
  const sources = await loadSources(paths, { onSkipped: noteSkipped, ...(backend === null ? {} : { backends: [backend] }) });
  if (options.write === true) {
    await assertRewritable(sources);
  }
  const ended = await workUntilSignal((signal) => work(sources, { backend, allowCommands, jobs, signal }, options.write ?? false));
  if ('exitCode' in ended) {
    return ended.exitCode;
  }
  const { mutation, additions } = ended.done;
  if ('unfit' in mutation) {
    return explainUnfit(mutation.unfit);
  }
  const isWritable = options.write !== true && findUnwritable(paths, {}) === null;
  const write = isWritable ? ['loopfw mutate --write', ...named.map(quote)].join(' ') : null;
  await writeTexts(requests, hasColors, (name, look) => MUTATION_REPORTERS[name](mutation, { ...look, version: getVersion(), write }));
  await writeProbes(additions);
  return checkScore(mutation, minScore);
}

/** Changes the rules, and finds the probes to add. A progress line shows how far it is. */
async function work(
  sources: ScenarioSource[],
  options: Omit<MutateOptions, 'onPlanned' | 'onDone'>,
  isWriting: boolean,
): Promise<{ mutation: Mutation | Unfit; additions: Additions[] }> {
  const progress = startProgress('world');
  let worlds = 0;
  const run: MutateOptions = {
    ...options,
    onPlanned: (further) => progress.expect((worlds += further)),
    onDone: () => progress.count({ status: 'passed' }), // a change that is noticed is no failure
  };
  try {
    const mutation = await mutateScenarios(sources, run);
    return { mutation, additions: isWriting && !('unfit' in mutation) ? await findAllAdditions(sources, mutation, run) : [] };
  } finally {
    progress.stop();
  }
}

/** Of scenarios that load the same rule, one gets the probe for it, and none if another of them notices the change. */
async function findAllAdditions(sources: ScenarioSource[], mutation: Mutation, options: MutateOptions): Promise<Additions[]> {
  const open = new Set(joinMutants(mutation).filter(({ status }) => status === 'unnoticed'));
  const all: Additions[] = [];
  for (const [place, source] of sources.entries()) {
    const own = mutation.scenarios[place]?.mutants.filter((mutant) => open.has(mutant)) ?? [];
    all.push(await findAdditions(source, own, options));
  }
  return all;
}

/** @throws UsageError where scenario files must stay as they are */
function assertChangeable(paths: string[]): void {
  const reason = findUnwritable(paths, process.env);
  if (reason !== null) {
    throw new UsageError(`--write: ${reason}`);
  }
}

/** Checks, before a long run, that the scenario files can be written. @throws UsageError where one cannot */
async function assertRewritable(sources: ScenarioSource[]): Promise<void> {
  for (const file of new Set(sources.map((source) => source.file))) {
    const known = await readAgain(file);
    if ('problem' in known) {
      throw new UsageError(makeHarmless(`--write: cannot write ${file}: ${known.problem}`));
    }
    await assertFileWritable(file);
  }
}

/** What does not pass as it is cannot show whether anybody notices a change. */
function explainUnfit(unfit: ScenarioResult[]): number {
  for (const { file, name, probes, error } of unfit) {
    const open = probes.filter(({ status }) => status !== 'passed').length;
    const why = error === null ? `${open} of ${countNoun(probes.length, 'probe')} ${open === 1 ? 'does' : 'do'} not pass` : error.message;
    process.stderr.write(`loopfw: ${makeHarmless(`${file}: ${JSON.stringify(name)} must pass before its rules are changed: ${why}`)}\n`);
  }
  return Math.max(...unfit.map(({ error }) => EXIT_CODES[error?.code ?? 'failed']));
}

function checkScore(mutation: Mutation, least: number | undefined): number {
  const score = getScore(joinMutants(mutation));
  if (least === undefined || (score !== null && score >= least)) {
    return EXIT_CODES.passed;
  }
  process.stderr.write(`loopfw: the score is ${showScore(score)}, and --min-score asks for ${least} %\n`);
  return EXIT_CODES.failed;
}
