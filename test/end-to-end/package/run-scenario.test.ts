// Scenarios as objects, and assertions about results, as a test of another project has them.
import { AssertionError } from 'node:assert';
import { assertPassed, REPORTERS, type Result, runScenario, runSuite, type ScenarioInput, SpecError } from 'loopfw';
import t from 'tap';
import { readResult } from '../../support/result.js';

const FILE = 'test/end-to-end/package/run-scenario.test.ts';
const SERVERS = { web: 'tcp://127.0.0.1:8000' };
const RULES = ['-A INPUT -s 127.0.0.1 -j REJECT'];

/** A client and a server with one address, so that the answer of the REJECT is rejected too. */
function makeScenario(expect: 'refused' | 'answer-eaten', name = 'one address'): ScenarioInput {
  return { name, servers: SERVERS, rules: RULES, probes: [{ from: '127.0.0.1', to: 'web', expect }] };
}

async function catchError(work: () => unknown): Promise<Error> {
  try {
    await work();
  } catch (error) {
    return error as Error;
  }
  throw new Error('it did not throw');
}

/** The number of the line from which this is called. */
function getLine(): number {
  const [, place] = /run-scenario\.test\.ts:(\d+):\d+\)?$/m.exec((new Error().stack ?? '').split('\n').slice(2).join('\n')) ?? [];
  return Number(place);
}

t.test('an object runs as a file does, at the place of the call', async (t) => {
  const line = getLine() + 1;
  const result = await runScenario(makeScenario('answer-eaten'));
  t.equal(result.ok, true);
  t.match(result.scenarios, [{ file: FILE, line, status: 'passed', probes: [{ line, cause: 'answer-eaten', rule: { index: 0 } }] }]);
  t.equal(result.scenarios[0]?.rules[0]?.scenarioLine, undefined, 'rules of an object have no lines');
  const document = JSON.stringify(result);
  t.strictSame(readResult({ stdout: document, stderr: '' }), JSON.parse(document), 'the document is as its schema says');
  t.notMatch(document, '"ok"');
  assertPassed(result);
  result.scenarios.forEach(assertPassed);
});

t.test('several objects and back ends are one suite', async (t) => {
  const names = ['a', 'b'];
  const seen: string[] = [];
  const result = await runScenario(
    names.map((name) => ({ ...makeScenario('answer-eaten', name), backend: ['nft', 'legacy'], description: undefined })),
    { onScenario: ({ name, backend }) => seen.push(`${name} ${backend}`) },
  );
  t.strictSame(seen.toSorted(), ['a legacy', 'a nft', 'b legacy', 'b nft']);
  t.equal(result.ok, true);
});

t.test('rule set files are in the given folder', async (t) => {
  const folder = t.testdir({
    'rules.v4': '*filter\n:INPUT ACCEPT [0:0]\n-A INPUT -p tcp --dport 8000 -j DROP\nCOMMIT\n',
    'bad.v4': '-A INPUT -j REJEKT\n',
  });
  const scenario = {
    name: 'a file',
    probes: [{ from: '127.0.0.1', to: 'tcp://127.0.0.2:8000', expect: 'dropped' }],
  } satisfies ScenarioInput;
  assertPassed(await runScenario({ ...scenario, ruleset: { file: 'rules.v4' } }, { folder }));
  const missing = await catchError(() => runScenario({ ...scenario, ruleset: { file: 'rules.v4' } }));
  t.match(missing.message, /: no such file or folder.* \(\/ruleset\/file\)$/);
  const wrong = await catchError(() => runScenario({ ...scenario, ruleset: { file: 'bad.v4' } }, { folder }));
  t.match(wrong, { message: /bad\.v4:1:1: /, diagnostics: [{ source: '-A INPUT -j REJEKT' }] });
});

