// What init writes passes: for the rule sets of real programs, and for rule sets of few lines.
import { chmodSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import t from 'tap';
import { loopfw } from '../../support/loopfw.js';
import { ROOT } from '../../support/package.js';
import { readResult } from '../../support/result.js';

const RULE_SETS = `${ROOT}/scenarios/rule-sets`;
/** At least this many probes for the rules of each program: each of them names a dozen of services. */
const LEAST_PROBES = 14;

for (const name of readdirSync(RULE_SETS).filter((file) => /\.(?:v4|v6|nft)$/.test(file))) {
  t.test(`init --ruleset ${name}`, async (t) => {
    const folder = t.testdir({ [name]: readFileSync(`${RULE_SETS}/${name}`) });
    t.match(await loopfw(['init', '--ruleset', name], { cwd: folder }), { exitCode: 0, stderr: '', stdout: `loopfw run ${name}.json` });
    const { summary, scenarios } = readResult(await loopfw(['run', '-r', 'json', `${name}.json`], { cwd: folder }));
    t.match(summary, { failed: 0, inconclusive: 0, errors: 0, passed: summary.probes });
    t.ok(summary.probes >= LEAST_PROBES, `${summary.probes} probes`);
    const causes = new Set(scenarios.flatMap(({ probes }) => probes.map(({ cause }) => cause)));
    t.ok(causes.has('service') && (causes.has('dropped') || causes.has('rejected')), 'some services are open, others not');
  });
}

const SMALL: { title: string; file: string; rules: string; expected: RegExp[] }[] = [
  {
    title: 'a server whose rules name no interface gets one, and a client for each source',
    file: 'rules.v4',
    rules:
      '-A INPUT -i lo -j ACCEPT\n-A INPUT -p tcp --dport 22 -j ACCEPT\n-A INPUT -s 10.0.0.0/8 -p tcp --dport 5432 -j ACCEPT\n-A INPUT -j DROP\n',
    expected: [
      /No rule names the network of eth0/,
      /^ {2}\/\/ Open to everyone who comes in by eth0: ssh \(22\/tcp\)$/m,
      /^ {2}\/\/ {3}2 {2}-A INPUT -p tcp --dport 22 -j ACCEPT$/m,
      /^ {2}\/\/ Rules end the answers of what goes out by eth0: icmp:\/\/203\.0\.113\.9, tcp:\/\/203\.0\.113\.9:9$/m,
      /"name": "in by eth0",\n {6}"matrix": \{\n {8}"world": \{\n {10}"ssh": "connected" \/\*2\*\/, "postgres": "dropped" \/\*4\*\/,\n/,
      /"host-10\.0\.0\.7": \{ \/\/ unlike world: postgres\n {10}"ssh": "connected" \/\*2\*\/, "postgres": "connected" \/\*3\*\/,\n/,
      /"tcp:\/\/192\.0\.2\.1:9": "dropped" \/\*4\*\/\n/,
      /"name": "on lo",\n {6}"matrix": \{\n {8}"app": \{ "icmp:\/\/127\.0\.0\.1": "connected" \/\*1\*\//,
    ],
  },
  {
    title: 'rules for addresses of lo need no interface',
    file: 'rules.sh',
    rules: 'iptables -A INPUT -d 127.0.0.2 -p tcp --dport 8000 -j REJECT\niptables -A OUTPUT -o lo -p udp --dport 53 -j DROP\n',
    expected: [/"name": "on lo",\n {6}"matrix": \{\n {8}"app": \{ "tcp-8000": "rejected" \/\*1\*\/, "domain": "dropped" \/\*2\*\/,/],
  },
  {
    title: "Docker's rules: a bridge, and a port that is sent into it",
    file: 'docker.v4',
    rules: `*nat
:DOCKER - [0:0]
-A PREROUTING -m addrtype --dst-type LOCAL -j DOCKER
-A POSTROUTING -s 172.17.0.0/16 ! -o docker0 -j MASQUERADE
-A DOCKER ! -i docker0 -p tcp -m tcp --dport 8080 -j DNAT --to-destination 172.17.0.2:80
COMMIT
*filter
:FORWARD DROP [0:0]
-A FORWARD -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
-A FORWARD -d 172.17.0.2/32 -o docker0 -p tcp -m tcp --dport 80 -j ACCEPT
COMMIT
`,
    expected: [
      /^ {2}\/\/ Open to everyone who comes in by eth0: http-alt \(8080\/tcp\), http-on-172\.17\.0\.2 \(80\/tcp\)$/m,
      /"bridges": {\n {4}"docker0": { "addresses": \["172.17.0.1\/16"\] }/,
      /"http-on-172.17.0.2": { "protocol": "tcp", "address": "172.17.0.2", "port": 80, "via": "docker0" }/,
      /^ {2}\/\/ Not blocked in by eth0: ports that no rule names$/m,
      /^ {2}\/\/ The world forwards packets between eth0 and docker0, as a router does\..*\n.*"from … to …"\.\n {2}"sysctl": \{ "net\.ipv4\.ip_forward": 1 \}/m,
      /"world": \{ "http-alt": "connected" \/\*10\*\//,
      /"name": "from docker0 to eth0",\n {6}"matrix": \{\n {8}"docker0-host": \{ "icmp:\/\/203\.0\.113\.9": "dropped" \/\*policy\*\//,
    ],
  },
  {
    title: 'nft: definitions, sets of values, ports of both protocols, translations',
    file: 'rules.nft',
    rules: `define WAN = eth0
define LAN = { eth1, eth2 }
table inet fw {
  chain input {
    type filter hook input priority filter; policy drop;
    ct state { established, related } accept
    iifname $WAN tcp dport { ssh, 80 } accept
    iifname $LAN meta l4proto { tcp, udp } th dport 53 accept
    reject with icmpx type admin-prohibited
  }
  chain forward {
    type filter hook forward priority filter; policy drop;
    ct state { established, related } accept
    ct status dnat accept
  }
  chain pre {
    type nat hook prerouting priority dstnat;
    iifname $WAN tcp dport 8443 dnat ip to 10.1.0.5:443
  }
  chain post {
    type nat hook postrouting priority srcnat;
    oifname $WAN ip saddr 10.1.0.0/16 masquerade
  }
}
`,
    expected: [
      /"eth1": { "addresses": \["10.1.0.1\/16"\] }/,
      /Open to everyone who comes in by eth0: ssh \(22\/tcp\), http \(80\/tcp\).*\n.*Open to everyone who comes in by eth1: domain \(53\/tcp\)/,
      /"ssh": "tcp:\/\/0\.0\.0\.0:22"/,
      /"world": \{\n {10}"ssh": "connected" \/\*rule 1\*\/, .*"tcp-8443": "connected" \/\*14\*\/, "domain": "rejected" \/\*rule 3\*\//,
      /"eth1-host": \{\n {10}"domain": "connected" \/\*rule 2\*\/, .*"ssh": "rejected" \/\*rule 3\*\//,
      /"tcp:\/\/10\.100\.0\.1:9": "rejected"/,
    ],
  },
  {
    title: 'a rule that looks up the way back',
    file: 'rpfilter.v4',
    rules:
      '*raw\n-A PREROUTING -m rpfilter --invert -j DROP\nCOMMIT\n*filter\n-A INPUT -i ppp+ -p udp -m udp --dport 1194 -j ACCEPT\n-A INPUT -i ppp+ -j DROP\nCOMMIT\n',
    expected: [/"routes": \["0.0.0.0\/0 dev ppp0"\]/, /"world": \{ "openvpn": "connected" \/\*5\*\//],
  },
  {
    title: 'policies alone',
    file: 'policies.v6',
    rules: '# Generated by ip6tables-save v1.8.9\n*filter\n:INPUT DROP [0:0]\nCOMMIT\n',
    expected: [
      /"world": \{ "tcp:\/\/\[2001:db8::1\]:9": "dropped" \/\*policy\*\/ \}/,
      /"from": "world", "to": "icmp:\/\/\[2001:db8::1\]", "timeoutMs": 300, "expect": "dropped"/,
    ],
  },
  {
    title: 'clients that rules name and no answer tells apart have one row, and those of everyone are a finding',
    file: 'blocklist.v4',
    rules:
      '-A INPUT -s 203.0.113.66 -j DROP\n-A INPUT -s 203.0.113.67 -j DROP\n-A INPUT -s 198.51.100.0/24 -p tcp --dport 80 -j ACCEPT\n-A INPUT -p tcp --dport 80 -j ACCEPT\n-A INPUT -i eth0 -j REJECT\n',
    expected: [
      /^ {2}\/\/ No answer tells 198\.51\.100\.0\/24 from everyone who comes in by eth0, though rules name it$/m,
      /^ {4}\/\/ everyone who comes in by eth0; the same for 198\.51\.100\.0\/24, partly by other rules\n {4}"world"/m,
      /^ {4}\/\/ 203\.0\.113\.66; the same for 203\.0\.113\.67, partly by other rules\n {4}"host-203\.0\.113\.66"/m,
      /"world": {13}\{ "http": "connected" \/\*4\*\/,.*\n {8}"host-203\.0\.113\.66": \{ "http": "dropped" \/\*1\*\/,.*\n {6}\}/,
    ],
  },
  {
    title: 'a client is at the interface whose network it is in, also where a rule names another one',
    file: 'forged.v4',
    rules: `*nat
-A POSTROUTING -s 10.0.0.0/24 -o eth0 -j MASQUERADE
COMMIT
*filter
:INPUT DROP [0:0]
-A INPUT -i eth0 -s 10.0.0.66 -p tcp --dport 22 -j DROP
-A INPUT -i eth1 -p tcp --dport 22 -j ACCEPT
COMMIT
`,
    expected: [
      /"eth1-host": \{.*"via": "eth1" \}, \/\/ everyone who comes in by eth1; the same for 10\.0\.0\.66\n/,
      /"in by eth0",\n {6}"matrix": \{\n {8}"world": \{ "ssh": "dropped" \/\*policy\*\//,
      /"in by eth1",\n {6}"matrix": \{\n {8}"eth1-host": \{ "ssh": "connected" \/\*7\*\//,
    ],
  },
];

for (const { title, file, rules, expected } of SMALL) {
  t.test(title, async (t) => {
    const folder = t.testdir({ [file]: rules });
    t.match(await loopfw(['init', '--ruleset', file], { cwd: folder }), { exitCode: 0, stderr: '' });
    const text = readFileSync(`${folder}/${file}.json`, 'utf8');
    expected.forEach((pattern) => t.match(text, pattern));
    t.match(await loopfw(['run', `${file}.json`], { cwd: folder }), { exitCode: 0 });
  });
}

t.test('init NAME writes a scenario that passes, for an ordinary user too, and overwrites nothing', async (t) => {
  const folder = t.testdir({});
  chmodSync(folder, 0o777);
  t.match(await loopfw(['init', 'first'], { cwd: folder, ordinary: true }), {
    exitCode: 0,
    stdout: 'scenarios/first.json: a first scenario of 4 probes\nloopfw run scenarios/first.json\n',
  });
  t.match(await loopfw(['run'], { cwd: folder, ordinary: true }), { exitCode: 0, stdout: /4 passed/ });
  t.match(await loopfw(['run', '--backend', 'legacy'], { cwd: folder }), { exitCode: 0, stdout: /4 passed/ });
  const before = readFileSync(`${folder}/scenarios/first.json`, 'utf8');
  t.match(await loopfw(['init', 'first'], { cwd: folder }), { exitCode: 2, stderr: /scenarios\/first\.json is there already/ });
  t.equal(readFileSync(`${folder}/scenarios/first.json`, 'utf8'), before);
  t.match(await loopfw(['init', './other.json'], { cwd: folder }), { exitCode: 0 });
  t.ok(existsSync(`${folder}/other.json`));
});

t.test('rules from elsewhere are copied beside the scenario', async (t) => {
  const folder = t.testdir({});
  chmodSync(folder, 0o777);
  const file = `${RULE_SETS}/ufw-server.rules.v4`;
  const { exitCode, stdout } = await loopfw(['init', '--ruleset', '-', 'server'], {
    cwd: folder,
    ordinary: true,
    input: readFileSync(file, 'utf8'),
  });
  t.equal(exitCode, 0);
  t.match(stdout, /^scenarios\/rules: a copy of <stdin>, for a scenario reads only files in its own folder\nscenarios\/server\.json: /);
  t.match(await loopfw(['init', '--ruleset', file], { cwd: folder }), {
    exitCode: 0,
    stdout: `scenarios/${basename(file)}: a copy of ${file}`,
  });
  t.match(await loopfw(['run', '--backend', 'nft,legacy'], { cwd: folder }), { exitCode: 0, stdout: /4 scenarios/ });
});

t.test('a cell whose answer depends on the cells before, or on who runs loopfw, is left out and named', async (t) => {
  const rules = `-A INPUT -m conntrack --ctstate ESTABLISHED -j ACCEPT
-A INPUT -i eth0 -m recent --name scan --update --seconds 60 --hitcount 2 -j DROP
-A INPUT -i eth0 -m recent --name scan --set
-A INPUT -i eth0 -p tcp -m multiport --dports 22,25,80 -j ACCEPT
-A OUTPUT -o eth0 -p tcp --dport 6667 -m owner --uid-owner 0 -j REJECT
`;
  const folder = t.testdir({ 'rules.v4': rules });
  const { stdout } = await loopfw(['init', '--ruleset', 'rules.v4'], { cwd: folder });
  t.match(stdout, /^left out, because the answer was not sure .*: world → http, .* and here → ircd-on-203\.0\.113\.80$/m);
  const text = readFileSync(`${folder}/rules.v4.json`, 'utf8');
  t.match(text, /"world": \{ "ssh": "connected" \/\*4\*\/, "mail": "connected" \/\*4\*\/ \}/);
  t.match(await loopfw(['run', 'rules.v4.json'], { cwd: folder, ordinary: true }), { exitCode: 0 });
});

t.test('rules for both families: tables for each, and lines of either file', async (t) => {
  const rules = (word: string) =>
    `# Generated by ${word}\n*filter\n-A INPUT -i eth0 -p tcp --dport 22 -j ACCEPT\n-A INPUT -i eth0 -p udp --dport 53 -j DROP\nCOMMIT\n`;
  const folder = t.testdir({ 'rules.v4': rules('iptables-save'), 'rules.v6': rules('ip6tables-save') });
  t.match(await loopfw(['init', './both', '--ruleset', 'rules.v4', '--ruleset', 'rules.v6'], { cwd: folder }), {
    exitCode: 0,
    stdout: /^Open to everyone who comes in by eth0: ssh \(22\/tcp\), ssh-ipv6 \(22\/tcp\)$/m,
  });
  const text = readFileSync(`${folder}/both.json`, 'utf8');
  t.match(text, /^ {2}\/\/ {3}v4:3 {2}-A INPUT -i eth0 -p tcp --dport 22 -j ACCEPT$/m);
  t.match(text, /"name": "in by eth0",\n.*\n {8}"world": \{ "ssh": "connected" \/\*v4:3\*\/, "domain": "dropped" \/\*v4:4\*\//);
  t.match(
    text,
    /"name": "in by eth0 \(IPv6\)",\n.*\n {8}"world-ipv6": \{\n? *"ssh-ipv6": "connected" \/\*v6:3\*\/, "domain-ipv6": "dropped" \/\*v6:4\*\//,
  );
  t.match(await loopfw(['run', 'both.json'], { cwd: folder, ordinary: true }), { exitCode: 0 });
});

t.test('a rule set of many clients: of those of which rules say the same, one is asked', async (t) => {
  const ports = Array.from({ length: 20 }, (_, place) => 2000 + place);
  const hosts = Array.from({ length: 30 }, (_, place) => `203.0.113.${100 + place}`);
  const rules = [
    '*filter',
    ':INPUT DROP [0:0]',
    ...hosts.map((host) => `-A INPUT -i eth0 -s ${host} -j DROP`),
    ...ports.map((port) => `-A INPUT -i eth0 -p tcp --dport ${port} -j ACCEPT`),
    'COMMIT\n',
  ];
  const folder = t.testdir({ 'rules.v4': rules.join('\n') });
  t.match(await loopfw(['init', '--ruleset', 'rules.v4'], { cwd: folder }), {
    exitCode: 0,
    stdout:
      /^Left out of "in by eth0", which would be too long: 29 clients of which rules say the same as of one that is there \(203\.0\.113\.101, .* and 17 more\)$/m,
  });
  const lines = readFileSync(`${folder}/rules.v4.json`, 'utf8').split('\n');
  t.ok(Math.max(...lines.map(({ length }) => length)) <= 160, 'no line is longer than 160 columns');
  t.match(await loopfw(['run', 'rules.v4.json'], { cwd: folder }), { exitCode: 0 });
});

t.test('what init cannot do', async (t) => {
  const folder = t.testdir({ 'bad.v4': '*filter\n-A INPUT -j DORP\nCOMMIT\n', 'sets.v4': '-A INPUT -m set --match-set bad src -j DROP\n' });
  const cases: [string[], RegExp][] = [
    [[], /expected a name for the scenario, or rules: loopfw init NAME/],
    [['--ruleset', 'bad.v4'], /bad\.v4:2:1: error: .*did you mean "DROP".*\n1 problem in the rule set\n/],
    [['--ruleset', 'bda.v4'], /bda\.v4:1:1: error: no such file or folder \(did you mean "bad\.v4"\?\)/],
    [['--ruleset', 'sets.v4'], /there is no ipset "bad"/],
  ];
  for (const [args, message] of cases) {
    t.match(await loopfw(['init', ...args], { cwd: folder }), { exitCode: 2, stdout: '', stderr: message });
  }
  t.notOk(existsSync(`${folder}/scenarios`));
});

t.test('what is suspicious in the rules is said at once', async (t) => {
  const rules =
    '-A INPUT -i eth0 -p tcp --syn --dport 22 -j ACCEPT\n-A INPUT -j DROP\n-A INPUT -m conntrack --ctstate ESTABLISHED -j ACCEPT\n';
  const folder = t.testdir({ 'rules.v4': rules });
  const { stdout } = await loopfw(['init', '--ruleset', 'rules.v4'], { cwd: folder });
  t.match(stdout, /^warning: rule 2 \(rules\.v4:3\) can never match: rule 1 \(rules\.v4:2\) takes every packet/m);
  t.match(stdout, /^warning: the probe \S+ → \S+ connected, but rule 1 \(rules\.v4:2\) ends the data/m);
});
