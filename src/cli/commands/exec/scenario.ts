import { readRules } from '../../../input/drafts/read-rules.js';
import { loadSources, type ScenarioSource } from '../../../input/load-scenarios.js';
import { WorldDocument } from '../../../input/world-document.js';
import { SpecError, UsageError } from '../../../model/errors.js';
import type { RuleSet, Scenario } from '../../../model/scenario.js';
import { assertCommandsAllowed } from '../../../run/runs.js';

export { makeServerVariables } from '../../../run/world/server-variables.js';

/**
 * Reads the scenario whose world the program runs in. The rules of the command line follow its own; without a scenario they are all.
 * @throws SpecError for mistakes in the scenario · UsageError unless there is exactly one scenario, or for mistakes in the rules
 */
export async function readDocument(paths: string[], rules: string[], allowCommands: boolean): Promise<WorldDocument> {
  const source = paths.length === 0 ? null : await readOne(paths);
  const document = source === null ? WorldDocument.parse({}, 'exec') : new WorldDocument(source);
  const { scenario } = document;
  if (!allowCommands) {
    assertCommandsAllowed([scenario]);
  }
  return rules.length === 0 ? document : document.with(addRules(scenario, parseRules(rules)));
}

async function readOne(paths: string[]): Promise<ScenarioSource> {
  const sources = await loadSources(paths);
  const [source] = sources;
  if (source === undefined || sources.length > 1) {
    const names = sources.map(({ scenario }) => JSON.stringify(scenario.name)).join(', ');
    throw new UsageError(`a world needs one scenario, and ${paths.join(' ')} has ${sources.length}${names === '' ? '' : `: ${names}`}`);
  }
  return source;
}

function parseRules(rules: string[]): RuleSet {
  const read = readRules({ rules, files: [] });
  if ('ruleSet' in read) {
    return read.ruleSet;
  }
  const [wrong] = read.diagnostics;
  const place = /^\/rules\/(\d+)/.exec(wrong?.pointer ?? '')?.[1];
  throw place === undefined
    ? new SpecError(read.diagnostics, 'the rules')
    : new UsageError(
        read.diagnostics
          .map(({ pointer, message }) => `--rule ${Number(/\d+/.exec(pointer ?? '')?.[0]) + 1}: ${message}`)
          .join('\nloopfw: '),
      );
}

function addRules(scenario: Scenario, { rules }: RuleSet): Scenario {
  const [first, ...others] = scenario.phases;
  const { rules: own, natives, files } = first?.ruleSet ?? { rules: [], natives: [], files: [] };
  const ruleSet = { rules: [...own, ...rules.map((rule, place) => ({ ...rule, index: own.length + place }))], natives, files };
  return { ...scenario, phases: [{ name: null, conntrack: 'keep', batches: [], ...first, ruleSet }, ...others] };
}
