// One question without a file, and a program under a fault.
import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';
import t from 'tap';
import { loopfw, run, withoutTap } from '../../support/loopfw.js';
import { getPackage, ROOT } from '../../support/package.js';
import { readResult } from '../../support/result.js';

/** A client that says what connect(2) told it. */
const CLIENT = `
  require('node:net').connect(8000, '127.0.0.2')
    .on('error', (error) => { console.log(error.code); process.exit(9); })
    .on('connect', () => process.exit(0));`;

for (const ordinary of [false, true]) {
  const who = ordinary ? 'an ordinary user' : 'the caller';
  t.test(`exec puts a program of ${who} under a fault and passes its exit code on`, async (t) => {
    const fault = ['exec', '--fault', 'refused=127.0.0.2:8000', '--'];
    const refused = await loopfw([...fault, 'node', '-e', CLIENT], { ordinary });
    t.equal(refused.exitCode, 9, refused.stderr);
    t.equal(refused.stdout, 'ECONNREFUSED\n');
    const piped = await loopfw([...fault, 'sh', '-c', 'cat; pwd; echo "$GREETING" >&2; exit 42'], {
      ordinary,
      input: 'standard input\n',
      cwd: '/usr',
      env: { GREETING: 'hello' },
    });
    t.match(piped, { exitCode: 42, stdout: 'standard input\n/usr\n', stderr: 'hello\nrefused 127.0.0.2:8000: never touched\n' });
    t.equal((await loopfw([...fault, 'sh', '-c', 'kill -TERM $$'], { ordinary })).exitCode, 128 + 15);
    const missing = await loopfw([...fault, 'no-such-program'], { ordinary });
    // 126 where the PATH has a folder that the user may not enter: it may be there.
    t.ok(missing.exitCode === 127 || (ordinary && missing.exitCode === 126));
    t.match(missing.stderr, 'no-such-program: ');
  });
}

for (const ordinary of [false, true]) {
  t.test(`loopfw in loopfw: exec and run below exec, of ${ordinary ? 'an ordinary user' : 'the caller'}`, async (t) => {
    const { folder } = await getPackage(ordinary);
    const bin = ['node', `${folder}/dist/bin.js`];
    const outer = ['exec', '--fault', 'refused=127.0.0.2:8000', '--', ...bin];
    const inner = ['exec', '--fault', 'refused=127.0.0.3:8000', '--'];
    const seven = await loopfw([...outer, ...inner, 'sh', '-c', 'exit 7'], { ordinary });
    t.match(seven, { exitCode: 7, stderr: 'refused 127.0.0.3:8000: never touched\nrefused 127.0.0.2:8000: never touched\n' });
    const killed = await loopfw([...outer, ...inner, 'sh', '-c', 'kill -TERM $$'], { ordinary });
    t.equal(killed.exitCode, 128 + 15);
    const reject = await loopfw([...outer, 'run', 'scenarios/reject.json'], { ordinary });
    t.equal(reject.exitCode, 0, reject.stdout + reject.stderr);
  });
}

t.test('exec below exec: a signal comes to the innermost program', async (t) => {
  const program = 'process.on("SIGTERM", () => process.exit(5)); console.log("ready"); setInterval(() => {}, 1000);';
  const exec = ['node', `${ROOT}/dist/bin.js`, 'exec', '--fault', 'refused=127.0.0.2:80', '--'];
  const child = execa('env', withoutTap([...exec, ...exec, 'node', '-e', program]), { reject: false });
  child.stdout.once('data', () => child.kill('SIGTERM'));
  t.equal((await child).exitCode, 5);
});

t.test('exec: faults over IPv6, and what cannot be meant', async (t) => {
  const client = CLIENT.replace('127.0.0.2', '::1');
  t.equal((await loopfw(['exec', '--fault', 'refused=[::1]:8000', '--', 'node', '-e', client])).exitCode, 9);
  t.match(await loopfw(['exec', '--fault', 'refsed=127.0.0.2:80', '--', 'true']), { exitCode: 2, stderr: /did you mean "refused"/ });
  t.equal((await loopfw(['exec', '--fault', 'refused=127.0.0.2:80'])).exitCode, 2);
  const forgotten = await loopfw(['exec', '--fault', 'refused=127.0.0.2:80', 'true']);
  t.match(forgotten, { exitCode: 2, stderr: /^loopfw: the program is missing: put it behind --/ });
  t.equal((await loopfw(['exec', '--', 'true'])).exitCode, 0, 'a world with lo alone');
});

