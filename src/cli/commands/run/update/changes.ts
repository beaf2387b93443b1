import { isDeepStrictEqual } from 'node:util';
import { findValue, findValueAt, type JsonValue, replaceValue } from '../../../../input/json/edit.js';
import { parseJson } from '../../../../input/json/parse.js';
import { normalizeExpectation } from '../../../../input/schema/expectation.js';
import type { ProbeResult, Result, RunBackend } from '../../../../model/result.js';
import { listWords } from '../../../../words/phrases.js';
import { type Expect, isOpened, type Seen, toSeen } from './seen.js';
import type { ScenarioText } from './text.js';

/** The probes that have one expectation: several for ports, for `count`, for the addresses of a name, and for back ends. */
export interface Expected {
  file: string;
  line: number;
  column: number;
  probes: { probe: ProbeResult; backend: RunBackend }[];
}

/** A change of one expectation. The texts are those of the file. */
export interface Change {
  value: JsonValue;
  after: Expect;
  /** The key before the expectation: expect, or the server of a truth table. */
  key: string;
  beforeText: string;
  afterText: string;
  /** What was expected and seen, in one line. */
  headline: string;
  /** Whether a client connects that was expected to be blocked. */
  isOpened: boolean;
  /** How many failed probes it is about. */
  failed: number;
}

/** Groups the probes by their place, in the order of the result. Only expectations that a probe has failed are left. */
export function listFailed({ scenarios }: Result): Expected[] {
  const all = new Map<string, Expected>();
  for (const { file, backend, probes } of scenarios) {
    for (const probe of probes) {
      const { line, column } = probe;
      const key = JSON.stringify([file, line, column]);
      const expected = all.get(key) ?? { file, line, column, probes: [] };
      expected.probes.push({ probe, backend });
      all.set(key, expected);
    }
  }
  return [...all.values()].filter(({ probes }) => probes.some(({ probe }) => probe.status === 'failed'));
}

/** The change that an expectation needs, or why it is not changed. */
export function findChange(expected: Expected, { text }: ScenarioText): Change | { problem: string } {
  const [{ probe } = {}] = expected.probes;
  const key = probe?.matrix === null ? 'expect' : undefined;
  const value = 'message' in parseJson(text) ? undefined : findValueAt(text, expected, key);
  if (probe === undefined || value === undefined || !isOf(value, probe)) {
    return { problem: 'the file has changed since it was read' };
  }
  const before = value.value as Expect; // it is the expectation of a scenario that has been checked
  const [place] = value.path;
  if (findValue(text, [...(typeof place === 'number' ? [place] : []), 'exercise']) !== undefined) {
    return { problem: 'the expectations of an exercise are its marking' };
  }
  const seen = agree(before, expected.probes);
  if ('problem' in seen) {
    return seen;
  }
  if (isDeepStrictEqual(seen.expect, before)) {
    return { problem: 'nothing that was seen can be written in its words' };
  }
  const failed = expected.probes.filter((each) => each.probe.status === 'failed');
  return {
    value,
    after: seen.expect,
    key: probe.matrix?.server ?? 'expect',
    beforeText: value.text,
    afterText: findValue(replaceValue(text, value, seen.expect), value.path)?.text ?? '',
    headline: failed[0]?.probe.headline ?? '',
    isOpened: isOpened(before, seen.expect),
    failed: failed.length,
  };
}

/** Whether a value in the file is the expectation that the probe was judged by. */
function isOf({ value }: JsonValue, { expected }: ProbeResult): boolean {
  const isExpectation = typeof value === 'string' || (typeof value === 'object' && value !== null);
  return isExpectation && isDeepStrictEqual({ ...normalizeExpectation(value as Expect) }, { ...expected });
}

/** The one expectation that all probes would have met. */
function agree(before: Expect, probes: Expected['probes']): Seen {
  const doubtful = probes.find(({ probe }) => probe.status !== 'failed' && probe.status !== 'passed');
  if (doubtful !== undefined) {
    return { problem: `another probe of it is ${doubtful.probe.status === 'error' ? 'an error' : doubtful.probe.status}` };
  }
  const all = probes.map(({ probe, backend }) => ({ backend, seen: toSeen(before, probe) }));
  const [first = { seen: { problem: '' } }] = all;
  const wrong = all.find(({ seen }) => 'problem' in seen) ?? first;
  if ('problem' in wrong.seen || all.every(({ seen }) => isDeepStrictEqual(seen, first.seen))) {
    return wrong.seen;
  }
  const texts = new Map(all.map(({ backend }) => [backend, [] as string[]]));
  all.forEach(({ backend, seen }) => texts.get(backend)?.push(JSON.stringify('expect' in seen ? seen.expect : null)));
  const isByBackend = texts.size > 1 && [...texts.values()].every((own) => new Set(own).size === 1);
  return {
    problem: isByBackend
      ? `the back ends do not agree: ${listWords(
          [...texts].map(([backend, own]) => `${backend} ${own[0] ?? ''}`),
          'and',
        )}`
      : 'its probes do not agree: they need expectations of their own',
  };
}
