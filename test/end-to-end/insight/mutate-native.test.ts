// loopfw mutate on native rules: what it says is what a run of the whole scenario with the changed file says.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MutantResult, MutationTestResult } from 'mutation-testing-report-schema/api';
import t, { type Test } from 'tap';
import { loopfw } from '../../support/loopfw.js';
import { readResult } from '../../support/result.js';

// They wait for worlds, not for each other.
t.jobs = 3;

const RULES = `table inet filter {
  chain input {
    type filter hook input priority filter; policy drop;
    ct state related,established accept
    ip saddr 127.0.0.9 drop # one that nobody wants
    include "more.nft"
    tcp dport 81 reject with tcp reset
  }
  chain output {
    type filter hook postrouting priority filter;
    tcp dport 82 jump late
  }
  chain late { drop; }
}
`;
const MORE = 'tcp dport { 80,\n8000-8001 } counter accept\n';
const PROBES = [
  { from: '127.0.0.1', to: 'web', expect: 'connected' },
  { from: '127.0.0.9', to: 'web', expect: 'dropped' },
  { from: '127.0.0.1', to: 'tcp://127.0.0.1:81', expect: 'rejected' },
  { from: '127.0.0.1', to: 'tcp://127.0.0.1:82', expect: 'dropped' },
  { from: '127.0.0.1', to: 'tcp://127.0.0.1:90', expect: 'dropped' },
];
const SCENARIO = {
  name: 'a small server',
  ruleset: { file: 'server.nft', format: 'nft' },
  servers: { web: 'tcp://127.0.0.1:80' },
  probes: PROBES.map((probe) => ({ ...probe, timeoutMs: 200 })),
};

/** Writes a scenario and its rules into a folder of their own. @returns its path */
function write(t: Test, name: string, files: Record<string, string>, scenario: object = SCENARIO): string {
  const folder = join(t.testdirName, name);
  mkdirSync(folder, { recursive: true });
  for (const [file, text] of Object.entries({ 'server.nft': RULES, 'more.nft': MORE, ...files })) {
    writeFileSync(join(folder, file), text);
  }
  writeFileSync(join(folder, 'server.json'), JSON.stringify(scenario));
  return join(folder, 'server.json');
}

async function report(file: string): Promise<(MutantResult & { file: string })[]> {
  const { stdout, stderr } = await loopfw(['mutate', '-r', 'json', file]);
  const { files } = JSON.parse(stdout === '' ? stderr : stdout) as MutationTestResult;
  return Object.entries(files).flatMap(([path, { mutants }]) =>
    mutants.map((mutant) => ({ ...mutant, file: path.slice(path.lastIndexOf('/') + 1) })),
  );
}

/** The mutants of the rules as they are, which two tests read. */
let whole: ReturnType<typeof report> | null = null;
const getWhole = (t: Test) => (whole ??= report(write(t, 'whole', {})));

/** The files with the changed rule in the place of the line or the lines of the rule. */
function change({ file, mutatorName, replacement = '', location: { start } }: Awaited<ReturnType<typeof report>>[number]) {
  const text = file === 'more.nft' ? MORE : RULES;
  const lines = text.split('\n');
  const line = lines[start.line - 1] ?? '';
  const changed =
    mutatorName === 'policy-flipped'
      ? line.replace(/policy \w+/, replacement)
      : line.startsWith('  chain late')
        ? `chain late { ${replacement}; }`
        : replacement;
  return { [file]: lines.toSpliced(start.line - 1, file === 'more.nft' ? 2 : 1, changed).join('\n') };
}

t.test('each change does what a run of the scenario with the changed file does', async (t) => {
  t.testdir();
  const mutants = await getWhole(t);
  const count = (status: string) => mutants.filter((mutant) => mutant.status === status).length;
  t.strictSame([mutants.length, count('NoCoverage'), count('CompileError')], [38, 0, 1], 'all rules are met, one change is refused');
  const files = mutants.map((mutant, place) => write(t, String(place), change(mutant)));
  const result = readResult(await loopfw(['run', '-r', 'json', '--no-advice', ...files]));
  for (const [place, mutant] of mutants.entries()) {
    const { mutatorName, replacement, status, statusReason } = mutant;
    const ran = result.scenarios[place];
    const said = `${mutatorName} ${replacement ?? ''}: ${status} ${statusReason ?? ''}`;
    t.equal(ran?.error === null ? ran.status === 'failed' : 'refused', status === 'CompileError' ? 'refused' : status === 'Killed', said);
  }
  const lines = mutants.filter(({ file }) => file === 'server.nft').map(({ location }) => location.start.line);
  t.strictSame(
    [...new Set(lines)].sort((a, b) => a - b),
    [3, 4, 5, 7, 11, 13],
    'nft prints line 4 otherwise',
  );
});

