import type { Position } from '../model/diagnostic.js';
import { SpecError } from '../model/errors.js';
import type { ScenarioFile } from '../model/scenario-file.js';
import type { Phase, Scenario } from '../model/scenario.js';
import { readRulesets } from './files/rulesets.js';
import { parseJson } from './json/parse.js';
import { addSources } from './quoted-lines.js';
import type { RulesetText } from './ruleset-files.js';
import { resolveDocument } from './scenario/parse.js';

/** The place of a program that scenarios come from. Errors, warnings and results have it as the place of everything in them. */
export interface ObjectPlace extends Position {
  file: string;
}

/**
 * Reads scenarios that a program has as objects: as JSON, by the way of a scenario file.
 *
 * @param folder where the scenarios' rule set files are; '' is the working folder
 * @throws SpecError with all errors, each with the JSON pointer of its value
 */
export async function loadObjects(objects: ScenarioFile, folder: string, place: ObjectPlace): Promise<Scenario[]> {
  const file = folder === '' ? '<scenario>' : `${folder}/<scenario>`;
  const json = parseJson(toJson(objects));
  const known = new Map<string, RulesetText>();
  const rulesets = await readRulesets('value' in json ? json.value : null, file, { known, searched: null });
  const { scenarios, diagnostics } = resolveDocument(json, file, { rulesets }, false);
  if (diagnostics.length > 0) {
    const placed = addSources(diagnostics, known).map((each) => (each.file === file ? { ...each, ...place } : each));
    throw new SpecError(placed, 'the scenario');
  }
  return scenarios.map((scenario) => putAt(scenario, place));
}

/** Members that are undefined are left out. All else that JSON does not have becomes a text, so that it is reported where it is. */
function toJson(objects: unknown): string {
  const isOfJson = (value: unknown) =>
    typeof value === 'number' ? Number.isFinite(value) : !['function', 'symbol', 'bigint'].includes(typeof value);
  return JSON.stringify(objects ?? null, (_, value: unknown) => (isOfJson(value) ? value : String(value)));
}

/** Puts a scenario and all its parts at a place. Its rules have no lines. */
function putAt(scenario: Scenario, { file, line, column }: ObjectPlace): Scenario {
  const own = scenario.file;
  const position = { line, column };
  const put = <Part extends Position & { file: string }>(part: Part): Part => (part.file === own ? { ...part, file, ...position } : part);
  return {
    ...scenario,
    ...{ file, line },
    servers: scenario.servers.map((server) =>
      server.command === null ? server : { ...server, command: { ...server.command, ...position } },
    ),
    phases: scenario.phases.map((phase) => putPhaseAt(phase, position)),
    warnings: scenario.warnings.map(put),
    saysLittle: scenario.saysLittle.map((one) => ({ ...one, warning: put(one.warning) })),
  };
}

function putPhaseAt({ ruleSet, batches, ...phase }: Phase, position: Position): Phase {
  return {
    ...phase,
    ruleSet: ruleSet && { ...ruleSet, rules: ruleSet.rules.map(({ scenarioLine: _, ...rule }) => rule) },
    batches: batches.map((batch) => batch.map((probe) => ({ ...probe, position }))),
  };
}
