// The commands for programs in a world: loopfw fault, heal, rules, and probe.
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { loopfw } from '../../support/loopfw.js';
import { getPackage } from '../../support/package.js';

const SHOP = {
  name: 'shop',
  servers: { web: 'tcp://127.0.0.2:8000' },
  clients: { app: '127.0.0.1' },
  rules: ['-A INPUT -p tcp --dport 22 -j DROP'],
  probes: [{ from: 'app', to: 'web', expect: 'connected' }],
};

/** Runs a script of sh in the world of a scenario. `loopfw` is a function there. The exit code of each line follows its output as `[0]`. */
async function inWorld(lines: string[], { ordinary = false, world = SHOP }: { ordinary?: boolean; world?: object } = {}) {
  const { folder } = await getPackage(ordinary);
  const script = [`loopfw() { node ${folder}/dist/bin.js "$@"; }`, 'exec 2>&1', ...lines.map((line) => `${line}; echo "[$?]"`)].join('\n');
  const { stdout } = await loopfw(['exec', '-', '--', 'sh', '-c', script], { input: JSON.stringify(world), ordinary });
  return stdout.split(/\[(\d+)\]\n/);
}

for (const ordinary of [false, true]) {
  t.test(`faults are put, listed and healed${ordinary ? ' by an ordinary user' : ''}`, async (t) => {
    const said = await inWorld(
      [
        'loopfw fault',
        'loopfw fault refused=127.0.0.2:5432 dropped=udp://10.255.255.1,after=1m',
        'curl -sS http://127.0.0.2:5432/ || curl -sS http://127.0.0.2:5432/',
        'loopfw fault',
        'loopfw fault -r json',
        'loopfw heal 7 1',
        'loopfw fault',
        'loopfw heal',
        'loopfw fault',
      ],
      { ordinary },
    );
    const [none, , put, , , , listed, , json, , healed, code, left, , , , last] = said;
    t.equal(none, 'no faults\n');
    t.equal(put, '1\n2\n');
    t.equal(listed, '1  refused=127.0.0.2:5432               2 connections\n2  dropped=udp://10.255.255.1,after=1m  never touched\n');
    t.match(JSON.parse(json ?? ''), [
      { id: 1, fault: 'refused=127.0.0.2:5432', connections: 2 },
      { id: 2, connections: 0 },
    ]);
    t.strictSame([healed, code], ['loopfw: no fault has the number 7, or it has been healed\n', '2']);
    t.notMatch(left, 'refused', 'the others are healed all the same');
    t.equal(last, 'no faults\n');
  });
}

t.test('rules are listed with their counters, and replaced as a whole', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'loopfw-rules-'));
  const file = join(folder, 'rules.v4');
  await writeFile(file, '*filter\n-A INPUT -d 127.0.0.2 -p tcp -j DROP\nCOMMIT\n');
  const [first, , , , probed, , second, , , , third, , wrong, code, fourth] = await inWorld([
    'loopfw rules',
    `loopfw rules --rule '-A INPUT -d 127.0.0.2 -j REJECT' --rule '-N SPARE'`,
    'loopfw probe app web',
    'loopfw rules',
    `loopfw rules --ruleset ${file}`,
    'loopfw rules',
    `printf '*filter\\n-A INPUT -p xdp -j DROP\\nCOMMIT\\n' | loopfw rules --ruleset -`,
    'loopfw rules',
  ]);
  t.equal(first, 'packets  bytes\n      0      0  rule 0  -A INPUT -p tcp --dport 22 -j DROP\n');
  t.match(probed, /refused after .*, rejected by rule 0: -A INPUT -d 127.0.0.2 -j REJECT\n[^]*input {2}filter INPUT {2}reject/);
  t.equal(second, 'packets  bytes\n      1     60  rule 0  -A INPUT -d 127.0.0.2 -j REJECT\n      –      –  rule 1  -N SPARE\n');
  t.equal(third, 'packets  bytes\n      0      0  rule 0 (rules.v4:2)  -A INPUT -d 127.0.0.2 -p tcp -j DROP\n');
  t.match(wrong, '<stdin>:2:');
  t.equal(code, '2');
  t.equal(fourth, third, 'a mistake changes nothing');
});

t.test('a probe asks the world, unless it has rules of its own', async (t) => {
  const [connected, code, closed, expected, refused, , json, , own, , options, usage] = await inWorld([
    'loopfw probe 127.0.0.1 127.0.0.2:8000 --expect connected',
    'loopfw probe app web --expect closed',
    'loopfw probe 127.0.0.1 tcp://127.0.0.1:9 -q',
    'loopfw probe app web -r json',
    `loopfw probe 127.0.0.1 127.0.0.2:22 --rule '-A INPUT -j DROP' -q`,
    'loopfw probe app web --in eth0',
  ]);
  t.match(connected, /^127\.0\.0\.1 → 127\.0\.0\.2:8000\/tcp {2}connected/);
  t.equal(code, '0');
  t.match(closed, /^✖ .*failed\n/);
  t.equal(expected, '1');
  t.match(refused, /^127\.0\.0\.1 → 127\.0\.0\.1:9\/tcp {2}refused.*no-listener\n$/);
  t.match(JSON.parse(json ?? ''), { client: 'app', server: 'web', observed: { outcome: 'connected' } });
  t.match(own, 'timeout (proved), dropped by rule 0: -A INPUT -j DROP');
  t.match(options, '--in is for a world of the probe');
  t.equal(usage, '2');
});

t.test('outside of a world, and when it has ended', async (t) => {
  for (const command of [['fault', 'refused=:80'], ['heal', '1'], ['rules']]) {
    const { exitCode, stderr } = await loopfw(command);
    t.equal(exitCode, 2);
    t.match(stderr, `Write loopfw shell, and there loopfw ${command.join(' ')};`);
    const ended = await loopfw(command, { env: { LOOPFW_CONTROL: '/dev/null/none' } });
    t.equal(ended.exitCode, 3);
    t.match(ended.stderr, /^loopfw: the world has ended: nothing answers at \/dev\/null\/none\n$/);
  }
});
