// `loopfw exercise` and `loopfw tour` as a student types them.
import { existsSync, readFileSync } from 'node:fs';
import { execa } from 'execa';
import t from 'tap';
import { listExercises } from '../../../src/input/exercises/find.js';
import { loopfw, run, withoutTap } from '../../support/loopfw.js';
import { ROOT } from '../../support/package.js';

const BIN = `${ROOT}/dist/bin.js`;
const START = 'iptables -A INPUT -s 127.0.0.1 -j REJECT\n';
const SOLUTION = readFileSync(`${ROOT}/solutions/04-the-client-that-hangs.rules`, 'utf8');

t.test('without a name it lists the exercises', async (t) => {
  const { exitCode, stdout } = await loopfw(['exercise']);
  t.equal(exitCode, 0);
  const names = stdout
    .split('\n\n')[0]
    ?.split('\n')
    .map((line) => line.split(' ')[0]);
  t.strictSame(
    names,
    (await listExercises()).map(({ name }) => name),
  );
});

t.test('the list on a narrow terminal: titles are wrapped beside the names', async (t) => {
  const { stdout } = await loopfw(['exercise'], { env: { COLUMNS: '60' } });
  t.match(stdout, /^01-one-port-many-services {7}one port, many services\n02-127-127-127-127 {14}127\.127\.127\.127 answers too\n/);
  t.match(stdout, /\n04-the-client-that-hangs {8}the client that hangs\n/);
});

t.test('a name or a number shows the task, the world, the rules and the ways on, and writes nothing', async (t) => {
  const [byName, byNumber] = await Promise.all([loopfw(['exercise', '09-published-port']), loopfw(['exercise', '9'])]);
  t.strictSame(byName, byNumber);
  for (const line of [
    'servers     container  http://172.17.0.2:80, at the other end of docker0',
    '            other      http://192.0.2.60:8080, at the other end of eth0',
    'clients     laptop     192.0.2.50, at the other end of eth0',
    'interfaces  eth0       192.0.2.1/24',
    '  iptables -t nat -A PREROUTING -p tcp -d 192.0.2.1 --dport 8080 -j DNAT --to-destination 172.17.0.2:80',
    '  loopfw exercise 09-published-port --hint 1          gives the first of 3 hints',
  ]) {
    t.ok(byName.stdout.includes(`\n${line}\n`), line);
  }
  t.notMatch(byName.stdout, '-t nat -A OUTPUT', 'no solution');
});

t.test('on a narrow terminal nothing is wider but rules and commands', async (t) => {
  for (const width of [60, 80]) {
    for (const args of [['9'], ['6'], ['4', '--rules', '-']]) {
      const { stdout } = await loopfw(['exercise', ...args], { input: START, env: { COLUMNS: String(width) } });
      const long = stdout.split('\n').filter((line) => line.length > width && !/^ +(?:iptables|loopfw) /.test(line));
      t.strictSame(long, [], args.join(' '));
    }
  }
});

t.test('the marks: what is right, why the rest is wrong, and the way on', async (t) => {
  const { exitCode, stdout } = await loopfw(['exercise', '4', '--rules', '-'], { input: START });
  t.equal(exitCode, 1);
  t.match(stdout, /^✖ 1 of 4 right {2}04-the-client-that-hangs\n\n {2}✖ app → web /);
  t.match(stdout, / {2}answer {3}icmp port-unreachable 127\.0\.0\.1 → 127\.0\.0\.1\n.*the same rule again: rule 0/);
  t.match(stdout, '\nand 1 other mistake: correct the first ones, or let --verbose explain all\n');
  t.match(stdout, '  loopfw exercise 04-the-client-that-hangs --rules - --hint 1  with a hint\n');
  t.notMatch(stdout, /04-the-client-that-hangs\.json/, 'no place in a file that the student has not written');
});

t.test('hints come one by one', async (t) => {
  const { stdout } = await loopfw(['exercise', '4', '--hint', '2']);
  t.match(stdout, /^hint 1 of 3: .*\nhint 2 of 3: .*\n$/);
  const marked = await loopfw(['exercise', '4', '--rules', '-', '--hint', '1'], { input: START });
  t.match(marked.stdout, / --rules - --hint 2 {2}with the next hint\n\nhint 1 of 3: [^\n]*\n$/);
  const last = await loopfw(['exercise', '4', '--rules', '-', '--hint', '3'], { input: START });
  t.notMatch(last.stdout, 'with the next hint');
  t.match(await loopfw(['exercise', '4', '--hint', '4']), { exitCode: 2, stderr: /has only 3 hints/ });
});

