// Several rule set files in one world, on the real kernel: all of them judge a packet.
import t from 'tap';
import { loopfw, withoutFrames } from '../../support/loopfw.js';
import { getVerdicts, readResult } from '../../support/result.js';

const FOLDER = 'test/end-to-end/rulesets/several';

t.test(`${FOLDER} passes, and an ordinary user sees the same`, async (t) => {
  const [own, ordinary] = await Promise.all([
    loopfw(['run', '-r', 'json', FOLDER]),
    loopfw(['run', '-r', 'json', FOLDER], { ordinary: true }),
  ]);
  t.equal(own.exitCode, 0, own.stderr);
  t.strictSame(getVerdicts(readResult(ordinary)), getVerdicts(readResult(own)));
});

t.test('indices run on through the files in their order; each rule has its file, its line and its count', async (t) => {
  const result = readResult(await loopfw(['run', '-r', 'json', '--grep', 'a native table', FOLDER]));
  const [scenario] = result.scenarios;
  const rules = scenario?.rules ?? [];
  t.strictSame(
    rules.map(({ index }) => index),
    rules.map((_, place) => place),
  );
  t.strictSame(
    rules.map(({ file, line }) => `${file?.split('/').at(-1) ?? ''}:${line}`),
    [4, 11, 12, 13, 14, 15, 16]
      .map((line) => `rules.v4:${line}`)
      .concat(['more.nft:4', 'more.nft:5', 'rules.v6:5', 'rules.v6:6', 'rules.v6:7']),
  );
  t.strictSame(
    [0, 7, 11].map((index) => rules[index]?.packets),
    [1, 2, 1],
  );
  t.match(scenario?.loaded, [
    { file: /rules.v4$/, phase: null, backend: 'nft', rules: 7 },
    { file: /more.nft$/, rules: 2 },
    { file: /rules.v6$/, rules: 3 },
  ]);
});

t.test('the report says what was loaded, and in which order it is asked', async (t) => {
  const { stdout } = await loopfw(['run', '--grep', 'several native', FOLDER]);
  t.match(stdout, /loaded, in this order: early.nft \(nft, 1 rule\) · rules.v4 \(nft, 7 rules\) · more.nft \(nft, 2 rules\)/);
  t.match(stdout.replace(/\s+/g, ' '), 'All of them judge a packet; within a hook and priority, the one loaded last is asked first.');
});

t.test('--ruleset several times, with coverage', async (t) => {
  const folder = t.testdir({
    'x.json': JSON.stringify({ name: 'x', probes: [{ from: '127.0.0.1', to: 'tcp://127.0.0.2:82', expect: 'dropped' }] }),
  });
  const files = ['rules.v4', 'rules.v6', 'more.nft'].flatMap((name) => ['--ruleset', `${FOLDER}/${name}`]);
  const args = [...files, '--min-coverage', '50', `${folder}/x.json`];
  const ran = await loopfw(['run', ...args]);
  t.equal(ran.exitCode, 1);
  t.match(ran.stdout, /dropped by rule 10 native \(more.nft:4\)/);
  t.match(
    ran.stderr,
    /expected at least 50 %, observed \d+\.?\d* % \(1 of \d+ rules that a probe can reach\); --coverage lists the others/,
  );
  t.match(await loopfw(['check', ...files, `${folder}/x.json`]), { exitCode: 0, stdout: 'no problems: 1 file, 1 scenario, 1 probe\n' });
  t.match(await loopfw(['check', '--ruleset', '-', '--ruleset', '-', folder]), {
    exitCode: 2,
    stderr: /Standard input can be read only once/,
  });
});

t.test('a world with the rules of both back ends runs once; a scenario without, once on each', async (t) => {
  const listBackends = async (...args: string[]) => {
    const ran = await loopfw(['run', '-r', 'json', ...args, `${FOLDER}/back-ends.json`]);
    return readResult(ran).scenarios.map(({ name, backend }) => `${name}: ${backend}`);
  };
  t.strictSame(await listBackends('--grep', 'both back ends judge'), ['both back ends judge a packet: nft+legacy']);
  t.strictSame(await listBackends('--backend', 'nft,legacy', '--grep', 'last is asked first: nft'), [
    'the back end that is loaded last is asked first: nft: nft',
    'the back end that is loaded last is asked first: nft: nft+legacy',
  ]);
});

t.test('a chain of one back end is none of the other', async (t) => {
  const rules = ['iptables-legacy -N web', '-A INPUT -j web', 'iptables-legacy -A INPUT -j web'];
  const folder = t.testdir({
    'x.json': JSON.stringify({ name: 'x', rules, probes: [{ from: '127.0.0.1', to: 'tcp://127.0.0.2:82', expect: 'closed' }] }),
  });
  const { stderr } = await loopfw(['check', `${folder}/x.json`]);
  t.match(withoutFrames(stderr), /error: table filter has no chain web.*\(\/rules\/1\)\n1 problem/);
});

