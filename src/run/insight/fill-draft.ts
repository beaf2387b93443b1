import { type FilledDraft, type FilledProbe, printDraft } from '../../input/drafts/print.js';
import type { DraftProbe } from '../../input/drafts/scenario.js';
import type { RulesetText } from '../../input/ruleset-files.js';
import { parseScenarios } from '../../input/scenario/parse.js';
import { ERRORS, InternalError, SpecError } from '../../model/errors.js';
import type { ProbeResult, ScenarioResult, Warning } from '../../model/result.js';
import type { Scenario } from '../../model/scenario.js';
import { runSuite } from '../run-suite.js';

/** How long a client waits whose fate no evidence proves. The world is on this machine: an answer takes a millisecond. */
const TIMEOUT_MS = 300;
/** How often a draft is corrected before loopfw gives up. */
const MOST_ROUNDS = 5;

/** What to fill in. */
export interface Drafted extends Omit<FilledDraft, 'probes'> {
  probes: DraftProbe[];
}

/** Where the draft will be, and what it needs. */
export interface DraftPlace {
  /** The path of the scenario file, in messages. */
  file: string;
  /** The texts of the rule set files, as the scenario names them. */
  rulesets: Map<string, RulesetText>;
  signal: AbortSignal;
}

/** The text of a scenario file that has passed. */
export interface Filled {
  text: string;
  probes: number;
  /** The probes that were left out: no world can make them, or the kernel did not answer twice the same. */
  dropped: string[];
  /** What is suspicious in the rules, though the scenario passes. */
  warnings: Warning[];
}

/**
 * Runs a draft, writes what the kernel answered into its probes, and runs it again: the text that is returned has passed.
 * @throws SpecError for a rule set that loopfw does not take, or the error of the run
 */
export async function fillDraft(drafted: Drafted, place: DraftPlace): Promise<Filled> {
  const guess = (probe: DraftProbe): FilledProbe => ({ ...probe, expect: 'connected', timeoutMs: TIMEOUT_MS, comment: null });
  const { draft, scenario } = findPossible({ ...drafted, probes: drafted.probes.map(guess) }, place);
  const first = await run(scenario, place.signal);
  let filled: FilledDraft = { ...draft, probes: fillProbes(draft.probes, first.probes) };
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const read = findPossible(filled, place);
    filled = read.draft;
    const { probes, status, warnings } = await run(read.scenario, place.signal);
    if (status === 'passed') {
      const dropped = listDropped(drafted.probes, filled.probes);
      return { text: printDraft(filled), probes: filled.probes.length, dropped, warnings };
    }
    const failed = new Set(probes.filter((probe) => probe.status !== 'passed').map(({ index }) => index));
    filled = { ...filled, probes: filled.probes.filter((_, index) => !failed.has(index)) };
  }
  throw new InternalError(`the drafted scenario for ${place.file} does not pass`);
}

/** Leaves out the clients, servers and probes that no world can have. */
function findPossible(draft: FilledDraft, place: DraftPlace): { draft: FilledDraft; scenario: Scenario } {
  let current = draft;
  for (let round = 0; ; round++) {
    const { scenarios, diagnostics } = parseScenarios(printDraft(current), place.file, { rulesets: place.rulesets });
    const [scenario] = scenarios;
    if (scenario !== undefined) {
      return { draft: current, scenario };
    }
    const wrong = diagnostics.flatMap(({ pointer }) => /^\/(servers|clients|probes)\/([^/]+)/.exec(pointer ?? '') ?? []);
    const smaller = removeWrong(
      current,
      diagnostics.map(({ pointer }) => pointer ?? ''),
    );
    if (wrong.length === 0 || round >= MOST_ROUNDS || smaller.probes.length === 0) {
      throw new SpecError(diagnostics, 'the rule set');
    }
    current = smaller;
  }
}

function removeWrong(draft: FilledDraft, pointers: string[]): FilledDraft {
  const listNamed = (key: string) =>
    new Set(pointers.filter((pointer) => pointer.startsWith(`/${key}/`)).map((pointer) => pointer.split('/')[2] ?? ''));
  const [servers, clients, probes] = [listNamed('servers'), listNamed('clients'), listNamed('probes')];
  return {
    ...draft,
    servers: draft.servers.filter(({ name }) => !servers.has(name)),
    clients: draft.clients.filter(({ name }) => !clients.has(name)),
    probes: draft.probes.filter(({ from, to }, index) => !clients.has(from) && !servers.has(to) && !probes.has(String(index))),
  };
}

/** @throws the error of the scenario, if it could not run */
async function run(scenario: Scenario, signal: AbortSignal): Promise<ScenarioResult> {
  const { scenarios, aborted } = await runSuite([scenario], { signal, jobs: 1, tryAdvice: false });
  const [result] = scenarios;
  if (result === undefined || aborted) {
    throw new InternalError('aborted');
  }
  if (result.error !== null) {
    throw new ERRORS[result.error.code](result.error.message, []);
  }
  return result;
}

function fillProbes(probes: FilledProbe[], results: ProbeResult[]): FilledProbe[] {
  return probes.flatMap((probe, index): FilledProbe[] => {
    const result = results.find((each) => each.index === index);
    const expect = result === undefined ? null : getExpectation(result);
    if (result === undefined || expect === null) {
      return [];
    }
    const isWaitedFor = result.observed?.outcome === 'timeout' && result.decided !== 'proved';
    return [{ ...probe, expect, timeoutMs: isWaitedFor ? TIMEOUT_MS : null, comment: describeRule(result) }];
  });
}

/** The word for what was observed: the cause, where it says more than the outcome. null: nothing was. */
function getExpectation({ observed, cause }: ProbeResult): string | null {
  if (observed === null) {
    return null;
  }
  switch (cause) {
    case 'no-listener':
      return observed.outcome === 'refused' ? 'closed' : cause;
    case 'service':
    case 'unexplained':
    case null:
      return observed.outcome;
    default:
      return cause;
  }
}

/** `line 88: -A INPUT …`; `-P INPUT DROP` */
function describeRule({ rule }: ProbeResult): string | null {
  if (rule === null) {
    return null;
  }
  return rule.line === null || rule.line === undefined ? rule.text : `line ${rule.line}: ${rule.text}`;
}

function listDropped(before: DraftProbe[], after: DraftProbe[]): string[] {
  const left = new Set(after.map(({ from, to }) => `${from} → ${to}`));
  return before.map(({ from, to }) => `${from} → ${to}`).filter((name) => !left.has(name));
}