t.test('rules in every form that students have', async (t) => {
  const state = '-A INPUT -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT';
  const reject = '-A INPUT -s 127.0.0.1 -j REJECT';
  const forms = {
    'with sudo and comments': `#!/bin/sh\n# mine\nsudo iptables ${state}   # answers\nsudo iptables ${reject}\n`,
    'of Windows': `iptables ${state}\r\niptables ${reject}\r\n`,
    'without iptables': `${state}\n${reject}\n`,
    mixed: `${state}\niptables ${reject}`,
    'a continued line': `iptables -A INPUT -m conntrack --ctstate RELATED,ESTABLISHED \\\n  -j ACCEPT\niptables ${reject}\n`,
    'of iptables-save': `*filter\n:INPUT ACCEPT [0:0]\n${state}\n${reject}\nCOMMIT\n`,
    'of iptables -S': `-P INPUT ACCEPT\n-P FORWARD ACCEPT\n-P OUTPUT ACCEPT\n${state}\n${reject}\n`,
  };
  for (const [form, input] of Object.entries(forms)) {
    t.match(await loopfw(['exercise', '4', '--rules', '-'], { input }), { exitCode: 0, stdout: '✔ 4 of 4 right' }, form);
  }
  for (const input of ['', '\n# nothing yet\n']) {
    t.match(await loopfw(['exercise', '4', '--rules', '-'], { input }), { exitCode: 1, stdout: '✖ 1 of 4 right' }, 'no rules');
  }
});

t.test('mistakes in the rules are shown at their lines', async (t) => {
  const folder = t.testdir({
    'my.rules': 'iptables -A INPUT -s 127.0.0.1 -j REJECT\niptables -A INPUT -p tcp --dprt 80 -j DROP\niptabels -A INPUT -j DROP\n',
  });
  const { exitCode, stdout, stderr } = await loopfw(['exercise', '4', '--rules', 'my.rules'], { cwd: folder });
  t.equal(exitCode, 2);
  t.equal(stdout, '');
  t.match(stderr, /^my\.rules:2:1: error: .*--dprt[^]*my\.rules:3:1: error: .*iptabels/);
  t.match(stderr, /2 problems in the rules\n$/);
});

t.test('usage errors', async (t) => {
  const folder = t.testdir({ 'my.rules': START });
  for (const [args, message] of [
    [['rejct-types'], 'there is no exercise "rejct-types"'],
    [['07-rejct-types'], 'did you mean "07-reject-types"?'],
    [['99'], 'there is no exercise "99"'],
    [['none.json'], 'no such file'],
    [['--rules', 'my.rules'], '--rules needs the name of an exercise'],
    [['4', '--rules', 'none.rules'], 'no such file'],
    [['4', '--submit', 'x.json'], '--submit needs the rules'],
    [['4', '--rules', 'my.rules', '--student', 'anna'], '--student needs --submit'],
    [['4', '--start', 'my.rules'], 'my.rules is there already'],
    [['4', '--start', 'x.rules', '--rules', 'my.rules'], '--start only writes'],
    [['4', '--hint', '0'], 'Expected the number of a hint'],
    [['--collect', 'x.json', '--hint', '1'], '--collect runs what students have submitted: leave out --hint'],
  ] as const) {
    const ended = await loopfw(['exercise', ...args], { cwd: folder });
    t.equal(ended.exitCode, 2, args.join(' '));
    t.ok(ended.stderr.includes(message), args.join(' '), { message, ...ended });
  }
  t.equal(readFileSync(`${folder}/my.rules`, 'utf8'), START);
  t.notOk(existsSync(`${folder}/x.json`));
});

t.test('a reader that closes early is no error', async (t) => {
  for (const command of ['exercise 12', 'exercise 4 --rules -', 'tour']) {
    const piped = `set -o pipefail; node ${BIN} ${command} | head -n 1`;
    const ended = await run('bash', ['-c', piped], { input: SOLUTION });
    t.match(ended, { exitCode: 0, stderr: '', stdout: /^.+\n$/ }, command);
  }
});

for (const ordinary of [false, true]) {
  t.test(`the tour tells the story in five steps${ordinary ? ', as an ordinary user' : ''}`, async (t) => {
    const { exitCode, stdout, stderr } = await loopfw(['tour'], { ordinary });
    t.match({ exitCode, stderr }, { exitCode: 0, stderr: '' });
    const steps = stdout.split(/^(?=\d of 5: )/m);
    t.equal(steps.length, 5);
    t.match(steps[0], /timeout after 1\d{3}(?:\.\d+)? ms, answer-eaten by rule 0/);
    t.match(steps[1], /refused after \d+(?:\.\d+)? ms, rejected by rule 0/);
    t.match(steps[2], /timeout after 1\d{3}(?:\.\d+)? ms, dropped by rule 0/);
    t.match(steps[3], /refused after \d+(?:\.\d+)? ms, no-listener/);
    t.match(steps[4], '  loopfw exercise ');
  });
}

t.test('on a terminal, Enter goes on and q ends', async (t) => {
  const show = async (keys: string) => {
    const words = withoutTap(['node', BIN, 'tour'], { TERM: 'xterm' });
    const command = ['env', ...words].map((word) => `'${word.replaceAll("'", String.raw`'\''`)}'`).join(' ');
    // script(1) gives the program a terminal.
    const { stdout, exitCode } = await execa('script', ['-qec', command, '/dev/null'], { input: keys, reject: false });
    return { exitCode, steps: stdout.match(/\d of 5: /g)?.length };
  };
  t.strictSame(await show('\nq\n'), { exitCode: 0, steps: 2 });
  t.strictSame(await show('\n\n\n\n'), { exitCode: 0, steps: 5 });
});
