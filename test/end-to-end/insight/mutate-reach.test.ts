// Which probes may notice a change of a rule: those behind a user chain, those that find their neighbour, those that come to a policy, and
// those that see what a rule remembers of others. And what of its world such a probe needs. What `loopfw mutate` says is compared with a run of the whole scenario with the changed rule.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MutantResult, MutationTestResult } from 'mutation-testing-report-schema/api';
import t from 'tap';
import { loopfw } from '../../support/loopfw.js';
import { readResult } from '../../support/result.js';

interface Written {
  name: string;
  servers: Record<string, unknown>;
  rules: string[];
  probes: object[];
  [key: string]: unknown;
}

const WEB = 'tcp://127.0.0.2:80';
const WRITTEN: Written[] = [
  {
    name: 'a user chain of which no rule matches',
    servers: { web: WEB },
    rules: ['-N A', '-N B', '-A INPUT -p tcp -j A', '-A A -p tcp --dport 80 -g B', '-A B -s 127.0.0.98 -j REJECT', '-A B -p udp -j DROP'],
    probes: [{ from: '127.0.0.1', to: 'web', expect: 'connected' }],
  },
  {
    name: 'neighbour discovery',
    servers: { web: { protocol: 'tcp', address: '2001:db8::1', port: 80 } },
    interfaces: { eth0: { addresses: ['2001:db8::1/64'] } },
    clients: { c: { address: '2001:db8::9', via: 'eth0' } },
    rules: ['-P INPUT DROP', '-A INPUT -p ipv6-icmp --icmpv6-type 135/0 -j ACCEPT', '-A INPUT -p tcp --dport 80 -j ACCEPT'].map(
      (rule) => `ip6tables ${rule}`,
    ),
    probes: [{ from: 'c', to: 'web', expect: 'connected' }],
  },
  {
    name: 'a flow that connection tracking knows of an earlier probe',
    servers: { dns: 'udp://127.0.0.2:53' },
    clients: { c: { address: '127.0.0.1', port: 5000 } },
    rules: [
      '-P INPUT DROP',
      '-A INPUT -p udp --sport 53 -j ACCEPT',
      '-A INPUT -p udp --dport 53 -m conntrack --ctstate NEW -j ACCEPT',
      '-A INPUT -m conntrack --ctstate ESTABLISHED -j ACCEPT',
    ],
    probes: [
      { from: 'c', to: 'dns', expect: 'connected' },
      { from: 'c', to: 'dns', expect: 'connected' },
    ],
  },
  {
    name: 'neighbour discovery beside a ping',
    servers: { web: { protocol: 'tcp', address: '2001:db8::1', port: 80 } },
    interfaces: { eth0: { addresses: ['2001:db8::1/64'] } },
    clients: { c: { address: '2001:db8::9', via: 'eth0' } },
    rules: [
      'ip6tables -P INPUT DROP',
      'ip6tables -A INPUT -p ipv6-icmp -j ACCEPT',
      'ip6tables -A INPUT -p tcp --dport 80 -j ACCEPT',
      'ip6tables -A OUTPUT -p ipv6-icmp --icmpv6-type 129/0 -j DROP',
    ],
    probes: [
      { from: 'c', to: 'icmp://[2001:db8::1]', timeoutMs: 300, expect: 'timeout' },
      { from: 'c', to: 'web', expect: 'connected' },
    ],
  },
  {
    name: 'errors that a router sends from its own address',
    servers: { web: { protocol: 'tcp', address: '10.0.0.8', port: 80, via: 'eth1' } },
    interfaces: { eth0: { addresses: ['192.0.2.1/24'] }, eth1: { addresses: ['10.0.0.1/24'] } },
    sysctl: { 'net.ipv4.ip_forward': '1' },
    clients: { c: { address: '192.0.2.9', via: 'eth0' } },
    rules: [
      '-A FORWARD -p tcp --dport 82 -j DROP',
      '-A FORWARD -p tcp --dport 81:82 -j REJECT',
      '-A OUTPUT -s 192.0.2.1 -p icmp -m hashlimit --hashlimit-upto 1/hour --hashlimit-burst 1 --hashlimit-name e -j ACCEPT',
      '-A OUTPUT -p icmp -j DROP',
    ],
    probes: [
      { from: 'c', to: 'tcp://10.0.0.8:81', expect: 'rejected' },
      { from: 'c', to: 'tcp://10.0.0.8:82', expect: 'timeout' },
      { from: 'c', to: 'web', expect: 'connected' },
    ],
  },
  {
    name: 'a client that is expected to wait, and learns of an error late',
    servers: { web: WEB },
    clients: { b: { address: '127.0.0.1', connect: 'blocking' } },
    rules: ['-A INPUT -p tcp --dport 80 -j DROP', '-A INPUT -p tcp -j REJECT'],
    probes: [{ from: 'b', to: 'web', timeoutMs: 1500, expect: 'timeout' }],
  },
  {
    name: 'policies of chains without rules',
    servers: { web: WEB },
    rules: ['-t raw -P OUTPUT ACCEPT', '-t mangle -P PREROUTING ACCEPT', '-t mangle -P FORWARD ACCEPT', '-t nat -P OUTPUT ACCEPT'],
    probes: [{ from: '127.0.0.1', to: 'web', expect: 'connected' }],
  },
  {
    name: 'a rule that remembers, and one in another chain that asks',
    servers: { ssh: 'tcp://127.0.0.2:22', web: WEB },
    rules: [
      '-t mangle -A PREROUTING -p tcp --dport 80 -m recent --name s --rcheck -j DROP',
      '-A INPUT -p tcp --dport 22 -m recent --name s --set -j ACCEPT',
    ],
    probes: [
      { from: '127.0.0.1', to: 'ssh', expect: 'connected' },
      { from: '127.0.0.1', to: 'web', expect: 'dropped' },
    ],
  },
  {
    name: 'every second connection',
    servers: { ssh: 'tcp://127.0.0.2:22' },
    rules: ['-A INPUT -p tcp --dport 22 --syn -m statistic --mode nth --every 2 --packet 0 -j REJECT'],
    probes: [
      { from: '127.0.0.1', to: 'ssh', expect: 'rejected' },
      { from: '127.0.0.1', to: 'ssh', expect: 'connected' },
      { from: '127.0.0.2', to: 'ssh', expect: 'rejected' },
    ],
  },
  {
    name: 'a limit on a router',
    servers: { dns: { protocol: 'udp', address: '10.0.0.8', port: 53, via: 'eth1' } },
    interfaces: { eth0: { addresses: ['192.0.2.1/24'] }, eth1: { addresses: ['10.0.0.1/24'] } },
    sysctl: { 'net.ipv4.ip_forward': '1' },
    clients: { c: { address: '192.0.2.9', via: 'eth0' } },
    rules: [
      '-P FORWARD DROP',
      '-A FORWARD -m conntrack --ctstate ESTABLISHED -j ACCEPT',
      '-A FORWARD -i eth0 -p udp --dport 53 -m hashlimit --hashlimit-upto 1/hour --hashlimit-burst 1 --hashlimit-name d -j ACCEPT',
    ],
    probes: [
      { from: 'c', to: 'dns', expect: 'connected' },
      { from: 'c', to: 'dns', expect: 'dropped' },
    ],
  },
  {
    name: 'a limit that decides what is logged, and one for pings',
    servers: { web: WEB },
    rules: [
      '-N deny',
      '-A INPUT -p icmp --icmp-type 8 -m hashlimit --hashlimit-upto 1/hour --hashlimit-burst 1 --hashlimit-name p -j ACCEPT',
      '-A INPUT -m limit --limit 1/hour --limit-burst 2 -j deny',
      '-A deny -p tcp --dport 81 -m limit --limit 1/hour -j RETURN',
      '-A deny -j LOG',
      '-A INPUT -p tcp --dport 80 -j ACCEPT',
      '-A INPUT -p tcp --syn -j REJECT',
      '-A INPUT -p icmp --icmp-type 8 -j REJECT',
    ],
    probes: [
      { from: '127.0.0.1', to: 'icmp://127.0.0.2', expect: 'connected' },
      { from: '127.0.0.1', to: 'web', expect: 'connected' },
      { from: '127.0.0.1', to: 'tcp://127.0.0.2:81', expect: 'rejected' },
      { from: '127.0.0.1', to: 'icmp://127.0.0.2', expect: 'rejected' },
    ],
  },
  {
    name: 'machines and servers that most probes do not need',
    servers: {
      ssh: { protocol: 'tcp', address: '192.0.2.1', port: 22 },
      web: { protocol: 'tcp', address: '192.0.2.1', port: 80 },
      mirror: { protocol: 'tcp', address: '198.51.100.8', port: 443, via: 'eth0' },
    },
    interfaces: { eth0: { addresses: ['192.0.2.1/24'] } },
    clients: { admin: { address: '198.51.100.7', via: 'eth0' }, world: { address: '203.0.113.9', via: 'eth0' }, box: '192.0.2.1' },
    rules: [
      '-P INPUT DROP',
      '-A INPUT -m conntrack --ctstate ESTABLISHED -j ACCEPT',
      '-A INPUT -s 198.51.100.0/24 -p tcp --dport 22 -j ACCEPT',
      '-A INPUT -i eth0 -p tcp --dport 80 -j ACCEPT',
    ],
    probes: [
      { from: 'admin', to: 'ssh', expect: 'connected' },
      { from: 'world', to: 'ssh', expect: 'dropped' },
      { from: 'world', to: 'web', expect: 'connected' },
      { from: 'box', to: 'mirror', expect: 'connected' },
    ],
  },
];

