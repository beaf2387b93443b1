// Why routing ended a packet, judged twice: by loopfw, and by a witness with its own namespaces, a capture of all interfaces, the kernel's
// counters and `ip route get`.
import t, { type Test } from 'tap';
import { askLoopfw, RUNS, type Said } from './routing/loopfw.js';
import { observe, type Observation } from './routing/observe.js';
import { testify } from './routing/testify.js';

/**
 * LOOPFW_TEST_WITNESS=all asks for all of them: more than 400 worlds, for which tap needs --timeout=0. Otherwise there is one for each pair
 * of cause and reason, on the back ends in turn.
 */
const isFull = process.env['LOOPFW_TEST_WITNESS'] === 'all';
const pairs = new Map(RUNS.toReversed().map(({ situation }) => [`${situation.cause} ${situation.reason}`, situation]));
const chosen = [...pairs.values()].flatMap((situation, place) => RUNS.filter((run) => run.situation === situation).at(place % 2) ?? []);
const runs = isFull ? RUNS : chosen;
/** The witness makes its namespaces as root. */
const skip = process.getuid?.() === 0 ? false : 'needs root';

t.test('routing', { skip, timeout: 1_800_000 }, async (t) => {
  t.jobs = 6;
  for (const said of await askLoopfw(runs, false)) {
    void t.test(`${said.situation.name}, ${said.backend}`, { buffered: true }, (t) => compare(t, said));
  }
});

async function compare(t: Test, { situation, backend, probe, reason }: Said): Promise<void> {
  const seen = await observe(situation, backend);
  const testimony = testify(situation, seen);
  const { cause, observed } = probe;
  // The explanation of a packet that never was names the errno only.
  const told = cause === 'local' && reason === null ? testimony.reason : reason;
  t.strictSame({ cause, reason: told }, testimony, `${probe.explanation}\n${JSON.stringify(seen, null, 1)}`);
  t.equal(observed?.errno ?? observed?.outcome, seen.said, 'what the client saw');
  t.comment(`${testimony.cause} ${testimony.reason ?? ''}: ${showEvidence(seen)}`);
}

/** The evidence in one line: what the kernel says of the route, and what it counted. */
function showEvidence({ said, route, grown }: Observation): string {
  const counted = Object.keys(grown).filter((name) => /InAddrErrors|NoRoutes|IPReversePathFilter/.test(name));
  return [said, route.split('\n')[0], ...counted].join(' · ');
}
