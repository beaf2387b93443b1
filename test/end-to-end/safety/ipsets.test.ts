// Files of ipsets that would write files, ask a resolver or take memory, and machines that lack what a scenario's ipsets need.
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { loopfw, run, withoutFrames } from '../../support/loopfw.js';

const needsRoot = { skip: process.getuid?.() !== 0 && !process.env['CI'] && 'needs root' };

const PROBES = [{ from: '127.0.0.1', to: 'tcp://127.0.0.2:80', expect: 'closed' }];

/** Each with the place of its first mistake. */
const HOSTILE: Record<string, string> = {
  'create a hash:ip\nsave a -file pwned\n': '2:1',
  'create a hash:ip\nlist a -file pwned\n': '2:1',
  'create a hash:ip -file pwned\n': '1:18',
  'create a hash:ip -exist -file pwned\n': '1:25',
  '-! save a -file pwned\n': '1:4',
  'create a hash:ip comment\nadd a 192.0.2.1 comment "x\rsave a -file pwned"\n': '2:27',
  'create a hash:ip\u0000\nsave a -file pwned\n': '1:17',
  'create a hash:ip\nadd a localhost\n': '2:7',
  'create a hash:ip hashsize 67108864\n': '1:27',
  'create a hash:ip\nadd a 10.0.0.0/8\n': '2:7',
  'create a hash:foo\n': '1:10',
};

t.test('a hostile file is refused with its place, and nothing is written', async (t) => {
  for (const [text, place] of Object.entries(HOSTILE)) {
    const folder = t.testdir({ 'ipset.save': text });
    writeFileSync(join(folder, 'x.json'), JSON.stringify({ name: 'x', ipsets: { file: 'ipset.save' }, probes: PROBES }));
    const { exitCode, stdout, stderr } = await loopfw(['run', 'x.json'], { cwd: folder });
    t.equal(exitCode, 2, text);
    t.equal(stdout, '');
    t.ok(stderr.startsWith(`ipset.save:${place}: error: `), `${JSON.stringify(text)}: ${stderr}`);
    t.strictSame(readdirSync(folder).sort(), ['ipset.save', 'x.json']);
    t.notOk(existsSync('pwned'));
  }
});

t.test('a rule set that names an ipset which nobody gives: the place of the name, and the line to write', async (t) => {
  const folder = t.testdir({
    'rules.v4':
      '*filter\n:INPUT ACCEPT [0:0]\n-A INPUT -p tcp -m set --match-set f2b-sshd src -j DROP\n-A INPUT -m set --match-set f2b-sshd dst -j DROP\nCOMMIT\n',
    'x.json': JSON.stringify({ name: 'x', ruleset: { file: 'rules.v4' }, probes: PROBES }),
  });
  const { exitCode, stderr } = await loopfw(['run', 'x.json'], { cwd: folder });
  t.equal(exitCode, 2);
  t.match(
    withoutFrames(stderr),
    /^rules\.v4:3:36: error: there is no ipset "f2b-sshd": add "ipsets": \{ "f2b-sshd": \[\] \} with its elements to the scenario, or "ipsets": \{ "file": "ipset\.save" \} with what ipset save wrote\n1 problem/,
  );
});

t.test('a type that the kernel lacks: exit 3 with its name', async (t) => {
  const types = ['hash:mac', 'hash:ip,mark', 'hash:net,net', 'hash:net,port,net', 'hash:ip,mac'];
  const lacking: string[] = [];
  for (const type of types) {
    const scenario = { name: 'x', ipsets: { x: { type, entries: [] } }, rules: [], probes: PROBES };
    const { exitCode, stderr, stdout } = await loopfw(['run', '-'], { input: JSON.stringify(scenario) });
    t.match(String(exitCode), /^[03]$/, stderr);
    if (exitCode === 3) {
      lacking.push(type);
      t.match(stdout, `this kernel lacks the type ${type} of the ipset x`);
    }
  }
  t.comment(`this kernel lacks ${lacking.join(' ')}`);
});

t.test('what only ipset itself refuses is a mistake that names the element', async (t) => {
  const scenario = { name: 'x', ipsets: { x: { type: 'hash:ip', entries: ['0.0.0.0'] } }, rules: [], probes: PROBES };
  const { exitCode, stdout } = await loopfw(['run', '-'], { input: JSON.stringify(scenario) });
  t.equal(exitCode, 2);
  t.match(stdout, 'ipset refuses "add x 0.0.0.0": Null-valued element, cannot be stored in a hash type of set');
});

t.test('without the program ipset: exit 3 with the package', needsRoot, async (t) => {
  const folder = t.testdir({ 'x.json': JSON.stringify({ name: 'x', ipsets: { x: [] }, rules: [], probes: PROBES }) });
  const script = `mount --bind /dev/null "$(readlink -f "$(command -v ipset)")" && exec node dist/bin.js run ${join(folder, 'x.json')}`;
  const { exitCode, stderr } = await run('unshare', ['--mount', 'sh', '-c', script]);
  t.equal(exitCode, 3);
  t.match(stderr, 'ipset is not in PATH, /usr/sbin or /sbin: install the package ipset (Debian: apt-get install ipset)');
});
