// How many trials there are, and what becomes of the advice when they cannot be made. A world that opens nothing counts them.
import t from 'tap';
import { parseScenarios } from '../../src/input/scenario/parse.js';
import { EnvironmentError, InternalError } from '../../src/model/errors.js';
import type { Advice } from '../../src/model/advice.js';
import type { ScenarioResult } from '../../src/model/result.js';
import type { Scenario } from '../../src/model/scenario.js';
import { tryAdvice } from '../../src/run/advice/trials.js';
import { makeErrorResult } from '../../src/run/scenario-result.js';
import { listIdentities } from '../../src/plan/identities.js';
import type { WorldClient } from '../../src/sandbox/client.js';

const PROBE = { from: '127.0.0.1', to: 'tcp://127.0.0.2:80', expect: 'connected' };

function parse(more: object = {}): Scenario {
  const { scenarios, diagnostics } = parseScenarios(JSON.stringify({ name: 'three', probes: [PROBE, PROBE, PROBE], ...more }), 's.json');
  const [scenario] = scenarios;
  if (scenario === undefined) {
    throw new Error(diagnostics.map(({ message }) => message).join('; '));
  }
  return scenario;
}

const makeRun = (scenario: Scenario) => ({
  backend: 'nft' as const,
  startedAt: '2026-01-31T12:00:00.000Z',
  durationMs: 1,
  identities: listIdentities(scenario, 'nft'),
});

/** All probes of a scenario have failed. */
function fail(scenario: Scenario): ScenarioResult {
  const result = makeErrorResult(scenario, makeRun(scenario), new Error('none was made'));
  return {
    ...result,
    status: 'failed',
    error: null,
    probes: result.probes.map((probe) => ({ ...probe, status: 'failed', advice: 'untried' })),
  };
}

const accept = (port: number): Advice => ({
  text: `accept ${port}`,
  remedy: { kind: 'add-rules', lines: [`-A INPUT -p tcp --dport ${port} -j ACCEPT`] },
});

/** Tries advice where no world can be opened, for this reason. */
async function tryIn(scenario: Scenario, offers: Advice[][], reason: Error) {
  let opened = 0;
  const world: WorldClient = {
    request: ({ type }) => {
      opened += type === 'open' ? 1 : 0;
      return Promise.reject(reason);
    },
  };
  const found = { result: fail(scenario), offers: new Map(offers.entries()) };
  const { probes } = await tryAdvice(scenario, { usual: 'nft', backend: 'nft' }, found, world, 'proof');
  return { opened, advice: probes.map(({ advice }) => advice) };
}

const REFUSED = new EnvironmentError('the kernel refuses this rule');

t.test('equal changes are tried once, and what cannot be made is no advice', async (t) => {
  t.strictSame(await tryIn(parse(), [[accept(1)], [accept(1)], [accept(1)]], REFUSED), { opened: 1, advice: [null, null, null] });
  t.equal((await tryIn(parse(), [[accept(1), accept(2)], [accept(2)], [accept(3)]], REFUSED)).opened, 3);
});

t.test('after twenty changes no more are tried', async (t) => {
  const many = Array.from({ length: 25 }, (_, port) => accept(port + 1));
  t.strictSame(await tryIn(parse(), [many, [], []], REFUSED), { opened: 20, advice: ['accept 21', 'untried', 'untried'] });
});

t.test('when the sandbox has ended, nothing more is tried, and the advice is given untried', async (t) => {
  const aborted = new InternalError('aborted');
  t.strictSame(await tryIn(parse(), [[accept(1)], [accept(2)], []], aborted), { opened: 1, advice: ['accept 1', 'accept 2', 'untried'] });
});

t.test('an advice that leaves the change to the reader is not tried', async (t) => {
  const text = { text: 'look at the server', remedy: null };
  t.strictSame(await tryIn(parse(), [[text], [accept(1), text], []], REFUSED), {
    opened: 1,
    advice: ['untried', 'look at the server', 'untried'],
  });
});

t.test('no second run for a program, and for a probe without an expectation', async (t) => {
  const program = { servers: { own: { protocol: 'tcp', address: '127.0.0.2', port: 80, command: ['true'] } } };
  t.equal((await tryIn(parse(program), [[accept(1)], [], []], REFUSED)).opened, 0);
  const open = parse();
  const empty = open.phases.map((phase) => ({
    ...phase,
    batches: phase.batches.map((batch) => batch.map((probe) => ({ ...probe, expect: {} }))),
  }));
  t.equal((await tryIn({ ...open, phases: empty }, [[accept(1)], [], []], REFUSED)).opened, 0);
});

t.test('a line that is no rule changes nothing', async (t) => {
  const wrong: Advice = { text: 'wrong', remedy: { kind: 'add-rules', lines: ['-A INPUT --no-such-option'] } };
  t.strictSame(await tryIn(parse(), [[wrong], [], []], REFUSED), { opened: 0, advice: [null, 'untried', 'untried'] });
});
