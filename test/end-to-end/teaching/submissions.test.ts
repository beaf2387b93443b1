// What students submit is run again: a file counts for nothing but its rules.
import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { execa } from 'execa';
import t from 'tap';
import { parseSubmission } from '../../../src/input/exercises/submission.js';
import { loopfw, withoutTap } from '../../support/loopfw.js';
import { ROOT } from '../../support/package.js';

const EXERCISE = '01-one-port-many-services';
const RIGHT = ['iptables -A INPUT -p tcp -d 127.0.0.11 --dport 80 -j REJECT'];
const WRONG = ['iptables -A INPUT -p tcp --dport 80 -j REJECT'];

const submit = (student: string, rules: string[], more: object = {}) => JSON.stringify({ exercise: EXERCISE, student, rules, ...more });

t.test('--submit writes the name of the exercise, the student and the lines of the file, and no result', async (t) => {
  const folder = t.testdir({ 'my.rules': `# mine\r\n${RIGHT[0]}\r\n` });
  const args = ['exercise', '1', '--rules', 'my.rules', '--submit', 'anna.json', '--student', 'Anna B.'];
  t.match(await loopfw(args, { cwd: folder }), { exitCode: 0, stdout: /\nanna\.json: your rules, for the teacher\n$/ });
  t.strictSame(JSON.parse(readFileSync(`${folder}/anna.json`, 'utf8')), {
    exercise: EXERCISE,
    student: 'Anna B.',
    rules: ['# mine', ...RIGHT],
  });
  t.match(await loopfw(args, { cwd: folder }), { exitCode: 2, stderr: /anna\.json is there already/ });
  t.match(await loopfw(['exercise', '--collect', 'anna.json'], { cwd: folder }), {
    exitCode: 0,
    stdout: `${EXERCISE}  1 of 1 all right\n  ✔ Anna B.  4 of 4\n`,
  });
});

t.test('without --student the submission has the login name', async (t) => {
  const folder = t.testdir({ 'my.rules': WRONG.join('\n') });
  t.equal((await loopfw(['exercise', EXERCISE, '--rules', 'my.rules', '--submit', 'my.json'], { cwd: folder })).exitCode, 1);
  const { stdout } = await execa('id', ['-un']);
  t.match(JSON.parse(readFileSync(`${folder}/my.json`, 'utf8')), { student: stdout, rules: WRONG });
});

t.test('rules with a mistake are not submitted', async (t) => {
  const folder = t.testdir({ 'my.rules': 'iptables -A INPUT -p tcp --dport 80 -j REJECTT\n' });
  const ended = await loopfw(['exercise', EXERCISE, '--rules', 'my.rules', '--submit', 'my.json'], { cwd: folder });
  t.match(ended, { exitCode: 2, stdout: '', stderr: /^my\.rules:1:1: error: .*"REJECT"/ });
  t.notOk(existsSync(`${folder}/my.json`));
});

