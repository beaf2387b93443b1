// What is suspicious without being wrong: in every report, counted, silenced by its code, and a failure where that is asked for.
import { writeFileSync } from 'node:fs';
import t from 'tap';
import { loopfw } from '../../support/loopfw.js';
import { readResult } from '../../support/result.js';

const SUSPICIOUS = {
  name: 'rules of another machine',
  servers: { web: 'tcp://127.0.0.2:80' },
  rules: ['-A INPUT -i lo -j ACCEPT', '-A INPUT -i eth0 -j DROP', '-A FORWARD -o eth1 -j DROP'],
  probes: [{ from: '127.0.0.1', to: 'web', expect: 'connected' }],
};
const CODES = ['unknown-interface', 'unknown-interface', 'lo-accepts-all'];

function input(...scenarios: object[]) {
  return { input: JSON.stringify(scenarios, null, 1) };
}

t.test('a warning is in every report, with its place', async (t) => {
  const found = readResult(await loopfw(['run', '-r', 'json', '-'], input(SUSPICIOUS)));
  t.match(found.summary, { passed: 1, warnings: 3 });
  t.strictSame(
    found.scenarios.flatMap(({ warnings }) => warnings).map(({ code }) => code),
    CODES,
  );
  t.match(found.scenarios[0]?.warnings[0], { file: '<stdin>', line: 9, column: 4, message: /no interface "eth0"/ });
  const human = await loopfw(['run', '-'], input(SUSPICIOUS));
  t.match(human, { exitCode: 0, stderr: '' });
  t.match(human.stdout, /warning: the world has no interface "eth0"[^·]*<stdin>:9:4 · unknown-interface\n/);
  t.match(human.stdout, /✔ 1 passed, 3 warnings {2}1 scenario, /);
  for (const version of ['13', '14']) {
    const tap = await loopfw(['run', '-r', 'tap', '-'], { ...input(SUSPICIOUS), env: { TAP_VERSION: version } });
    t.match(tap.stdout, /^# <stdin>:9:4: warning: .* \(unknown-interface\)$/m, `TAP ${version}`);
  }
});

t.test('a bridge port that does not exist is unknown as an interface is', async (t) => {
  const scenario = {
    name: 'ports',
    bridges: { br0: { addresses: ['172.17.0.1/16'] } },
    clients: { a: { address: '172.17.0.2', via: 'br0' } },
    rules: ['-A FORWARD -m physdev --physdev-in veth1 -j ACCEPT', '-A FORWARD -m physdev ! --physdev-in eth9 -j DROP'],
    probes: [{ from: 'a', to: 'tcp://172.17.0.1:80', expect: 'closed' }],
  };
  const ended = await loopfw(['check', '-'], input(scenario));
  t.equal(ended.exitCode, 0);
  t.match(`${ended.stdout}${ended.stderr}`, /warning: no bridge of the world has a port "eth9": no packet comes or goes by it/);
  t.notMatch(`${ended.stdout}${ended.stderr}`, /"veth1"/);
});

t.test('the legacy back end and an ordinary user have the same warnings', async (t) => {
  for (const options of [{ ordinary: true }, {}]) {
    const ended = await loopfw(['run', '-r', 'json', '--backend', 'nft,legacy', '-'], { ...options, ...input(SUSPICIOUS) });
    const { summary, scenarios } = readResult(ended);
    t.equal(summary.warnings, 6, 'each run of a scenario has its own');
    t.strictSame(
      scenarios.map(({ warnings }) => warnings.map(({ code }) => code)),
      [CODES, CODES],
    );
  }
});

t.test('check prints them, a line each', async (t) => {
  const twice = [SUSPICIOUS, { ...SUSPICIOUS, name: 'again', rules: [] }];
  const checked = await loopfw(['check', '-'], input(...twice));
  t.match(checked, { exitCode: 0, stdout: 'no problems, 3 warnings: 1 file, 2 scenarios, 2 probes\n' });
  t.strictSame(
    checked.stderr.split('\n').map((line) => /\(([^()]*)\)$/.exec(line)?.[1]),
    [...CODES, undefined],
  );
  const failed = 'no problems, 3 warnings (a failure with --strict): 1 file, 2 scenarios, 2 probes\n';
  t.match(await loopfw(['check', '--strict', '-'], input(...twice)), { exitCode: 1, stdout: failed });
});

t.test('a scenario ignores a code', async (t) => {
  const ignoring = { ...SUSPICIOUS, ignore: ['unknown-interface'] };
  t.match(readResult(await loopfw(['run', '-r', 'json', '-'], input(ignoring))).scenarios, [{ warnings: [{ code: 'lo-accepts-all' }] }]);
  const silent = { ...SUSPICIOUS, ignore: ['unknown-interface', 'lo-accepts-all'] };
  t.match(await loopfw(['run', '--strict', '-'], input(silent)), { exitCode: 0 });
  t.match(await loopfw(['check', '--strict', '-'], input(silent)), { exitCode: 0, stderr: '' });
  t.match(await loopfw(['check', '-'], input({ ...SUSPICIOUS, ignore: ['unknown'] })), { exitCode: 2, stderr: /ignore\/0/ });
});

t.test('--strict makes a warning a failure, in a run and in the whole of its parts', async (t) => {
  t.match(await loopfw(['run', '--strict', '-'], input(SUSPICIOUS)), {
    exitCode: 1,
    stdout: /✖ 1 passed, 3 warnings \(a failure with --strict\) {2}/,
  });
  const tap = await loopfw(['run', '--strict', '-r', 'tap', '-'], input(SUSPICIOUS));
  t.match(tap, { exitCode: 1, stdout: /^# 3 warnings \(a failure with --strict\)$/m });
  t.match(await loopfw(['run', '-'], { ...input(SUSPICIOUS), env: { LOOPFW_STRICT: '1' } }), { exitCode: 1 });
  t.match(await loopfw(['run', '-'], { ...input(SUSPICIOUS), env: { LOOPFW_STRICT: '0' } }), { exitCode: 0 });
  const folder = t.testdir();
  for (const part of ['1', '2']) {
    const suite = input(SUSPICIOUS, { ...SUSPICIOUS, name: 'again' });
    const { stdout } = await loopfw(['run', '-r', 'json', '--shard', `${part}/2`, '-'], suite);
    writeFileSync(`${folder}/${part}.json`, stdout);
  }
  const parts = [`${folder}/1.json`, `${folder}/2.json`];
  t.match(readResult(await loopfw(['merge', '-r', 'json', ...parts])).summary, { scenarios: 2, warnings: 6 });
  t.match(await loopfw(['merge', ...parts]), { exitCode: 0 });
  t.match(await loopfw(['merge', '--strict', ...parts]), { exitCode: 1, stdout: /6 warnings \(a failure with --strict\)/ });
});

t.test('a single probe shows them before its answer', async (t) => {
  const probe = await loopfw(['probe', '127.0.0.1', 'tcp://127.0.0.2:80', '--rule', '-A INPUT -i eth0 -j DROP']);
  t.match(probe, { exitCode: 0, stdout: /^warning: the world has no interface "eth0"/ });
});

const LENGTH_RULE = '-A INPUT -p tcp -m length --length 61: -j DROP';
const CONNECTS = { from: '127.0.0.1', to: 'web', expect: 'connected' };
const WEB = { web: 'tcp://127.0.0.2:80' };
const HANDSHAKE = ['-P INPUT DROP', '-A INPUT -p tcp --syn -j ACCEPT', '-A INPUT -p tcp --tcp-flags SYN,ACK SYN,ACK -j ACCEPT'];

for (const [what, rules, ender] of [
  ['a rule for long packets', [LENGTH_RULE], 'rule 0'],
  ['a policy, behind rules for the handshake', HANDSHAKE, 'the policy of INPUT'],
] as const) {
  t.test(`connected-says-little: ${what}`, async (t) => {
    const scenario = { name: 'a', servers: WEB, rules, probes: [CONNECTS, { ...CONNECTS, name: 'again' }] };
    for (const options of [{}, { ordinary: true }]) {
      const result = readResult(await loopfw(['run', '-r', 'json', '--backend', 'nft,legacy', '-'], { ...options, ...input(scenario) }));
      t.match(result.summary, { passed: 4, warnings: 2 });
      t.match(result.scenarios[0]?.warnings, [{ code: 'connected-says-little' }]);
      t.match(
        result.scenarios[0]?.warnings[0]?.message,
        `the probe 127.0.0.1 → web connected, but ${ender} ends the data that the client would send (tried: a packet of 600 bytes): give the probe "send", which shows it, and let the rules accept the data`,
      );
    }
    const sending = { ...scenario, probes: [{ ...CONNECTS, send: 'x'.repeat(600), timeoutMs: 500 }] };
    t.match(readResult(await loopfw(['run', '-r', 'json', '-'], input(sending))), { summary: { failed: 1, warnings: 0 } });
    t.match(await loopfw(['check', '--strict', '-'], input(scenario)), { exitCode: 0 });
    t.match(await loopfw(['run', '--strict', '-'], input({ ...scenario, ignore: ['connected-says-little'] })), { exitCode: 0 });
  });
}

t.test('connected-says-little: NAT of other packets changes nothing', async (t) => {
  const other = '-t nat -A PREROUTING -p tcp --dport 8443 -j REDIRECT --to-ports 443';
  const own = '-t nat -A OUTPUT -p tcp --dport 80 -j REDIRECT --to-ports 80';
  const source = '-t nat -A POSTROUTING -s 127.0.0.1 -j SNAT --to-source 127.0.0.9';
  const scenarios = [[other], [own], [source]].map((nat, index) => ({
    name: `nat ${index}`,
    servers: { web: 'tcp://127.0.0.1:80' },
    rules: [...nat, LENGTH_RULE],
    probes: [CONNECTS],
  }));
  const result = readResult(await loopfw(['run', '-r', 'json', '-'], input(...scenarios)));
  t.match(
    result.scenarios.map(({ status, warnings }) => [status, warnings.map(({ code }) => code)]),
    [
      ['passed', ['connected-says-little']],
      ['passed', []],
      ['passed', []],
    ],
  );
});

t.test('not connected-says-little: data is accepted, or nothing connects', async (t) => {
  const established = '-A INPUT -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT';
  const scenarios = [
    { rules: [established, LENGTH_RULE], probes: [CONNECTS] },
    { rules: [LENGTH_RULE.replace('61:', '0:40')], probes: [CONNECTS] },
    { rules: ['-A INPUT -p tcp --tcp-flags ALL NONE -j DROP', '-A INPUT -p tcp --tcp-flags ALL FIN,PSH,URG -j DROP'], probes: [CONNECTS] },
    { rules: ['-P INPUT DROP'], probes: [{ ...CONNECTS, expect: 'timeout', timeoutMs: 300 }] },
    { rules: [LENGTH_RULE, '-I INPUT 1 -p tcp --syn -j REJECT'], probes: [{ ...CONNECTS, expect: 'connected' }] },
  ].map((scenario, index) => ({ name: `n${index}`, servers: WEB, ignore: ['related-missing'], ...scenario }));
  const { summary } = readResult(await loopfw(['run', '-r', 'json', '-'], input(...scenarios)));
  t.match(summary, { passed: 4, failed: 1, warnings: 0 });
});

t.test('a kind has at most 20 warnings, and the last of them counts the others', async (t) => {
  const rules = Array.from({ length: 32 }, (_, port) => `-A INPUT -p tcp --dport ${port + 1}`);
  const { stderr } = await loopfw(['check', '-'], input({ ...SUSPICIOUS, rules: [...rules, '-A INPUT -j ACCEPT'] }));
  const lines = stderr.split('\n').filter((line) => line.endsWith('(no-target)'));
  t.equal(lines.length, 20);
  t.match(lines.at(-1), /^<stdin>:\d+:\d+: warning: rule 19 .* \(and 12 more of this kind\) \(no-target\)$/);
});