t.test('exec: a signal is passed on, and the program answers for the exit code', async (t) => {
  const program = 'process.on("SIGINT", () => process.exit(5)); console.log("ready"); setInterval(() => {}, 1000);';
  const command = ['node', `${ROOT}/dist/bin.js`, 'exec', '--fault', 'refused=127.0.0.2:80', '--', 'node', '-e', program];
  const child = execa('env', withoutTap(command), { reject: false });
  child.stdout.once('data', () => child.kill('SIGINT'));
  t.equal((await child).exitCode, 5);
  const user = 'process.on("SIGUSR2", () => process.exit(6)); console.log("ready"); setInterval(() => {}, 1000);';
  const other = execa('env', withoutTap([...command.slice(0, -1), user]), { reject: false });
  other.stdout.once('data', () => other.kill('SIGUSR2'));
  t.equal((await other).exitCode, 6);
  await sleep(0);
});

t.test('exec: a program that goes on after a Ctrl-C that its waiter dies of answers for the exit code, too', async (t) => {
  const program = 'process.on("SIGINT", () => setTimeout(() => process.exit(5), 200)); console.log("ready"); setInterval(() => {}, 1000);';
  const command = ['node', `${ROOT}/dist/bin.js`, 'exec', '--fault', 'refused=127.0.0.2:80', '--', 'node', '-e', program];
  // In a session of its own: a negative pid is the process group, which a terminal's keys reach.
  const child = execa('env', withoutTap(command), { reject: false, detached: true });
  child.stdout.once('data', () => process.kill(-(child.pid ?? 0), 'SIGINT'));
  t.equal((await child).exitCode, 5);
});

t.test('exec: a program that does not want to end is ended by who insists', async (t) => {
  const program = 'trap "" TERM; echo ready; sleep 30';
  const command = ['node', `${ROOT}/dist/bin.js`, 'exec', '--fault', 'refused=127.0.0.2:80', '--', 'sh', '-c', program];
  const child = execa('env', withoutTap(command), { reject: false });
  child.stdout.once('data', () => void insist(() => child.kill('SIGTERM')));
  const { exitCode, stderr } = await child;
  t.equal(exitCode, 128 + 9);
  t.equal(stderr, '');
});

async function insist(kill: () => void): Promise<void> {
  for (let count = 0; count < 3; count++) {
    kill();
    await sleep(100);
  }
}

t.test("exec: the program has the caller's open files, and no other process has them", async (t) => {
  const command = ['node', `${ROOT}/dist/bin.js`, 'exec', '--fault', 'refused=127.0.0.2:80', '--', 'sh', '-c', 'cat <&3; cat <&9'];
  const script = 'exec 3<scenarios/reject.json 9<package.json 7<&- ; exec "$@"';
  const { stdout, exitCode } = await run('sh', ['-c', script, 'sh', ...command]);
  t.equal(exitCode, 0);
  t.match(stdout, '"a REJECT tells the client at once"');
  t.match(stdout, '"name": "loopfw"');
});

t.test('probe answers one question with the whole journey', async (t) => {
  const { exitCode, stdout } = await loopfw(['probe', '127.0.0.1', 'tcp://127.0.0.1:8000', '--rule', '-A INPUT -s 127.0.0.1 -j REJECT']);
  t.equal(exitCode, 0);
  const text = stdout.replace(/\s+/g, ' ');
  t.match(text, '127.0.0.1 → 127.0.0.1:8000/tcp timeout (proved), answer-eaten by rule 0: -A INPUT -s 127.0.0.1 -j REJECT');
  t.match(text, /tcp syn .* input filter INPUT reject .* icmp port-unreachable .* input filter INPUT reject/);
  t.match(text, 'advice: Client and server share 127.0.0.1');
});

