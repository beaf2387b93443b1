// probe with the rules of a file: the world follows from the rules and from the question.
import { readFileSync } from 'node:fs';
import t from 'tap';
import { loopfw } from '../../support/loopfw.js';
import { ROOT } from '../../support/package.js';

const RULE_SETS = 'scenarios/rule-sets';

const QUESTIONS: { asked: string; title: string; expected: (string | RegExp)[] }[] = [
  {
    title: 'can the internet reach my database?',
    asked: '--ruleset ufw-server.rules.v4 203.0.113.9 192.0.2.10:5432',
    expected: ['eth0 has 192.0.2.10/24; 203.0.113.9 is outside of eth0\n', 'dropped by the policy -P INPUT DROP'],
  },
  {
    title: 'the address of a client decides',
    asked: '--ruleset firehol-server.rules.v4 198.51.100.7 192.0.2.10:22',
    expected: [/^eth0 has 192\.0\.2\.10\/24; 198\.51\.100\.7 is outside of eth0\n198\.51\.100\.7 → 192\.0\.2\.10:22\/tcp {2}connected/],
  },
  {
    title: 'a port of a router that leads to a machine inside',
    asked: '--ruleset ufw-router.rules.v4 203.0.113.9 192.0.2.1:8080',
    expected: ['10.0.0.5 is outside of eth1\n', /connected .*rule 67 /],
  },
  {
    title: 'from inside to the world, by nft',
    asked: '--ruleset ferm-router.nft 10.0.0.20 203.0.113.80:25',
    expected: ['10.0.0.20 is outside of eth1; 203.0.113.80 is outside of eth0\n', /refused .*rejected by rule \d+ .*tcp dport 25/],
  },
  {
    title: 'the machine itself is the client',
    asked: '--ruleset shorewall-router.rules.v4 192.0.2.1 203.0.113.80:80',
    expected: ['203.0.113.80 is outside of eth0\n', /connected/],
  },
  {
    title: '--in names the interface',
    asked: '--ruleset ufw-router.rules.v4 --in eth1 10.9.9.9 10.0.0.1:22',
    expected: ['10.9.9.9 is outside of eth1\n', /connected .*ufw-user-limit-accept/],
  },
  {
    title: 'IPv6, with brackets at both ends',
    asked: '--ruleset ufw-server.rules.v6 [2001:db8:9::9] [2001:db8::10]:22',
    expected: ['eth0 has 2001:db8::10/64; 2001:db8:9::9 is outside of eth0\n', /connected/],
  },
];

for (const { title, asked, expected } of QUESTIONS) {
  t.test(title, async (t) => {
    const args = asked.split(' ').map((word) => (/\.(?:v4|v6|nft)$/.test(word) ? `${RULE_SETS}/${word}` : word));
    const { exitCode, stdout, stderr } = await loopfw(['probe', ...args]);
    t.equal(exitCode, 0);
    t.equal(stderr, '');
    expected.forEach((pattern) => t.match(stdout, pattern));
  });
}

t.test('an ordinary user, standard input, both back ends', async (t) => {
  const args = ['probe', '--ruleset', '-', '--backend', 'nft,legacy', '203.0.113.9', '192.0.2.1:8080', '--expect', 'connected'];
  const input = readFileSync(`${ROOT}/${RULE_SETS}/ufw-router.rules.v4`, 'utf8');
  const { exitCode, stdout } = await loopfw(args, { ordinary: true, input });
  t.equal(exitCode, 0);
  t.equal(stdout.match(/connected after/g)?.length, 2);
});

t.test('rules of the command line for an interface', async (t) => {
  const { stdout } = await loopfw(['probe', '203.0.113.9', '192.0.2.10:80', '--rule', '-A INPUT -i wan0 -p tcp --dport 80 -j REJECT']);
  t.match(stdout, /^wan0 has 192\.0\.2\.10\/24; 203\.0\.113\.9 is outside of wan0\n.* refused .*rejected by rule 0/);
});

t.test('from inside to an address of a host that passes no packets on', async (t) => {
  const rules = [
    '-P INPUT DROP',
    '-A INPUT -i eth0 -p tcp --dport 80 -j ACCEPT',
    '-A INPUT -i eth1 -s 10.20.0.0/16 -p tcp --dport 22 -j ACCEPT',
  ];
  const { stdout } = await loopfw(['probe', '10.20.0.7', '192.0.2.10:22', ...rules.flatMap((rule) => ['--rule', rule])]);
  t.match(stdout, 'eth0 has 192.0.2.10/24; eth1 has 10.20.0.1/16; 10.20.0.7 is outside of eth1\n');
  t.match(stdout, /connected .* rule 2:\n? *-A INPUT -i eth1 /);
});

t.test('a mistake in the file is reported at its line', async (t) => {
  const folder = t.testdir({ 'bad.v4': '*filter\n-A INPUT -j DORP\nCOMMIT\n' });
  t.match(await loopfw(['probe', '--ruleset', 'bad.v4', '203.0.113.9', '192.0.2.10:80'], { cwd: folder }), {
    exitCode: 2,
    stdout: '',
    stderr: /^bad\.v4:2:1: error: .*did you mean "DROP".*\n1 problem in the rule set\n$/,
  });
});