/** Their clients wait longer than those of a mutant do at first. */
const SCENARIOS = WRITTEN.map((own) => ({ ...own, probes: own.probes.map((probe) => ({ timeoutMs: 800, ...probe })) }));

const folder = mkdtempSync(join(tmpdir(), 'loopfw-mutate-'));
t.teardown(() => rmSync(folder, { recursive: true }));

/** The statuses of scenarios, in their order. */
async function run(name: string, scenarios: Written[]): Promise<string[]> {
  const file = join(folder, name);
  writeFileSync(file, JSON.stringify(scenarios));
  const result = readResult(await loopfw(['run', '-r', 'json', '--no-advice', file]));
  return result.scenarios.map(({ status, error }) => (error === null ? status : 'error'));
}

/** What a survivor's probe is, and what its scenario needs for it. */
function readSuggestion(reason: string, scenario: Written): Written {
  const lines = reason.split('\n');
  const probe = JSON.parse(lines[0]?.replace(/^add: /, '') ?? '') as object;
  const added: Written = { ...scenario, probes: [...scenario.probes, probe] };
  for (const [, key = '', value = ''] of lines.map((line) => /^in (\w+): (.*)$/.exec(line) ?? [])) {
    if (key !== '') {
      added[key] = { ...(JSON.parse(value) as object), ...(scenario[key] as object | undefined) };
    }
  }
  return added;
}

