import { type Cell, type FilledCell, type FilledDraft, listCells, mergeRows } from '../../input/drafts/table/cells.js';
import type { DraftScenario } from '../../input/drafts/table/draft.js';
import { nameCell, printDraft, printFlat } from '../../input/drafts/table/print.js';
import type { RulesetText } from '../../input/ruleset-files.js';
import { parseScenarios } from '../../input/scenario/parse.js';
import { InternalError, SpecError } from '../../model/errors.js';
import type { ProbeResult, ScenarioResult, Warning } from '../../model/result.js';
import type { Scenario } from '../../model/scenario.js';
import { toExpectationWord } from '../../words/expectation-word.js';
import { keep } from './keep.js';
import { runWhole, WAIT_MS } from './run-whole.js';
import { findUnsure } from './unsure.js';

/** How often a draft is corrected before loopfw gives up. */
const MOST_ROUNDS = 5;

/** What to fill in. */
export interface Drafted extends DraftScenario, Pick<FilledDraft, 'name' | 'schema' | 'files'> {}

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
  draft: FilledDraft;
  /** The cells that were left out: no world can make them, or the kernel did not answer twice the same. */
  dropped: string[];
  /** What is suspicious in the rules, though the scenario passes. */
  warnings: Warning[];
}

/**
 * Runs a draft, writes what the kernel answered into its cells, and runs it again: the text that is returned has passed.
 *
 * The tables are phases of one world: the rules are loaded once, and a table of ten cells takes some milliseconds. So what a rule remembers
 * of one table (recent, limit) is there in the next one. A cell that this changes is left out (findUnsure).
 *
 * @throws SpecError for a rule set that loopfw does not take, or the error of the run
 */
export async function fillDraft(drafted: Drafted, place: DraftPlace): Promise<Filled> {
  const guess = (cell: Cell): FilledCell => ({ ...cell, expect: 'connected', timeoutMs: WAIT_MS, rule: null });
  const { draft, scenario } = findPossible({ ...drafted, cells: listCells(drafted).map(guess), merged: new Map() }, place);
  const [first] = await run([scenario], place.signal);
  const results = first?.probes ?? [];
  const { afterOthers, byUser } = await findUnsure(scenario, results, place.signal);
  const alone =
    afterOthers.length === 0
      ? []
      : await run(
          afterOthers.map((own) => keep(scenario, ({ index }) => index === own).scenario),
          place.signal,
        );
  const cells = draft.cells.map((cell, index) => {
    const filled = fillCell(cell, results[index]);
    const again = afterOthers.indexOf(index);
    const first = again === -1 ? filled : fillCell(cell, alone[again]?.probes[0]);
    const isSure = filled !== null && first !== null && first.expect === filled.expect && !byUser.includes(index);
    return isSure ? { ...filled, rule: first.rule } : null;
  });
  const answered = cells.filter((cell) => cell !== null);
  let filled = mergeRows({ ...draft, cells: answered });
  const merged = answered.filter((cell) => !filled.cells.includes(cell));
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const text = printDraft(filled);
    const [result] = await run([parse(text, place)], place.signal);
    const { probes = [], status, warnings = [] } = result ?? {};
    if (status === 'passed') {
      const kept = new Set([...filled.cells, ...merged].map(nameCell));
      return {
        text,
        draft: filled,
        dropped: listCells(drafted)
          .map(nameCell)
          .filter((name) => !kept.has(name)),
        warnings,
      };
    }
    // On a machine that is busy evidence may be lost: such a cell gets a second try.
    const isOut = ({ status: own }: ProbeResult) => own === 'failed' || (own !== 'passed' && round > 0);
    const failed = new Set(probes.filter(isOut).map(({ name }) => name));
    filled = { ...filled, cells: filled.cells.filter((cell) => !failed.has(nameCell(cell))) };
  }
  throw new InternalError(`the drafted scenario for ${place.file} does not pass`);
}

/** Leaves out the clients, servers and cells that no world can have. */
function findPossible(draft: FilledDraft, place: DraftPlace): { draft: FilledDraft; scenario: Scenario } {
  let current = draft;
  for (let round = 0; ; round++) {
    const { scenarios, diagnostics } = parseScenarios(printFlat(current), place.file, { rulesets: place.rulesets });
    const [scenario] = scenarios;
    if (scenario !== undefined) {
      return { draft: current, scenario };
    }
    const pointers = diagnostics.map(({ pointer }) => pointer ?? '');
    const isWrong = pointers.some((pointer) => /^\/(?:servers|clients|probes)\/[^/]/.test(pointer));
    const smaller = removeWrong(current, pointers);
    if (!isWrong || round >= MOST_ROUNDS || smaller.cells.length === 0) {
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
    cells: draft.cells.filter(({ from, to }, index) => !clients.has(from) && !servers.has(to) && !probes.has(String(index))),
  };
}

/** Reads the text of the tables, all of which can be asked. */
function parse(text: string, { file, rulesets }: DraftPlace): Scenario {
  const { scenarios, diagnostics } = parseScenarios(text, file, { rulesets });
  const [scenario] = scenarios;
  if (scenario === undefined) {
    throw new InternalError(`the drafted scenario for ${file} is wrong: ${diagnostics[0]?.message ?? ''}`);
  }
  return scenario;
}

async function run(suite: Scenario[], signal: AbortSignal): Promise<ScenarioResult[]> {
  return runWhole(suite, { signal, ...(suite.length === 1 ? { jobs: 1 } : {}) });
}

/** null: nothing was observed. */
function fillCell(cell: FilledCell, result: ProbeResult | undefined): FilledCell | null {
  const expect = result?.observed == null ? null : toExpectationWord({ outcome: result.observed.outcome, cause: result.cause });
  if (result === undefined || expect === null) {
    return null;
  }
  const isWaitedFor = result.observed?.outcome === 'timeout' && result.decided !== 'proved';
  return { ...cell, expect, timeoutMs: isWaitedFor ? WAIT_MS : null, rule: result.rule };
}