t.test('all mistakes are told at once, with their places in the object', async (t) => {
  const wrong: object = {
    name: 'wrong',
    rules: () => [],
    probes: [{ from: 'nobody', to: 'tcp://127.0.0.1:80', expect: 'closed', timeoutMs: NaN, hint: 'a\u001bb' }],
    'a\u001bb': 1,
  };
  const line = getLine() + 1;
  const error = await catchError(() => runScenario(wrong as ScenarioInput));
  t.type(error, SpecError);
  const [summary, ...lines] = error.message.split('\n');
  t.equal(summary, '4 problems in the scenario');
  t.match(lines.toSorted(), [
    'expected a whole number, found "NaN" (/probes/0/timeoutMs)',
    'expected an array, found "() => []" (/rules)',
    'no client "nobody" (/probes/0/from)',
    String.raw`unknown key "a\u{1b}b" (/a\u{1b}b)`,
  ]);
  t.ok(
    lines.every((each) => each.startsWith(`${FILE}:${line}:`)),
    error.message,
  );
  t.equal((error as SpecError).summary, summary);
  const taken = await catchError(() => runScenario([makeScenario('refused'), makeScenario('refused')]));
  t.match(taken.message, /scenario name "one address" is taken: scenario 0 has it \(\/1\/name\)$/);
});

t.test('what runs no command does not suggest one', async (t) => {
  const result = await runScenario(makeScenario('refused'), { tryAdvice: false });
  t.equal(result.ok, false);
  t.notMatch(REPORTERS.human(result, { color: false }), 'again: loopfw');
});

t.test('a failure has its story, and what a runner compares', async (t) => {
  const line = getLine() + 1;
  const result = await runScenario({
    ...makeScenario('refused'),
    probes: [
      { from: '127.0.0.1', to: 'web', expect: { outcome: 'refused', cause: 'rejected', icmp: 'port-unreachable' } },
      { from: '127.0.0.3', to: 'tcp://127.0.0.2:9', expect: 'closed' },
      { name: 'in time', from: '127.0.0.2', to: 'tcp://127.0.0.3:9', expect: { outcome: 'unreachable', withinMs: 2000 } },
    ],
  });
  const error = await catchError(() => assertPassed(result));
  t.type(error, AssertionError);
  const [counts, , head] = error.message.split('\n');
  t.equal(counts, '2 of 3 probes did not pass');
  t.match(head, new RegExp(`^✖ one address › 127\\.0\\.0\\.1 → web {2}${FILE}:${line}:\\d+$`));
  t.match(
    error.message,
    'expected refused, rejected, port-unreachable, saw timeout, answer-eaten, no such answer; without the rules connected',
  );
  t.match(error.message, 'reject by rule 0: -A INPUT -s 127.0.0.1 -j REJECT');
  t.match(error.message, '✖ one address › in time');
  t.notMatch(error.message, '\u001b');
  const scenario = { scenario: 'one address' };
  t.match(error, {
    actual: [
      { ...scenario, probe: '127.0.0.1 → web', status: 'failed', outcome: 'timeout', cause: 'answer-eaten', icmp: null },
      { ...scenario, probe: 'in time', status: 'failed', outcome: 'refused', withinMs: 2000 },
    ],
    expected: [
      { ...scenario, probe: '127.0.0.1 → web', status: 'passed', outcome: 'refused', cause: 'rejected', icmp: 'port-unreachable' },
      { ...scenario, probe: 'in time', status: 'passed', outcome: 'unreachable', withinMs: 2000 },
    ],
  });
  const [only] = result.scenarios;
  t.equal((await catchError(() => only && assertPassed(only))).message, error.message, 'a scenario alone');
  const read = JSON.parse(JSON.stringify(result)) as Result;
  t.equal((await catchError(() => assertPassed(read))).message, error.message, 'a document that was read');
});

t.test('a counter that is not as expected, and a run without a probe, are failures', async (t) => {
  const line = getLine() + 1;
  const counted = await runScenario({ ...makeScenario('answer-eaten'), counters: { lo: { rx: 0 } } });
  t.equal(counted.ok, false);
  const error = await catchError(() => assertPassed(counted));
  t.match(error.message, new RegExp(`✖ one address › counter of lo: rx = 0 {2}${FILE}:${line}\\n {2}saw \\d+ packets`));
  t.match(error, { actual: [{ counter: 'lo rx' }], expected: [{ counter: 'lo rx', packets: '0' }] });
  const none = await runSuite([]);
  t.equal(none.ok, false);
  t.equal((await catchError(() => assertPassed(none))).message, 'there was no probe');
  const aborted = await runScenario(makeScenario('answer-eaten'), { signal: AbortSignal.abort() });
  t.equal(aborted.ok, false);
  t.match((await catchError(() => assertPassed(aborted))).message, /^the run was aborted/);
});