/** A mutant, and its scenario with and without the change. */
interface Changed {
  mutant: Required<MutantResult>;
  scenario: Written;
  change: (scenario: Written) => Written;
}

function listChanged({ files }: MutationTestResult): Changed[] {
  return Object.values(files).flatMap(({ source, mutants }) => {
    const lines = source.split('\n');
    const begins = SCENARIOS.map(({ name }) => lines.findIndex((line) => line.includes(JSON.stringify(name))));
    return (mutants as Required<MutantResult>[]).map((mutant): Changed => {
      const line = mutant.location.start.line - 1;
      const scenario = SCENARIOS[begins.findLastIndex((begin) => begin < line)]!;
      const place = scenario.rules.findIndex((rule) => lines[line]?.includes(JSON.stringify(rule)));
      const prefix = /^(?:ip6tables )?(?:-t \S+ )?/.exec(scenario.rules[place] ?? '')?.[0] ?? '';
      const change = (own: Written) => ({ ...own, rules: own.rules.with(place, `${prefix}${mutant.replacement}`) });
      return { mutant, scenario, change };
    });
  });
}

t.test('what is said of each change is what a run of its whole scenario says', async (t) => {
  const file = join(folder, 'scenarios.json');
  writeFileSync(file, JSON.stringify(SCENARIOS, null, 1));
  const { stdout, stderr } = await loopfw(['mutate', '-r', 'json', file]);
  t.not(stdout, '', stderr);
  const changed = listChanged(JSON.parse(stdout) as MutationTestResult).filter(({ mutant }) => mutant.status !== 'CompileError');
  t.ok(SCENARIOS.every((scenario) => changed.some((own) => own.scenario === scenario)));

  const named = changed.map(({ scenario, change }, place) => ({ ...change(scenario), name: `mutant ${place}` }));
  const statuses = await run('changed.json', named);
  for (const [place, { mutant, scenario }] of changed.entries()) {
    const said = `${scenario.name}: ${mutant.replacement}: ${mutant.status}, ${statuses[place]}`;
    t.equal(mutant.status === 'Killed', statuses[place] === 'failed', said);
  }

  const survivors = changed.filter(({ mutant }) => mutant.status === 'Survived');
  const pairs = survivors.flatMap(({ mutant, scenario, change }, place) => {
    const added = { ...readSuggestion(mutant.statusReason, scenario), name: `suggestion ${place}` };
    return [added, { ...change(added), name: `suggestion ${place}, changed` }];
  });
  t.ok(pairs.length > 0);
  t.strictSame(
    await run('suggested.json', pairs),
    survivors.flatMap(() => ['passed', 'failed']),
  );
});
