// `loopfw mutate`: which changes of the rules no probe notices, as a run of the whole scenario with the changed rules shows.
import { createRequire } from 'node:module';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import type { MutantResult, MutationTestResult } from 'mutation-testing-report-schema/api';
import t, { type Test } from 'tap';
import { openPage, startBrowser, needsBrowser } from '../../support/browser.js';
import { type Ended, loopfw } from '../../support/loopfw.js';
import { readResult } from '../../support/result.js';

// They wait for worlds, not for each other.
t.jobs = 3;

const SCHEMA = createRequire(import.meta.url).resolve('mutation-testing-report-schema/mutation-testing-report-schema.json');

/** A folder that is removed after the test. */
function makeFolder(t: Test): string {
  const folder = mkdtempSync(join(tmpdir(), 'loopfw-mutate-'));
  t.teardown(() => rmSync(folder, { recursive: true }));
  return folder;
}

function write(t: Test, text: string, name = 'small.json'): string {
  const file = join(makeFolder(t), name);
  writeFileSync(file, text);
  return file;
}

const RULES = [
  '-P INPUT DROP',
  '-N guests',
  '-A INPUT -j guests',
  '-A INPUT -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT',
  '-A INPUT -p tcp -m tcp --dport 80 -j ACCEPT',
  // No packet of the first probe matches a rule of this chain, and it is asked all the same.
  '-A guests -s 127.0.0.8/30 -p tcp -m tcp --dport 22 -j REJECT --reject-with icmp-port-unreachable',
];
const SMALL = `{
  // what is asked
  "name": "small",
  "servers": { "web": "tcp://127.0.0.2:80", "ssh": "tcp://127.0.0.2:22" },
  "rules": ${JSON.stringify(RULES)},
  "probes": [
    { "from": "127.0.0.1", "to": "web", "expect": "connected" }, // open
    { "from": "127.0.0.9", "to": "ssh", "expect": "refused" },
    { "from": "127.0.0.1", "to": "ssh", "expect": "dropped" } // all else
  ]
}
`;

/** The statuses of scenarios, in their order. */
async function run(t: Test, scenarios: object[], backend: string): Promise<string[]> {
  const file = write(t, JSON.stringify(scenarios));
  const result = readResult(await loopfw(['run', '-r', 'json', '--no-advice', '--backend', backend, file]));
  return result.scenarios.map(({ status }) => status);
}

async function report(file: string, ...options: string[]): Promise<MutationTestResult> {
  const { stdout, stderr } = await loopfw(['mutate', '-r', 'json', ...options, file]);
  return JSON.parse(stdout === '' ? stderr : stdout) as MutationTestResult;
}

function listMutants({ files }: MutationTestResult): Required<MutantResult>[] {
  return Object.values(files).flatMap(({ mutants }) => mutants as Required<MutantResult>[]);
}

const small = mkdtempSync(join(tmpdir(), 'loopfw-mutate-'));
t.teardown(() => rmSync(small, { recursive: true }));
writeFileSync(join(small, 'small.json'), SMALL);

interface Reports {
  ended: Ended;
  document: MutationTestResult;
  page: string;
}

/** The reports of SMALL, which several tests read. */
const reports: Partial<Record<string, Promise<Reports>>> = {};
const getSmall = (backend: 'nft' | 'legacy') => (reports[backend] ??= reportAll(backend));

async function reportAll(backend: string): Promise<Reports> {
  const [document, page] = [join(small, `${backend}.report.json`), join(small, `${backend}.html`)];
  const wanted = ['human', `json=${document}`, `html=${page}`].flatMap((own) => ['-r', own]);
  const ended = await loopfw(['mutate', '--backend', backend, '--min-score', '99.5', ...wanted, join(small, 'small.json')]);
  return { ended, document: JSON.parse(readFileSync(document, 'utf8')) as MutationTestResult, page };
}