t.test('a file that removes what an earlier one has loaded is a mistake, at its line', async (t) => {
  const chain = '  chain input {\n    type filter hook input priority 0;\n  }\n}\n';
  const files: Record<string, string> = {
    'rules.v4': '*filter\n-A INPUT -p tcp --dport 80 -j DROP\nCOMMIT\n',
    'rules.sh': 'iptables -A INPUT -p tcp --dport 79 -j DROP\n',
    'again.v4': '*nat\nCOMMIT\n*filter\n-A INPUT -p tcp --dport 81 -j DROP\nCOMMIT\n',
    'flush.nft': `#!/usr/sbin/nft -f\nflush ruleset\ntable inet x {\n${chain}`,
    'filter.nft': `table inet other {\n${chain}table filter {\n${chain}`,
  };
  const scenario = (names: string[], more: object = {}) => ({
    name: names.join(' '),
    ...more,
    ruleset: names.map((file) => ({ file })),
    probes: [{ from: '127.0.0.1', to: 'tcp://127.0.0.2:80', expect: 'dropped' }],
  });
  const check = async (...scenarios: object[]) => {
    const folder = t.testdir({ ...files, 'x.json': JSON.stringify(scenarios) });
    const { stderr } = await loopfw(['check', `${folder}/x.json`]);
    return withoutFrames(stderr).replaceAll(`${folder}/`, '');
  };
  t.equal(
    await check(
      scenario(['rules.v4', 'again.v4']),
      scenario(['rules.sh', 'again.v4']),
      scenario(['rules.v4', 'rules.sh', 'flush.nft']),
      scenario(['rules.v4', 'filter.nft']),
    ),
    `again.v4:3:1: error: iptables-restore empties table filter, where rules.v4 has put rules before: write the rules of both in one table
again.v4:3:1: error: iptables-restore empties table filter, where rules.sh has put rules before: put this file first
flush.nft:2:1: error: flush ruleset removes what rules.v4 and rules.sh have loaded into nf_tables before: put this file first
filter.nft:6:1: error: table ip filter is iptables' own, which has the rules of rules.v4: give the table of this file another name
4 problems in the rule sets
`,
  );
  const legacy = { backend: 'legacy' };
  t.equal(await check(scenario(['flush.nft', 'rules.v4']), scenario(['rules.v4', 'flush.nft', 'filter.nft'], legacy)), '');
  const folder = t.testdir({ ...files, 'x.json': JSON.stringify([scenario(['rules.v4', 'filter.nft'], legacy), scenario(['rules.v4'])]) });
  const { exitCode, stderr } = await loopfw(['run', '--backend', 'nft', `${folder}/x.json`]);
  t.equal(exitCode, 2);
  t.match(stderr, /filter\.nft:6:1: error: table ip filter is iptables' own, which has the rules of .*rules\.v4/);
  t.match(await loopfw(['run', '--backend', 'nft', '--grep', '^rules.v4$', `${folder}/x.json`]), { exitCode: 0 });
});

t.test('a script adds to earlier files; what it removes of them is a mistake, and so is a chain that nobody has made', async (t) => {
  const folder = t.testdir({
    'rules.v4': '*filter\n:web - [0:0]\n-A INPUT -j web\nCOMMIT\n',
    'good.sh': 'iptables -A web -j DROP\niptables -I INPUT 2 -j DROP\niptables -t nat -F\nip6tables -F\n',
    'bad.sh': 'iptables -F INPUT\niptables -A wbe -j DROP\niptables -I INPUT 4 -j DROP\n',
    'x.json': JSON.stringify(
      ['good.sh', 'bad.sh'].map((file) => ({
        name: file,
        ruleset: [{ file: 'rules.v4' }, { file }],
        probes: [{ from: '127.0.0.1', to: 'tcp://127.0.0.2:80', expect: 'dropped' }],
      })),
    ),
  });
  const { stderr } = await loopfw(['check', `${folder}/x.json`]);
  t.equal(
    withoutFrames(stderr).replaceAll(`${folder}/`, ''),
    `bad.sh:1:1: error: this removes rules of table filter that rules.v4 has made before: put this file first
bad.sh:2:1: error: table filter has no chain wbe (did you mean "web"?): make it before with -N wbe
bad.sh:3:1: error: -I INPUT 4: INPUT has 1 rule here, so the last possible position is 2
3 problems in the rule set
`,
  );
});

t.test('files that are too large for one message of an ordinary user, and a script that adds to each of their tables', async (t) => {
  const drops = (chain: string, net: string) =>
    Array.from({ length: 900 }, (_, place) => `-A ${chain} -s ${net}.${place >> 8}.${place & 255} -j DROP`);
  const nat = (address: string) => `-A OUTPUT -d ${address} -p tcp --dport 80 -j DNAT --to-destination 127.0.0.2:80`;
  const probes = ['127.0.0.9', '127.0.0.10'].map((to) => ({ from: '127.0.0.1', to: `tcp://${to}:80`, expect: 'connected' }));
  const folder = t.testdir({
    'rules.v4': [
      '*nat',
      nat('127.0.0.9'),
      'COMMIT',
      '*filter',
      ':web - [0:0]',
      '-A INPUT -j web',
      ...drops('web', '127.7'),
      'COMMIT',
      '',
    ].join('\n'),
    'more.nft': 'table inet filter {\n  chain input {\n    type filter hook input priority 0;\n    tcp dport 81 drop\n  }\n}\n',
    'add.sh': ['-t nat ' + nat('127.0.0.10'), ...drops('web', '127.8')].map((line) => `iptables ${line}\n`).join(''),
    'x.json': JSON.stringify({
      name: 'x',
      ruleset: ['rules.v4', 'more.nft', 'add.sh'].map((file) => ({ file })),
      servers: { web: 'tcp://127.0.0.2:80' },
      probes: [...probes, { from: '127.8.3.131', to: 'web', expect: { cause: 'dropped', rule: 1803 } }],
    }),
  });
  const ran = await loopfw(['run', '-r', 'json', `${folder}/x.json`], { ordinary: true });
  t.equal(ran.exitCode, 0, ran.stderr);
});

t.test('a native file with an include and one that no trace shows, and one ipset for the rules of both back ends', async (t) => {
  const bridge = (name: string) =>
    `table bridge ${name} {\n  chain forward {\n    type filter hook forward priority 0;\n    drop\n  }\n}\n`;
  const restored = '*filter\n-A INPUT -p tcp --dport 80 -m set --match-set banned src -j DROP\nCOMMIT\n';
  const folder = t.testdir({
    'rules.v4': restored,
    'legacy.v4': restored.replace('80', '81'),
    'rules.d': { 'a.nft': 'tcp dport 83 drop comment "included"\n' },
    'main.nft': `table inet x {\n  chain input {\n    type filter hook input priority -10;\n    include "rules.d/*.nft"\n    tcp dport 84 drop\n  }\n}\n${bridge('a')}`,
    'bridge.nft': bridge('b'),
    'x.json': JSON.stringify({
      name: 'x',
      ruleset: [{ file: 'rules.v4' }, { file: 'main.nft' }, { file: 'bridge.nft' }, { file: 'legacy.v4', backend: 'legacy' }],
      ipsets: { banned: ['127.0.1.0/24'] },
      probes: [
        { from: '127.0.1.1', to: 'tcp://127.0.0.2:80', expect: { cause: 'dropped', rule: 0 } },
        { from: '127.0.0.1', to: 'tcp://127.0.0.2:83', expect: { cause: 'dropped', rule: 'included' } },
        { from: '127.0.0.1', to: 'tcp://127.0.0.2:84', expect: { cause: 'dropped', rule: 2 } },
        { from: '127.0.1.1', to: 'tcp://127.0.0.2:81', expect: { cause: 'dropped', rule: 3 } },
      ],
    }),
  });
  const ran = await loopfw(['run', '-r', 'json', `${folder}/x.json`], { ordinary: true });
  t.equal(ran.exitCode, 0, ran.stderr);
  const [scenario] = readResult(ran).scenarios;
  t.strictSame(
    scenario?.rules.map(({ file, line }) => `${file?.replace(`${folder}/`, '')}:${line}`),
    ['rules.v4:2', 'rules.d/a.nft:1', 'main.nft:5', 'legacy.v4:2'],
  );
  t.strictSame(
    scenario?.loaded?.map(({ rules }) => rules),
    [1, 3, 1, 1],
  );
  t.strictSame(
    scenario?.warnings.map(({ code, file, line }) => `${code} ${file.replace(`${folder}/`, '')}:${line}`),
    ['unseen-table main.nft:8', 'unseen-table bridge.nft:1'],
  );
});

t.test('what only the legacy back end refuses is a mistake of the files that go there', async (t) => {
  const check = async (...entries: object[]) => {
    const folder = t.testdir({
      'good.v4': '*nat\nCOMMIT\n',
      'short.v4': '*filter\nCOMMIT',
      'x.json': JSON.stringify({
        name: 'x',
        ruleset: entries,
        probes: [{ from: '127.0.0.1', to: 'tcp://127.0.0.2:80', expect: 'closed' }],
      }),
    });
    const { stderr } = await loopfw(['check', `${folder}/x.json`]);
    return stderr.replaceAll(`${folder}/`, '');
  };
  const [good, short] = ['good.v4', 'short.v4'].map((file) => ({ file }));
  t.equal(await check(good!, short!), '');
  t.equal(await check({ ...good, backend: 'legacy' }, short!), '');
  t.match(await check(good!, { ...short, backend: 'legacy' }), /^short.v4:2:1: error: iptables-legacy-restore does not read a last COMMIT/);
});
