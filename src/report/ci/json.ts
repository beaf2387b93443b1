import type { ProbeResult, Result, ScenarioResult } from '../../model/result.js';
import { makeJsonHarmless } from '../../words/harmless.js';

const INDENT = 2;
/** How many lists and objects of the document are around a scenario, and around a probe. */
const SCENARIO_DEPTH = 2;
const PROBE_DEPTH = 4;
/** The most probes that are printed at once. */
const MOST_PROBES = 500;
/** A part of more characters is passed on. */
const LONG_PART = 1 << 18;

/**
 * The result document itself (schema/result.json), as a text in parts. Characters that could control a terminal or deceive a reader are
 * escaped. The whole text at once would take 110 MB for 10,000 probes, and a quarter more time.
 */
export function* printJson(result: Result): Iterable<string> {
  let part = '';
  for (const text of printResult(result)) {
    part += makeJsonHarmless(text);
    if (part.length > LONG_PART) {
      yield part;
      part = '';
    }
  }
  yield `${part}\n`;
}

function printResult({ scenarios, ...rest }: Result): Iterable<string> {
  return printAround(JSON.stringify({ ...rest, scenarios: [] }, null, INDENT), 'scenarios', 0, printScenarios(scenarios));
}

function* printScenarios(scenarios: ScenarioResult[]): Iterable<Iterable<string>> {
  for (const scenario of scenarios) {
    yield printScenario(scenario);
  }
}

function printScenario(scenario: ScenarioResult): Iterable<string> {
  const around = printElements([{ ...scenario, probes: [] }], SCENARIO_DEPTH);
  return printAround(around, 'probes', SCENARIO_DEPTH, printProbes(scenario.probes));
}

function* printProbes(probes: ProbeResult[]): Iterable<Iterable<string>> {
  for (let start = 0; start < probes.length; start += MOST_PROBES) {
    yield [printElements(probes.slice(start, start + MOST_PROBES), PROBE_DEPTH)];
  }
}

/**
 * Puts elements into an empty list of an object.
 * @param text the object, as it is printed at `depth`
 * @param groups each has the parts of one element or of several
 */
function* printAround(text: string, key: string, depth: number, groups: Iterable<Iterable<string>>): Iterable<string> {
  const indent = `\n${' '.repeat(INDENT * (depth + 1))}`;
  // Only the key of the list comes after this indentation: the strings of JSON have no line ends.
  const start = `${indent}"${key}": [`;
  const place = text.indexOf(start) + start.length;
  yield text.slice(0, place);
  let isEmpty = true;
  for (const parts of groups) {
    yield isEmpty ? '\n' : ',\n';
    yield* parts;
    isEmpty = false;
  }
  yield `${isEmpty ? '' : indent}${text.slice(place)}`;
}

/** Prints elements of a list as JSON.stringify() prints them at `depth`: inside so many lists, whose brackets are cut off. */
function printElements(elements: object[], depth: number): string {
  let nested: unknown[] = elements;
  for (let level = 1; level < depth; level++) {
    nested = [nested];
  }
  // The brackets have a line each, with an indentation of 0, 2, 4 …
  const bracketsLength = depth * (depth + 1);
  return JSON.stringify(nested, null, INDENT).slice(bracketsLength, -bracketsLength);
}