t.test('what the report says is what a run of the whole scenario with the changed rule says', { jobs: 2 }, async (t) => {
  for (const backend of ['nft', 'legacy'] as const) {
    t.test(backend, async (t) => {
      const mutants = listMutants((await getSmall(backend)).document);
      t.equal(mutants.length, 25, `${mutants.length} mutants`);
      const scenario = JSON.parse(SMALL.replaceAll(/\/\/ .*/g, '')) as { name: string; rules: string[] };
      const lines = SMALL.split('\n');
      const changed = mutants.map(({ replacement, location: { start, end } }, place) => {
        const original = lines[start.line - 1]?.slice(start.column - 1, end.column - 1) ?? '';
        const at = RULES.indexOf(original);
        t.not(at, -1, `the place of a rule: ${original}`);
        return { ...scenario, name: `mutant ${place}`, rules: scenario.rules.with(at, replacement) };
      });
      const statuses = await run(t, changed, backend);
      for (const [place, status] of statuses.entries()) {
        const { status: said, replacement, mutatorName } = mutants[place] as Required<MutantResult>;
        t.equal(said === 'Killed', status === 'failed', `${mutatorName} ${replacement}: ${said}, ${status}`);
        t.ok(['Killed', 'Survived', 'Ignored'].includes(said), said);
      }
      t.match(
        mutants.find(({ replacement }) => replacement.includes('--dport 80:81')),
        { status: 'Survived', mutatorName: 'port-widened' },
        'nobody asks for port 81',
      );
    });
  }
});

t.test('each suggestion tells the rule from its change, as a run shows', async (t) => {
  const survivors = listMutants((await getSmall('nft')).document).filter(({ status }) => status === 'Survived');
  t.equal(survivors.length, 5, 'ports beside 22 and 80, and addresses beside 127.0.0.8/30');
  const scenario = JSON.parse(SMALL.replaceAll(/\/\/ .*/g, '')) as { name: string; rules: string[]; probes: unknown[]; servers: object };
  const lines = SMALL.split('\n');
  const pairs = survivors.flatMap(({ statusReason = '', replacement, location: { start, end } }, place) => {
    const reason = statusReason.split('\n');
    const probe = JSON.parse(reason[0]?.replace(/^add: /, '') ?? '') as object;
    const added = Object.fromEntries(
      reason
        .flatMap((line) => [/^in (\w+): (.*)$/.exec(line) ?? []].filter((own) => own.length > 0))
        .map(([, key = '', value = '']) => [key, JSON.parse(value) as object]),
    );
    const whole = { ...scenario, ...added, servers: { ...scenario.servers, ...(added['servers'] ?? {}) }, probes: [probe] };
    const original = lines[start.line - 1]?.slice(start.column - 1, end.column - 1) ?? '';
    return [scenario.rules, scenario.rules.with(RULES.indexOf(original), replacement)].map((rules, side) => ({
      ...whole,
      name: `${place} ${side}`,
      rules,
    }));
  });

  t.strictSame(
    await run(t, pairs, 'nft'),
    survivors.flatMap(() => ['passed', 'failed']),
  );
});

