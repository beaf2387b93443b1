// The cells of a truth table.
import { readFileSync } from 'node:fs';
import t from 'tap';
import type { Expectation, Outcome, ProbeResult, Result } from '../../../src/model/result.js';
import { showMatrix } from '../../../src/report/human/matrix.js';
import { makePaint } from '../../../src/report/shared/paint.js';

const base = JSON.parse(readFileSync(new URL('../every-status.json', import.meta.url), 'utf8')) as Result;
const passed = base.scenarios[0]!.probes[0]!;
const SCREEN = { paint: makePaint(false), columns: null };
const CLOSED = { outcome: 'refused', cause: 'no-listener' } as const;

function see(outcome: Outcome, cause: ProbeResult['cause'], expected: Expectation, status: ProbeResult['status'] = 'passed'): ProbeResult {
  const observed = { outcome, errno: null, elapsedMs: 1, icmp: null, reply: null };
  return { ...passed, matrix: { client: 'app', server: 'web' }, observed, cause, expected, status };
}

/** The text of a cell with these probes. */
function show(...probes: ProbeResult[]): string | undefined {
  return /^app {2}(.*)$/m.exec(showMatrix(probes, '', SCREEN).join('\n'))?.[1];
}

t.test('what was observed, in the words of the expectation', async (t) => {
  t.equal(show(see('refused', 'no-listener', CLOSED)), 'closed');
  t.equal(show(see('refused', 'no-listener', { outcome: 'refused' })), 'refused');
  t.equal(show(see('refused', 'rejected', { cause: 'rejected' })), 'rejected');
  t.equal(show(see('refused', 'rejected', { outcome: 'refused', cause: 'rejected' })), 'rejected');
  t.equal(show(see('timeout', 'dropped', { outcome: 'timeout' })), 'timeout');
  t.equal(show({ ...passed, matrix: { client: 'app', server: 'web' }, observed: null, status: 'error' }), '! error');
});

t.test('and what was expected instead', async (t) => {
  const failed = (expected: Expectation) => show(see('timeout', 'dropped', expected, 'failed'));
  t.equal(failed(CLOSED), '✖ timeout (expected closed)');
  t.equal(failed({ outcome: 'refused' }), '✖ timeout (expected refused)');
  t.equal(failed({ outcome: 'connected', cause: 'no-listener' }), '✖ timeout (expected connected, no-listener)');
  t.equal(failed({ outcome: 'refused', cause: 'rejected' }), '✖ timeout (expected refused, rejected)', 'the outcome is already wrong');
  t.equal(failed({ outcome: 'timeout', cause: 'silent' }), '✖ dropped (expected timeout, silent)');
  t.equal(
    failed({ rule: 'no-web', icmp: 'port-unreachable', reply: 'hi', afterMs: 1, withinMs: 2 }),
    '✖ timeout (expected rule no-web, port-unreachable, a reply, after 1 ms, within 2 ms)',
  );
  const other = (outcome: Outcome, cause: ProbeResult['cause']) => show(see(outcome, cause, CLOSED, 'failed'));
  t.equal(other('refused', 'rejected'), '✖ rejected (expected closed)', 'refused, but not because nothing listens');
  t.equal(other('timeout', 'no-listener'), '✖ timeout (expected closed)');
  const served = { outcome: 'connected', cause: 'service' } as const;
  t.equal(show(see(served.outcome, served.cause, { cause: 'dropped' }, 'failed')), '✖ connected (expected dropped)');
  t.equal(show(see(served.outcome, served.cause, { cause: 'service' })), 'service');
});

t.test('a cell of several ports has the worst of them, and how often it is', async (t) => {
  const good = see('connected', 'service', { outcome: 'connected' });
  const bad = see('timeout', 'dropped', { outcome: 'connected' }, 'failed');
  t.equal(show(good, good), 'connected ×2');
  t.equal(show(good, bad, good), '✖ timeout ×1 of 3 (expected connected)');
  t.equal(show(see('timeout', 'silent', {}, 'inconclusive'), bad), '✖ timeout ×1 of 2 (expected connected)');
});

t.test('a client and a server without a probe, and the meaning of the marks', async (t) => {
  const cell = (client: string, server: string, status: ProbeResult['status']) => {
    return { ...see('connected', 'service', { outcome: 'connected' }, status), matrix: { client, server } };
  };
  t.strictSame(showMatrix([cell('app', 'web', 'passed'), cell('other', 'dns', 'inconclusive')], '  ', SCREEN), [
    '         web        dns',
    '  app    connected  ·',
    '  other  ·          ? connected',
    '  ? the evidence does not carry a verdict',
  ]);
});