t.test('a forged result is found by the run, and a harmful file does nothing', async (t) => {
  const folder = t.testdir({
    'anna.json': submit('anna', RIGHT),
    'forged.json': submit('ben', WRONG, { passed: 4, results: [{ status: 'passed' }], probes: [], start: RIGHT }),
    'path.json': submit('carl', RIGHT, { exercise: '../../../own' }),
    'own.json': submit('dora', RIGHT, { exercise: 'own' }),
    'queue.json': submit('eve', ['iptables -A INPUT -j NFQUEUE']),
    'file.json': submit('fred', ['iptables -A INPUT -m bpf --object-pinned /etc/hostname -j ACCEPT']),
    'shell.json': submit('greg', [`iptables -A INPUT -s $(touch ${t.testdirName}/touched) -j DROP`]),
    'include.json': submit('hugo', ['table inet x { include "/etc/hostname" }']),
    'modprobe.json': submit('ida', [`iptables --modprobe=${t.testdirName}/run -A INPUT -j DROP`]),
    'trace.json': submit('jan', ['iptables -t raw -A OUTPUT -j TRACE', ...WRONG]),
    'escape.json': submit('k\u001b[2Jim', WRONG),
    'two-lines.json': submit('leo', ['iptables -A INPUT -j DROP\nCOMMIT']),
    'huge.json': submit(
      'mia',
      Array.from({ length: 100_000 }, () => 'iptables -A INPUT -j DROP'),
    ),
    'many.json': submit(
      'nina',
      Array.from({ length: 1100 }, () => '-A INPUT -j DROP'),
    ),
    'text.json': 'root:x:0:0:private',
    run: '#!/bin/sh\ntouch touched\n',
  });
  symlinkSync('text.json', `${folder}/link.json`);
  const files = [
    'anna',
    'forged',
    'path',
    'own',
    'queue',
    'file',
    'shell',
    'include',
    'modprobe',
    'trace',
    'escape',
    'two-lines',
    'huge',
    'many',
    'text',
    'link',
    'none',
  ];
  const { exitCode, stdout, stderr } = await loopfw(['exercise', '--collect', ...files.map((name) => `${name}.json`)], { cwd: folder });
  t.equal(exitCode, 1);
  t.equal(stderr, '');
  for (const expected of [
    '1 of 9 all right',
    /✔ anna +4 of 4\n/,
    /✖ ben +2 of 4 +browser → blog: expected connected/,
    'not read of forged.json: "passed", "results", "probes" and "start"',
    /! eve +not run +queue\.json: line 1 of the rules: target NFQUEUE is refused/,
    /! fred +not run .*-m bpf is refused/,
    /! greg +not run .*line 1 of the rules: \$\(…\) is the output of a command/,
    /! hugo +not run .*found rules for nft/,
    /! ida +not run /,
    /✖ jan +2 of 4 /,
    /✖ k\\u\{1b\}\[2Jim +2 of 4 /,
    '! path.json: "exercise": expected the name of an exercise, found "../../../own"',
    '! own.json: the package has no exercise "own": of an exercise of your own, name the file',
    '! two-lines.json: "rules": expected',
    '! huge.json: larger than',
    '! many.json: "rules": expected at most 1000 lines',
    '! text.json: no submission',
    '! link.json: no submission',
    '! none.json: no such file',
  ]) {
    t.ok(typeof expected === 'string' ? stdout.includes(expected) : expected.test(stdout), String(expected), { stdout });
  }
  t.notMatch(stdout, /private|\u001b/);
  t.notOk(existsSync(`${folder}/touched`));
});

t.test('a submission is read key by key', (t) => {
  const good = { exercise: EXERCISE, student: 'anna', rules: ['-A INPUT -j DROP'] };
  t.strictSame(parseSubmission(JSON.stringify(good)), { submission: good, ignored: [] });
  for (const wrong of [
    { exercise: '/etc/x' },
    { exercise: '..' },
    { exercise: 3 },
    { exercise: 'x'.repeat(101) },
    { student: '  ' },
    { student: 'x'.repeat(101) },
    { rules: '-A INPUT' },
    { rules: [1] },
    { rules: ['x'.repeat(4097)] },
    { rules: undefined },
  ]) {
    t.match(parseSubmission(JSON.stringify({ ...good, ...wrong })), { problem: `"${Object.keys(wrong)[0]}": expected` });
  }
  for (const text of ['null', '[]', '"x"', '{', '', '['.repeat(100_000)]) {
    t.match(parseSubmission(text), { problem: 'no submission' });
  }
  t.end();
});

t.test('twenty students at once', async (t) => {
  const students = Array.from({ length: 20 }, (_, place) => `student-${String(place + 1).padStart(2, '0')}`);
  const folder = t.testdir(
    Object.fromEntries(students.map((student, place) => [`${student}.json`, submit(student, place % 4 === 0 ? WRONG : RIGHT)])),
  );
  const { exitCode, stdout } = await loopfw(['exercise', '--collect', ...students.map((student) => `${student}.json`)], { cwd: folder });
  t.equal(exitCode, 1);
  t.match(stdout, new RegExp(`^${EXERCISE} {2}15 of 20 all right\n`));
  for (const [place, student] of students.entries()) {
    t.match(stdout, new RegExp(`^ {2}${place % 4 === 0 ? '✖' : '✔'} ${student} {2}${place % 4 === 0 ? 2 : 4} of 4`, 'm'));
  }
});

t.test("a teacher's own exercise: its file is named, and its submissions alone are run", async (t) => {
  const own = {
    name: 'our own',
    servers: { web: 'tcp://127.0.0.2:8000' },
    exercise: { task: 'Drop it.', start: [], hints: ['-j DROP'], lesson: 'It was dropped.' },
    probes: [{ from: '127.0.0.1', to: 'web', expect: 'dropped' }],
  };
  const folder = t.testdir({
    'own.json': JSON.stringify(own),
    'my.rules': '-A INPUT -d 127.0.0.2 -j DROP\n',
    'other.json': submit('ben', RIGHT),
    'plain.json': JSON.stringify({ ...own, exercise: undefined }),
  });
  t.match(await loopfw(['exercise', './own.json'], { cwd: folder }), {
    exitCode: 0,
    stdout: /loopfw exercise \.\/own\.json --rules my\.rules/,
  });
  const done = await loopfw(['exercise', 'own.json', '--rules', 'my.rules', '--submit', 'anna.json', '--student', 'anna'], { cwd: folder });
  t.match(done, { exitCode: 0, stdout: /^✔ 1 of 1 right {2}own\n[^]*It was dropped\./ });
  t.match(await loopfw(['exercise', 'own.json', '--collect', 'anna.json', 'other.json', 'own.json'], { cwd: folder }), {
    exitCode: 1,
    stdout: `own  1 of 1 all right\n  ✔ anna  1 of 1\n\n! other.json: it is for the exercise "${EXERCISE}", and this is own\n! own.json: this is an exercise, no submission\n`,
  });
  t.match(await loopfw(['exercise', 'own'], { cwd: folder }), {
    exitCode: 2,
    stderr: 'loopfw: there is no exercise "own" (did you mean "own.json"?): loopfw exercise lists them',
  });
  t.match(await loopfw(['exercise', 'plain.json'], { cwd: folder }), {
    exitCode: 2,
    stderr: /expected one scenario with the key "exercise"/,
  });
});

t.test('Ctrl-C ends the run of submissions without a table', async (t) => {
  // What chance decides is not proved: the client waits.
  const own = {
    name: 'slow',
    servers: { web: 'tcp://127.0.0.2:8000' },
    exercise: { task: 'Drop it.', start: [], lesson: 'It was dropped.' },
    probes: [{ from: '127.0.0.1', to: 'web', expect: 'dropped', timeoutMs: 20_000 }],
  };
  const rules = ['-A INPUT -d 127.0.0.2 -m statistic --mode random --probability 1 -j DROP'];
  const folder = t.testdir({ 'slow.json': JSON.stringify(own), 'anna.json': submit('anna', rules, { exercise: 'slow' }) });
  const args = ['exercise', 'slow.json', '--collect', 'anna.json'];
  const child = execa('env', withoutTap(['node', `${ROOT}/dist/bin.js`, ...args]), { cwd: folder, reject: false });
  setTimeout(() => child.kill('SIGINT'), 1500);
  const { exitCode, stdout, stderr } = await child;
  t.match({ exitCode, stdout, stderr }, { exitCode: 130, stdout: '', stderr: 'loopfw: aborted' });
});