t.test('--write adds probes, keeps comments, and leaves nothing that nobody notices', async (t) => {
  const file = write(t, SMALL);
  const { exitCode, stderr, stdout } = await loopfw(['mutate', '--write', file], { env: { CI: '' } });
  t.equal(exitCode, 0, stderr);
  t.match(stdout, /^score \d\d %: \d+ changes noticed/);
  const text = readFileSync(file, 'utf8');
  const count = Number(/: (\d+) probes added; run it: loopfw run /.exec(stderr)?.[1]);
  t.ok(count > 0, stderr);
  const [before = [], after = []] = [SMALL, text].map((own) => own.split('\n'));
  t.equal(after.length, before.length + count);
  t.match(text, '// what is asked\n');
  t.match(text, '"connected" }, // open\n');
  t.match(text, '"dropped" }, // all else\n    { "from": ');
  t.equal((await loopfw(['run', file])).exitCode, 0);
  const again = await loopfw(['mutate', '--min-score', '100', file]);
  t.equal(again.exitCode, 0, again.stderr);
  t.match(again.stdout, /^score 100 %: \d+ changes noticed.*, 0 not \(/);
});

t.test('the report for people; a score that is too low is a failure', async (t) => {
  const { stdout, exitCode, stderr } = (await getSmall('nft')).ended;
  t.equal(exitCode, 1);
  t.match(stderr, /^loopfw: the score is \d\d %, and --min-score asks for 99.5 %\n$/);
  t.match(stdout, /\nnobody would notice if …\n {2}small\.json:5 {2}-A INPUT /);
  t.match(stdout, /\n\nadd them: loopfw mutate --write \S+small\.json\n$/);
  t.match(
    stdout,
    /\n {6}… had --dport 80:81 instead of --dport 80\n {10}add: \{ "from": .*\n {10}today dropped; then closed \(both seen on the kernel\)\n/,
  );
});

t.test('rules that no probe meets are not tested; an ordinary user needs no root', async (t) => {
  const text = SMALL.replace('-P INPUT DROP', '-t mangle -A FORWARD -j DROP');
  const { stdout } = await loopfw(['mutate', '-'], { ordinary: true, input: text.replace('"dropped"', '"connected"') });
  t.match(stdout, /\nnot tested: 2 of rules that no probe meets \(loopfw run --coverage says which probes would\)\n/);
});

t.test('what rules remember of earlier probes stays', async (t) => {
  const text = `{
    "name": "limited",
    "servers": { "ssh": "tcp://127.0.0.2:22", "web": "tcp://127.0.0.2:80" },
    "rules": [
      "-A INPUT -p tcp --dport 22 --syn -m recent --name ssh --update --seconds 60 --hitcount 2 -j REJECT --reject-with tcp-reset",
      "-A INPUT -p tcp --dport 22 --syn -m recent --name ssh --set",
      "-A INPUT -p tcp --dport 23 -j DROP"
    ],
    "probes": [
      { "from": "127.0.0.1", "to": "ssh", "expect": "connected" },
      { "from": "127.0.0.1", "to": "web", "expect": "connected" },
      { "from": "127.0.0.1", "to": "ssh", "expect": "connected" },
      { "from": "127.0.0.1", "to": "ssh", "expect": "rejected" }
    ]
  }`;
  const mutants = listMutants(await report(write(t, text)));
  const find = (replacement: string) => mutants.find((own) => own.replacement === replacement);
  const reject = '-A INPUT -p tcp -m tcp --dport 22 --tcp-flags FIN,SYN,RST,ACK SYN -m recent';
  t.match(find(`${reject} --update --seconds 60 --hitcount 2 --name ssh --mask 255.255.255.255 --rsource`), {
    mutatorName: 'target-removed',
    status: 'Killed',
  });
  const [tested] = mutants.filter(({ mutatorName, replacement }) => mutatorName === 'target-changed' && replacement.includes('-j DROP'));
  t.equal(tested?.coveredBy.length, 3, 'the probes of ssh, and not that of web');
});

t.test('a client that would wait longer is asked again with all its time', async (t) => {
  // The first SYN is lost. The kernel sends it again after a second.
  const text = `{
    "name": "late",
    "servers": { "web": "tcp://127.0.0.2:80" },
    "rules": [
      "-A INPUT -p tcp --dport 80 --syn -m recent --name first --rcheck -j ACCEPT",
      "-A INPUT -p tcp --dport 80 --syn -m recent --name first --set -j ACCEPT"
    ],
    "probes": [{ "from": "127.0.0.1", "to": "web", "expect": "connected" }]
  }`;
  const mutants = listMutants(await report(write(t, text)));
  const dropped = mutants.find(({ replacement }) => replacement.endsWith('--set --name first --mask 255.255.255.255 --rsource -j DROP'));
  t.match(dropped, { mutatorName: 'target-changed' });
  t.not(dropped?.status, 'Killed', 'the second SYN is accepted, after a second');
});

t.test('a scenario must pass before its rules are changed', async (t) => {
  const { exitCode, stderr, stdout } = await loopfw(['mutate', write(t, SMALL.replace('"dropped"', '"connected"'))]);
  t.equal(exitCode, 1);
  t.equal(stdout, '');
  t.match(stderr, /: "small" must pass before its rules are changed: 1 of 3 probes does not pass\n$/);
});

t.test('--write never changes files where CI is set, nor standard input', async (t) => {
  const file = write(t, SMALL);
  const inCi = await loopfw(['mutate', '--write', file], { env: { CI: 'true' } });
  t.equal(inCi.exitCode, 2);
  t.match(inCi.stderr, /^loopfw: --write: the variable CI is set/);
  const piped = await loopfw(['mutate', '--write', '-'], { input: SMALL, env: { CI: '' } });
  t.equal(piped.exitCode, 2);
  t.match(piped.stderr, /^loopfw: --write: a scenario from standard input has no file/);
  t.equal(readFileSync(file, 'utf8'), SMALL);
});

t.test('phases, tables and both families', async (t) => {
  const text = `{
    "name": "phases",
    "servers": { "six": "tcp://[::1]:80", "four": "tcp://127.0.0.2:80" },
    "rules": ["ip6tables -A INPUT -p tcp --dport 80 -j DROP"],
    "matrix": { "::1": { "six": "dropped" } },
    "phases": [
      { "name": "later", "rules": ["-t raw -A OUTPUT -d 127.0.0.2 -p tcp --dport 80 -j DROP"],
        "probes": [{ "from": "127.0.0.1", "to": "four", "expect": "dropped" }] }
    ]
  }`;
  const file = write(t, text);
  const { stderr, stdout, exitCode } = await loopfw(['mutate', '--write', '-r', 'markdown', file], { env: { CI: '' } });
  t.equal(exitCode, 0, stderr);
  t.match(stdout, /^## score \d+ %: /);
  t.notMatch(stdout, 'does not take', 'a DROP of table raw becomes no REJECT, which only filter has');
  const written = JSON.parse(readFileSync(file, 'utf8')) as { probes: { to: string }[]; phases: { probes: { to: string }[] }[] };
  t.ok(
    written.probes.every(({ to }) => to.includes('[') || to === 'six'),
    'probes of IPv6 for the first phase',
  );
  t.ok((written.phases[0]?.probes.length ?? 0) > 1, 'further probes for the later one');
  t.equal((await loopfw(['run', file])).exitCode, 0);
});

t.test('of two scenarios with one rule set, it is enough that one notices, and one gets the probe', async (t) => {
  const folder = makeFolder(t);
  writeFileSync(join(folder, 'rules.v4'), '*filter\n:INPUT ACCEPT [0:0]\n-A INPUT -p tcp -m tcp --dport 22 -j DROP\nCOMMIT\n');
  const make = (name: string, probes: object[]) => ({
    name,
    ruleset: { file: 'rules.v4' },
    servers: { web: 'tcp://127.0.0.2:22-24' },
    probes,
  });
  const probe = (port: number, expect: string) => ({ from: '127.0.0.1', to: `tcp://127.0.0.2:${port}`, expect });
  const file = join(folder, 'two.json');
  // 22 or 23 is noticed by the second one alone, a rule without -p tcp by neither.
  const scenarios = [
    make('one', [probe(22, 'dropped'), probe(24, 'connected')]),
    make('two', [probe(22, 'dropped'), probe(23, 'connected')]),
  ];
  writeFileSync(file, JSON.stringify(scenarios));
  const mutants = listMutants(await report(file, '--backend', 'nft'));
  t.equal(mutants.find(({ mutatorName }) => mutatorName === 'port-widened')?.status, 'Killed');
  t.equal(new Set(mutants.map(({ replacement }) => replacement)).size, mutants.length, 'each change is there once');
  const open = mutants.filter(({ status }) => status === 'Survived').length;
  await loopfw(['mutate', '--write', file], { env: { CI: '' } });
  const written = JSON.parse(readFileSync(file, 'utf8')) as { probes: object[] }[];
  const added = written.reduce((sum, { probes }) => sum + probes.length, 0) - 4;
  t.ok(added <= open, `${added} probes for ${open} changes`);
  t.notMatch(JSON.stringify(written[0]?.probes), ':23"', 'the second scenario notices that already');
});

t.test('JSON is a document of the mutation testing schema', async (t) => {
  const { document } = await getSmall('nft');
  const validate = new Ajv({ strict: false }).compile(JSON.parse(readFileSync(SCHEMA, 'utf8')) as object);
  t.ok(validate(document), JSON.stringify(validate.errors));
  const tests = new Set(Object.values(document.testFiles ?? {}).flatMap((file) => file.tests.map(({ id }) => id)));
  t.equal(tests.size, 3);
});

t.test('the page shows the rules, and needs nothing else', needsBrowser, async (t) => {
  const { page } = await getSmall('nft');
  const browser = await startBrowser();
  t.teardown(() => browser.close());
  const opened = await openPage(browser, `file://${page}`);
  await opened.page.getByRole('table').getByText('small.json').waitFor();
  t.strictSame(opened.complaints, []);
});