t.test('probe: every protocol, both back ends, a verdict where one is asked for', async (t) => {
  const both = await loopfw([
    'probe',
    '::1',
    'udp://[::1]:53',
    '--backend',
    'nft,legacy',
    '--rule',
    'ip6tables -A OUTPUT -p udp -j DROP',
    '-r',
    'json',
  ]);
  t.equal(both.exitCode, 0);
  t.strictSame(
    readResult(both).scenarios.map(({ backend, probes }) => [backend, probes[0]?.observed?.outcome, probes[0]?.cause]),
    [
      ['nft', 'denied', 'dropped'],
      ['legacy', 'denied', 'dropped'],
    ],
  );
  t.match(await loopfw(['probe', '127.0.0.1', 'http://127.0.0.2:80', '--expect', 'refused']), {
    exitCode: 1,
    stdout: /Expected refused, observed connected/,
  });
  t.match(await loopfw(['probe', '127.0.0.1', 'tcp://127.0.0.2:80', '--no-server']), { exitCode: 0, stdout: /refused .* no-listener/ });
  t.match(await loopfw(['probe', '127.0.0.1', 'tcp://127.255.255.255:80']), { exitCode: 0, stdout: /unreachable .* local/ });
});

t.test('probe names the argument at fault', async (t) => {
  const cases: [string[], RegExp][] = [
    [['127.0.0.1', 'tcp://127.0.0.1:80', '--rule', '-A INPUT -j DROP', '--rule', '-A INPT -j DROP'], /--rule 2: .*did you mean "INPUT"/],
    [['10.0.0.300', 'tcp://127.0.0.1:80'], /FROM: expected a numeric IPv4 address/],
    [['10.0.0.1', 'tcp://127.0.0.1:80'], /127\.0\.0\.1 is everybody's own loopback/],
    [['127.0.0.1', '127.0.0.2:80', '--rule', '-A', 'INPUT', '-j', 'DROP'], /--rule .*quote the rule, as in --rule '-A INPUT/],
    [
      ['127.0.0.1', '127.0.0.2:80', '--rule', '-A INPUT -j DROP', '--ruleset', 'rules.v4'],
      /--ruleset <file>' cannot be used with option '--rule/,
    ],
    [
      ['127.0.0.1', '127.0.0.2'],
      /TO: missing port: expected tcp:\/\/ADDRESS:PORT, or icmp:\/\/127\.0\.0\.2 for a ping, found "127\.0\.0\.2"/,
    ],
    [['::1', '::1'], /TO: missing port: .* icmp:\/\/\[::1\] for a ping, found "::1"/],
    [['127.0.0.1:80', 'tcp://127.0.0.1:80'], /FROM: expected an address without a port, found "127\.0\.0\.1:80"/],
    [['[::1]:80', 'tcp://[::1]:80'], /FROM: expected an address without a port/],
    [['localhost', 'tcp://127.0.0.1:80'], /FROM: expected a numeric address, found "localhost": names are not looked up/],
    [['127.0.0.1', 'tpc://127.0.0.1:80'], /TO: .*did you mean "tcp"/],
    [['127.0.0.1', 'tcp://127.0.0.1:80', '--expect', 'refsed'], /--expect: .*did you mean "refused"/],
    [['127.0.0.1', 'tcp://127.0.0.1:80', '--timeout', 'soon'], /--timeout .*whole number of milliseconds/],
  ];
  for (const [args, message] of cases) {
    t.match(await loopfw(['probe', ...args]), { exitCode: 2, stdout: '', stderr: message });
  }
});

t.test('probe has --why and --no-advice, as run has', async (t) => {
  const reject = ['probe', '127.0.0.1', '127.0.0.1:80', '--rule', '-A INPUT -s 127.0.0.1 -j REJECT', '--expect', 'refused'];
  t.match((await loopfw(reject)).stdout, /advice \(tried: refused after/);
  for (const untried of [await loopfw([...reject, '--no-advice']), await loopfw(reject, { env: { LOOPFW_NO_ADVICE: '1' } })]) {
    t.match(untried.stdout, /advice: Client and server share/);
  }
  const passed = ['probe', '127.0.0.1', '127.0.0.2:80', '--rule', '-A INPUT -p udp --dport 80 -j DROP'];
  t.notMatch((await loopfw(passed)).stdout, /why not/);
  t.match((await loopfw([...passed, '--why'])).stdout, /why not: No rule ended the request: rule 0 wants -p udp/);
});
