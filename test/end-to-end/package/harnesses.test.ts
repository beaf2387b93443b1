// The harnesses that read TAP: prove of Perl, and tap of Node.js. What they make of ours is asked of them.
import { execFileSync } from 'node:child_process';
import { chmod, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { run, withoutTap } from '../../support/loopfw.js';
import { ROOT } from '../../support/package.js';

const BIN = join(ROOT, 'dist/bin.js');
const PASSING = ['scenarios/reject.json', 'scenarios/drop.json'];

/** A failed and an inconclusive probe, with all that a reader of TAP could trip over. */
const FAILING = {
  name: 'one # address \\ {',
  servers: { web: 'tcp://127.0.0.1:8000' },
  rules: [{ name: 'no-client', chain: 'INPUT', source: '127.0.0.1', target: 'REJECT' }],
  probes: [
    { name: '... x: --- # skip', from: '127.0.0.1', to: 'web', expect: 'refused', hint: 'say "a: b" \\ \u0007\nBail out! no' },
    { name: 'plain', from: '127.0.0.1', to: 'tcp://127.0.0.2:9', expect: 'refused' },
  ],
};

/** Reads TAP from standard input as prove does, and writes what it understood as JSON. */
const READ_AS_PROVE = `
  use TAP::Parser; use JSON::PP;
  my $parser = TAP::Parser->new({ tap => do { local $/; <STDIN> } });
  my @points;
  while (my $result = $parser->next) {
    push @points, { ok => $result->is_actual_ok ? 1 : 0, name => $result->description } if $result->is_test;
    $points[-1]{yaml} = $result->data if $result->is_yaml;
  }
  print JSON::PP->new->utf8->encode({ points => \\@points, errors => [$parser->parse_errors], version => $parser->version });
`;

interface ReadPoint {
  ok: number;
  name: string;
  yaml?: Record<string, unknown>;
}

t.test('prove', { skip: getReasonWithoutProve() }, async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'loopfw-prove-'));
  const makeTest = async (name: string, args: string[]) => {
    const file = join(folder, name);
    await writeFile(file, `#!/bin/sh\nexec node ${[BIN, 'run', ...args].map((word) => `'${word}'`).join(' ')}\n`);
    await chmod(file, 0o755);
    return file;
  };
  await writeFile(join(folder, 'failing.json'), JSON.stringify(FAILING));
  const failing = await makeTest('failing.t', [join(folder, 'failing.json')]);

  const passed = await run('prove', ['-v', await makeTest('passing.t', PASSING)]);
  t.equal(passed.exitCode, 0, passed.stderr);
  t.match(passed.stdout, 'TAP version 13\n1..6\nok 1 - a REJECT tells the client at once: app → web\n');
  t.match(passed.stdout, /Files=1, Tests=6, .*\nResult: PASS/);

  const failed = await run('prove', [failing]);
  t.equal(failed.exitCode, 1);
  t.match(failed.stdout, 'Failed tests:  1-2');
  t.notMatch(failed.stdout, 'Parse errors');

  const tap = await run(failing, [], { env: { HARNESS_ACTIVE: '1', TAP_VERSION: '13' } });
  const { points, ...rest } = JSON.parse((await run('perl', ['-e', READ_AS_PROVE], { input: tap.stdout })).stdout) as {
    points: ReadPoint[];
  };
  t.strictSame(rest, { errors: [], version: 13 });
  t.match(points, [
    { ok: 0, name: '- one \\# address \\\\ {: ... x: --- \\# skip' },
    { ok: 0, name: '- one \\# address \\\\ {: plain', yaml: { status: 'inconclusive', explanation: /without the rules as well/ } },
  ]);
  t.match(points[0]!.yaml, {
    status: 'failed',
    expected: { outcome: 'refused' },
    observed: { outcome: 'timeout', errno: null },
    cause: 'answer-eaten',
    rule: { index: '0', name: 'no-client' },
    hint: 'say "a: b" \\ \\u{7}\\u{a}Bail out! no',
    journey: /^tcp syn [^\n]*\n {2}input [^\n]*reject[^\n]*\nicmp port-unreachable/,
  });
});

t.test('tap nests what it spawns', async (t) => {
  const nested = await t.spawn('env', withoutTap(['node', BIN, 'run', ...PASSING], { TAP: '1' }), { cwd: ROOT }, 'loopfw');
  t.match(nested, { ok: true, count: 2, pass: 2, fail: 0, bailout: false });
});

t.test("tap's parser reads what failed", async (t) => {
  const { stdout: tap } = await run('node', [BIN, 'run', '-'], { input: JSON.stringify(FAILING), env: { TAP: '1' } });
  t.match(tap, /^TAP version 14\n1\.\.1\n# Subtest: /);
  const { stdout } = await run('node', [join(ROOT, 'node_modules/.bin/tap-parser'), '--json', '--flat', '--strict'], { input: tap });
  const events = JSON.parse(stdout) as [string, unknown][];
  const points = events.filter(([kind]) => kind === 'assert').map(([, point]) => point);
  t.match(points, [
    { ok: false, skip: false, name: /\.\.\. x: --- # skip$/, diag: { status: 'failed', rule: { index: 0 }, hint: /^say "a: b" \\ / } },
    { ok: false, name: /plain$/, diag: { status: 'inconclusive' } },
  ]);
  const complete = events.find(([kind]) => kind === 'complete');
  t.match(complete, [
    'complete',
    { ok: false, count: 1, bailout: false, failures: [{ name: 'one # address \\ \\u{7b}', tapError: null }] },
  ]);
});

/** In continuous integration prove must be there; elsewhere its absence is said aloud. */
function getReasonWithoutProve(): string | false {
  try {
    execFileSync('prove', ['--version']);
    return false;
  } catch {
    return process.env['CI'] === undefined && 'prove is not installed (Debian: perl)';
  }
}