t.test('each suggestion tells the rule from its change, as a run shows', async (t) => {
  t.testdir();
  const survivors = (await getWhole(t)).filter(({ status }) => status === 'Survived');
  t.ok(survivors.length > 4, `${survivors.length} survivors`);
  const pairs = survivors.map((mutant, place) => {
    const whole = addProbe(mutant);
    return [write(t, `before-${place}`, {}, whole), write(t, `after-${place}`, change(mutant), whole)];
  });
  const result = readResult(await loopfw(['run', '-r', 'json', '--no-advice', ...pairs.flat()]));
  t.strictSame(
    result.scenarios.map(({ status }) => status),
    pairs.flatMap(() => ['passed', 'failed']),
    survivors.map(({ replacement }) => replacement).join('\n'),
  );
});

/** The scenario with the suggested probe alone, and what it needs. */
function addProbe({ statusReason = '' }: MutantResult): object {
  const needed = [...statusReason.matchAll(/^in (\w+): (\{.*\})$/gm)].map(
    ([, name = '', value = '']) => [name, JSON.parse(value)] as const,
  );
  const { servers, ...others } = Object.fromEntries(needed) as Record<string, object>;
  const probe = JSON.parse(/^add: (\{.*\})$/m.exec(statusReason)?.[1] ?? '{}') as object;
  return { ...SCENARIO, ...others, servers: { ...SCENARIO.servers, ...servers }, probes: [{ timeoutMs: 200, ...probe }] };
}

t.test('a policy that no probe notices, for a rule of a later chain says the same', async (t) => {
  t.testdir();
  const rules = `table ip filter {
  chain early { type filter hook input priority -10; policy drop; ct state established accept; }
  chain late { type filter hook input priority 0; policy accept; tcp dport 82 drop; }
}
`;
  const probes = [{ from: '127.0.0.1', to: 'tcp://127.0.0.1:82', expect: 'dropped', timeoutMs: 200 }];
  const mutants = await report(write(t, 'policy', { 'server.nft': rules }, { ...SCENARIO, probes }));
  const policies = mutants.filter(({ mutatorName }) => mutatorName === 'policy-flipped');
  t.strictSame(
    policies.map(({ status, replacement, location }) => [status, replacement, location.start.line]),
    [
      ['Survived', 'policy accept', 2],
      ['NoCoverage', 'policy drop', 3],
    ],
  );
  t.match(policies[0]?.statusReason, 'today dropped');
});

t.test('two files, and tables of two families with one name: after --write nothing is unnoticed', async (t) => {
  t.testdir();
  const chain = (rule: string) => `chain c { type filter hook input priority 0; ${rule}; }`;
  const files = {
    'server.nft': `table ip6 fw {\n ${chain('tcp dport 81 reject')}\n}\ntable ip fw {\n ${chain('tcp dport 81 reject')}\n}\n`,
    'other.nft': 'table inet more {\n chain c { type filter hook input priority 10; ip saddr 127.0.0.9 counter drop; }\n}\n',
  };
  const probes = ['127.0.0.1', '::1', '127.0.0.9'].map((from, place) => ({
    ...{ from, to: `tcp://${from === '::1' ? '[::1]' : '127.0.0.1'}:${place === 2 ? 90 : 81}`, timeoutMs: 200 },
    expect: place === 2 ? 'dropped' : 'rejected',
  }));
  const file = write(t, 'two', files, { name: 'two', ruleset: ['server.nft', 'other.nft'].map((own) => ({ file: own })), probes });
  const list = async () => (await report(file)).map(({ file: own, location, status }) => `${own}:${location.start.line} ${status}`);
  const before = await list();
  const unnoticed = before.filter((found) => found.endsWith(' Survived'));
  t.strictSame([...new Set(unnoticed)].sort(), ['other.nft:2 Survived', 'server.nft:2 Survived', 'server.nft:5 Survived']);
  const { stderr, exitCode } = await loopfw(['mutate', '--write', file], { env: { CI: '' } });
  t.equal(exitCode, 0, stderr);
  t.strictSame(
    await list(),
    before.map((found) => found.replace('Survived', 'Killed')),
  );
});

t.test('what is not changed is said', async (t) => {
  t.testdir();
  const scenario = { ...SCENARIO, ruleset: [{ file: 'server.nft', format: 'nft' }, { file: 'more.v4' }] };
  const files = { 'more.v4': '*filter\n:INPUT ACCEPT [0:0]\n-A INPUT -p tcp -m tcp --dport 80 -j ACCEPT\nCOMMIT\n' };
  const { stdout } = await loopfw(['mutate', write(t, 'mixed', files, scenario)]);
  t.match(stdout, /^not changed: .*server\.nft: native rules beside rules for iptables are not changed$/m);
  const sets = RULES.replace('ip saddr 127.0.0.9', 'ip saddr @bad').replace(
    'chain input',
    'set bad { type ipv4_addr; elements = { 127.0.0.9 }; }\n  chain input',
  );
  const { stdout: named } = await loopfw(['mutate', write(t, 'sets', { 'server.nft': sets })]);
  t.match(named, /^not changed: .*server\.nft: definitions and the elements of named sets are not changed$/m);
});
