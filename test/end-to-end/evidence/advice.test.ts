// Advice is given after it has helped: in a second world, in which the whole scenario has run.
import { chmod, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import type { ProbeResult } from '../../../src/model/result.js';
import { loopfw } from '../../support/loopfw.js';
import { readResult } from '../../support/result.js';

/** They wait for clients half of the time. */
t.jobs = 2;

const WAYS = [
  { backend: 'nft', ordinary: false },
  { backend: 'legacy', ordinary: true },
] as const;

type Way = Partial<(typeof WAYS)[number]>;

/** Runs a scenario, with rule set files beside it. */
async function runOne(
  scenario: object,
  { backend = 'nft', ordinary = true }: Way = {},
  files: Record<string, string> = {},
  options: string[] = [],
) {
  const folder = await mkdtemp(join(tmpdir(), 'loopfw-advice-'));
  await chmod(folder, 0o755);
  await Promise.all(
    Object.entries({ 's.json': JSON.stringify(scenario), ...files }).map(([name, text]) => writeFile(join(folder, name), text)),
  );
  const ended = await loopfw(['run', '-r', 'json', '--backend', backend, ...options, join(folder, 's.json')], { ordinary });
  return readResult(ended).scenarios.flatMap(({ probes }): ProbeResult[] => probes);
}

const SERVERS = { web: 'tcp://127.0.0.2:80', ssh: 'tcp://127.0.0.2:22' };
const LOCAL = '127.0.0.1';
const STATE = '-m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT';
const HELPED = { outcome: 'connected', elapsedMs: Number, changed: [] };

for (const way of WAYS) {
  t.test(`the one address, by ${way.backend}: the advice has helped, and other probes of the same advice know it`, async (t) => {
    const probe = { from: LOCAL, to: 'web', expect: 'refused' };
    const probes = await runOne(
      { name: 'one address', servers: { web: 'tcp://127.0.0.1:80' }, rules: ['-A INPUT -s 127.0.0.1 -j REJECT'], probes: [probe, probe] },
      way,
    );
    for (const each of probes) {
      t.match(each, { status: 'failed', cause: 'answer-eaten', adviceTrial: { outcome: 'refused', elapsedMs: Number, changed: [] } });
      t.match(each.advice, /^Client and server share 127\.0\.0\.1, .* -I INPUT 1 -m conntrack .* Another way, not tried: /);
    }
  });

  t.test(`a rule that comes too late, by ${way.backend}: it changes another probe`, async (t) => {
    const [web, ssh] = await runOne(
      {
        name: 'order',
        servers: SERVERS,
        rules: ['-A INPUT -s 127.0.0.9 -j DROP', '-A INPUT -s 127.0.0.9 -p tcp -j ACCEPT'],
        probes: [
          { from: '127.0.0.9', to: 'web', expect: { outcome: 'connected', rule: 1 } },
          { from: '127.0.0.9', to: 'ssh', expect: 'dropped' },
        ],
      },
      way,
    );
    t.equal(web?.advice, 'Move rule 1 (-A INPUT -s 127.0.0.9 -p tcp -j ACCEPT) up, before rule 0.');
    t.strictSame(web?.adviceTrial?.changed, [{ index: 1, name: '127.0.0.9 → ssh', phase: null, from: 'dropped', to: 'connected' }]);
    t.match(ssh, { status: 'passed', advice: null, adviceTrial: null });
  });

  t.test(`a rule that comes too late, by ${way.backend}: the rule before it would end the answer too`, async (t) => {
    const rules = ['-A INPUT -p tcp -j DROP', '-A INPUT -p tcp --dport 80 -j ACCEPT'];
    const [web] = await runOne({ name: 'both', servers: SERVERS, rules, probes: [{ from: LOCAL, to: 'web', expect: 'connected' }] }, way);
    t.match(web, { cause: 'dropped', adviceTrial: HELPED });
    t.match(web?.advice, /^Move rule 1 .* up, before rule 0\. Also accept the answers first: -I INPUT 1 -m conntrack /);
    t.match(web?.notes, [{ text: 'Rule 1 would accept the request, but rule 0 came first and dropped it.' }], 'the move is said once');
    const inserted = rules.map((rule) => rule.replace('-A', '-I')).reverse();
    const [late] = await runOne(
      { name: '-I', servers: SERVERS, rules: inserted, probes: [{ from: LOCAL, to: 'web', expect: 'connected' }] },
      way,
    );
    t.match(late, { cause: 'dropped', adviceTrial: HELPED });
    t.match(late?.advice, /^Write rule 1 with -A: -I has put it before rule 0 .*\. Also accept the answers first: -I INPUT 1 /);
    t.match(late?.notes, [{ text: 'Rule 0 would accept the request, but rule 1 came first (-I put it there) and dropped it.' }]);
  });

  t.test(`an answer that two rules end, by ${way.backend}: no advice helps, and none is given`, async (t) => {
    const scenario = {
      name: 'twice',
      servers: SERVERS,
      rules: ['-A INPUT -p tcp --sport 80 -j DROP', '-t mangle -A INPUT -p tcp --sport 80 -j DROP'],
      probes: [{ from: LOCAL, to: 'web', expect: 'connected' }],
    };
    t.match(await runOne(scenario, way), [{ status: 'failed', cause: 'answer-eaten', advice: null, adviceTrial: null }]);
    const untried = await runOne(scenario, way, {}, ['--no-advice']);
    t.match(untried, [{ advice: /-t mangle -I INPUT 1 /, adviceTrial: null }], 'untried it would have been given');
  });

  t.test(`chance, by ${way.backend}: it decides once, and proves nothing`, async (t) => {
    const run = (match: string) =>
      runOne(
        {
          name: 'chance',
          servers: SERVERS,
          rules: ['-P INPUT DROP', `-A INPUT -p tcp --dport 80 ${match} -j ACCEPT`, `-A OUTPUT -p tcp --sport 22 ${match} -j DROP`],
          probes: [{ from: LOCAL, to: 'web', timeoutMs: 300, expect: 'connected' }],
        },
        way,
      );
    t.match(await run('-m limit --limit 5/second'), [{ advice: /accept the answers first/, adviceTrial: null }]);
    t.match(await run('-m statistic --mode nth --every 1 --packet 0'), [{ advice: /accept the answers first/, adviceTrial: null }]);
    t.match(await run(''), [{ advice: /accept the answers first/, adviceTrial: HELPED }]);
  });
}

t.test('a limit that only decides what is logged is no chance', async (t) => {
  const rules = ['-N LOGGED', '-A LOGGED -m limit --limit 3/min -j LOG', '-A LOGGED -m limit --limit 1/min -j RETURN', '-A LOGGED -j LOG'];
  const probes = await runOne({
    name: 'logged',
    servers: SERVERS,
    rules: [...rules, '-P INPUT DROP', '-A INPUT -m limit --limit 3/min -j LOGGED', '-A INPUT -p tcp --dport 80 -j ACCEPT'],
    probes: [{ from: LOCAL, to: 'web', timeoutMs: 300, expect: 'connected' }],
  });
  t.match(probes, [{ adviceTrial: HELPED }]);
});

t.test('in a saved file the advice has lines', async (t) => {
  const save = (...lines: string[]) => ['*filter', ':INPUT DROP [0:0]', ...lines, 'COMMIT', ''].join('\n');
  const run = (text: string) =>
    runOne(
      { name: 'saved', servers: SERVERS, ruleset: { file: 'rules.v4' }, probes: [{ from: LOCAL, to: 'web', expect: 'connected' }] },
      {},
      { 'rules.v4': text },
    );
  const web = '-A INPUT -p tcp -m tcp --dport 80 -j ACCEPT';
  const [missing] = await run(save(web));
  t.match(missing, { advice: `accept the answers first: -A INPUT ${STATE}, before line 3 of rules.v4.`, adviceTrial: HELPED });
  const [late] = await run(save(web, '-A INPUT -j DROP', `-A INPUT ${STATE}`));
  t.match(late, {
    advice: `Move line 5 of rules.v4 (-A INPUT ${STATE}) up, before line 4.`,
    adviceTrial: HELPED,
  });
});

t.test('in a native file the advice has its words, and rules keep their expectations by number', async (t) => {
  const nft = (...rules: string[]) =>
    `table inet fw {\n  chain in {\n    type filter hook input priority 0;\n${rules.map((rule) => `    ${rule}\n`).join('')}  }\n}`;
  const run = (last: number, ...rules: string[]) =>
    runOne(
      {
        name: 'native',
        servers: SERVERS,
        ruleset: { file: 'fw.nft' },
        probes: [
          { from: LOCAL, to: 'web', expect: { outcome: 'connected', rule: 0 } },
          { from: LOCAL, to: 'tcp://127.0.0.2:81', expect: { cause: 'dropped', rule: last } },
        ],
      },
      {},
      { 'fw.nft': nft(...rules) },
    );
  const inserted = await run(1, 'tcp dport 80 accept', 'drop');
  t.match(inserted, [
    { advice: /: ct state established,related accept, at the head of the chain "in" \(table fw, hook input\);/, adviceTrial: HELPED },
    { status: 'passed' },
  ]);
  const moved = await run(3, 'tcp dport 80 accept', 'tcp sport 80 drop', 'ct state established accept', 'drop');
  t.match(moved, [
    {
      advice: 'Move line 6 of fw.nft (ct state established accept) up, before line 5.',
      adviceTrial: HELPED,
    },
    { status: 'passed' },
  ]);
  t.match(await run(1, 'tcp dport 80 limit rate 9/second accept', 'drop'), [{ advice: /ct state/, adviceTrial: null }, {}], 'a rate');
});

t.test('what takes the packets out of connection tracking is named, and not what it makes useless', async (t) => {
  const probes = await runOne({
    name: 'untracked',
    servers: SERVERS,
    rules: [
      '-t raw -A OUTPUT -o lo -j NOTRACK',
      '-P INPUT DROP',
      `-A INPUT ${STATE}`,
      '-A INPUT -p tcp --dport 80 -j ACCEPT',
      `-I INPUT 1 ${STATE}`,
    ],
    probes: [{ from: LOCAL, to: 'web', timeoutMs: 300, expect: 'connected' }],
  });
  t.match(probes, [{ advice: /^Rule 0 \(-t raw -A OUTPUT -o lo -j NOTRACK\) .*: remove it/, adviceTrial: HELPED }]);
});

t.test('a redirect for what comes in, and a client of the host itself', async (t) => {
  const probes = await runOne({
    name: 'redirect',
    servers: { app: 'tcp://127.0.0.1:8080' },
    rules: ['-t nat -A PREROUTING -p tcp --dport 80 -j REDIRECT --to-ports 8080'],
    probes: [
      { from: LOCAL, to: 'tcp://127.0.0.2:80', expect: 'closed' },
      { from: LOCAL, to: 'tcp://127.0.0.2:80', expect: 'connected' },
    ],
  });
  t.match(probes[1]?.advice, /-t nat -A OUTPUT -o lo -p tcp -m tcp --dport 80 -j REDIRECT --to-ports 8080/);
  t.strictSame(
    probes[1]?.adviceTrial?.changed.map(({ index, from }) => [index, from]),
    [[0, 'no-listener']],
  );
});

t.test('a setting, a server, an address to listen on, and a DROP that is to refuse', async (t) => {
  const [routed] = await runOne({
    name: 'route_localnet',
    interfaces: { eth0: { addresses: ['192.0.2.1/24'] } },
    servers: { app: 'tcp://127.0.0.1:80' },
    clients: { outside: { address: '192.0.2.9', via: 'eth0' } },
    rules: ['-t nat -A PREROUTING -p tcp --dport 8080 -j DNAT --to-destination 127.0.0.1:80'],
    probes: [{ from: 'outside', to: 'tcp://192.0.2.1:8080', timeoutMs: 300, expect: 'connected' }],
  });
  t.match(routed, { advice: /"sysctl": \{ "net\.ipv4\.conf\.eth0\.route_localnet": 1 \}/, adviceTrial: HELPED });
  const [closed, unheard] = await runOne({
    name: 'servers',
    servers: { dns: 'udp://0.0.0.0:53' },
    probes: [
      { from: LOCAL, to: 'tcp://127.0.0.2:443', expect: 'connected' },
      { from: LOCAL, to: 'udp://127.0.0.2:53', timeoutMs: 300, expect: 'connected' },
    ],
  });
  t.match(closed, { advice: /^Nothing listens on 127\.0\.0\.2:443/, adviceTrial: HELPED });
  t.match(unheard, { advice: /Let it listen on 127\.0\.0\.2\.$/, adviceTrial: HELPED });
  const [outside] = await runOne({
    name: 'a machine outside',
    interfaces: { eth0: { addresses: ['192.0.2.1/24'] } },
    servers: { other: { protocol: 'tcp', address: '192.0.2.9', port: 443, via: 'eth0' } },
    probes: [{ from: '192.0.2.1', to: 'tcp://192.0.2.9:444', expect: 'connected' }],
  });
  t.match(outside, { advice: /^Nothing listens on 192\.0\.2\.9:444/, adviceTrial: HELPED });
  const [dropped] = await runOne({
    name: 'drop',
    rules: ['-A INPUT -p tcp --dport 80 -j DROP'],
    servers: SERVERS,
    probes: [{ from: LOCAL, to: 'web', expect: 'refused' }],
  });
  t.match(dropped, { advice: /Let rule 0 end with -j REJECT/, adviceTrial: { outcome: 'refused', changed: [] } });
});

t.test('a client over IPv6 with little time: a reset, or more time where the ICMP error is expected', async (t) => {
  const probe = { from: '::1', to: 'web', timeoutMs: 300 };
  const [any, icmp] = await runOne({
    name: 'little time',
    addresses: [{ address: '2001:db8::2/128', interface: 'lo' }],
    servers: { web: 'tcp://[2001:db8::2]:80' },
    rules: ['-A INPUT -d 2001:db8::2 -j REJECT'],
    probes: [
      { ...probe, expect: 'refused' },
      { ...probe, expect: { outcome: 'refused', icmp: 'port-unreachable' } },
    ],
  });
  t.match(any, { advice: /--reject-with tcp-reset tells it at once\.$/, adviceTrial: { outcome: 'refused' } });
  t.match(icmp, { advice: /give it more time, "timeoutMs": 2500\.$/, adviceTrial: { outcome: 'refused' } });
});

t.test('each trial begins without history', async (t) => {
  const ssh = { from: LOCAL, to: 'ssh', expect: 'connected' };
  const recent = '-A INPUT -p tcp --dport 22 --syn -m recent --name SSH';
  const [first, second, web] = await runOne({
    name: 'history',
    servers: SERVERS,
    rules: [`${recent} --set`, `${recent} --rcheck --hitcount 3 -j REJECT`, '-A INPUT -p tcp --sport 80 -j DROP', `-A INPUT ${STATE}`],
    probes: [ssh, ssh, { from: LOCAL, to: 'web', expect: 'connected' }],
  });
  t.match([first, second], [{ status: 'passed' }, { status: 'passed' }]);
  t.match(web, { adviceTrial: HELPED }, 'with the SYNs of the run before, the third to ssh would be rejected');
});
