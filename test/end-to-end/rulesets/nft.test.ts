// Native nft rule sets on the real kernel, a scenario a behaviour; and what becomes of those that cannot be applied.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import type { ScenarioInput } from '../../../src/model/scenario-file.js';
import { type Ended, loopfw } from '../../support/loopfw.js';
import { getVerdicts, readResult } from '../../support/result.js';

const folder = mkdtempSync(join(tmpdir(), 'loopfw-nft-'));
t.teardown(() => rmSync(folder, { recursive: true }));

/** Runs one probe against a rule set of this text. */
function runText(text: string, more: Partial<ScenarioInput> = {}): Promise<Ended> {
  const scenario = {
    name: 'x',
    ruleset: { file: 'x.nft', format: 'nft' },
    ...more,
    probes: [{ from: '127.0.0.1', to: 'tcp://127.0.0.2:80', expect: 'closed' }],
  };
  writeFileSync(join(folder, 'x.nft'), text);
  writeFileSync(join(folder, 'x.json'), JSON.stringify(scenario));
  return loopfw(['run', '-r', 'json', join(folder, 'x.json')]);
}

t.test('test/end-to-end/rulesets/nft passes, and an ordinary user sees the same', async (t) => {
  const [own, ordinary] = await Promise.all([
    loopfw(['run', '-r', 'json', 'test/end-to-end/rulesets/nft']),
    loopfw(['run', '-r', 'json', 'test/end-to-end/rulesets/nft'], { ordinary: true }),
  ]);
  t.equal(own.exitCode, 0, own.stderr);
  const result = readResult(own);
  t.strictSame(getVerdicts(readResult(ordinary)), getVerdicts(result));
  const probes = result.scenarios.flatMap((scenario) => scenario.probes);
  t.strictSame(new Set(probes.map(({ evidence }) => evidence)), new Set(['trace']));
  const steps = probes.flatMap(({ journey }) => journey.flatMap((packet) => packet.steps));
  t.notOk(
    steps.some(({ table }) => table.startsWith('loopfw')),
    "loopfw's own table is never shown",
  );
});

t.test('rules are told with their lines and counts', async (t) => {
  const result = readResult(await loopfw(['run', '-r', 'json', 'test/end-to-end/rulesets/nft/verdicts.json']));
  const rules = result.scenarios[0]?.rules ?? [];
  t.match(
    rules.filter(({ name }) => name === 'established' || name === 'web' || name === 'over-lines'),
    [
      { text: 'ct state established,related counter accept comment "established"', line: 22, packets: Number, bytes: Number },
      { text: 'tcp dport { 80, 8000-8002 } accept comment "web"', line: null, packets: 3, bytes: null },
      { text: 'tcp dport { 74, 75 } counter drop comment "over-lines"', line: null, packets: 1, bytes: 60 },
    ],
  );
});

t.test('what loopfw does not let in is told before anything runs, by line and column', async (t) => {
  const ended = await runText('table inet x {\n chain y {\n  tcp dport 80 queue\n }\n}\ninclude "/etc/shadow"\n');
  t.equal(ended.exitCode, 2);
  t.match(
    ended.stderr,
    /x\.nft:3:16: error: queue is refused: .*\n(?: .*\n)*.*x\.nft:6:1: error: include "\/etc\/shadow": expected a path inside/,
  );
});

t.test('names that nft would look up on the machine are told before anything runs; those of common services are known', async (t) => {
  const chain = (rules: string) => `table inet x {\n chain y {\n  type filter hook input priority 0\n  ${rules}\n }\n}\n`;
  const ended = await runText(chain('ip saddr localhost drop\n  meta skuid nobody drop\n  tcp dport { ssh, tell-me } drop'));
  t.equal(ended.exitCode, 2);
  t.equal(ended.stdout, '');
  t.match(ended.stderr, /x\.nft:4:12: error: "localhost" is refused: host names are not looked up/);
  t.match(ended.stderr, /x\.nft:5:14: error: "nobody" is refused: users of the machine/);
  t.match(ended.stderr, /x\.nft:6:20: error: "tell-me" is refused: it is none of the services/);
  const fine = await runText(chain('tcp dport { ssh, domain } drop\n  iifname localhost drop'));
  t.equal(fine.exitCode, 0, fine.stderr);
});

t.test('what hides behind a carriage return is told, and nothing runs', async (t) => {
  const hidden: [string, RegExp][] = [
    [
      'include "/etc/hostname"\n',
      /x\.nft:2:1: error: include "\/etc\/hostname": expected a path inside the scenario's folder: copy the files/,
    ],
    ['table ip y { chain o { type filter hook output priority 0\n meta nftrace set 0\n}\n}\n', /x\.nft:3:7: error: nftrace is refused/],
    ['table netdev n { chain o { type filter hook ingress device lo priority 0\n fwd to lo\n}\n}\n', /x\.nft:3:2: error: fwd is refused/],
    ['table ip y {\n ct helper f {\n type "ftp" protocol tcp\n}\n}\n', /x\.nft:3:5: error: ct helper is refused/],
  ];
  for (const [text, refused] of hidden) {
    const ended = await runText(`#\r"\n${text}# "\ntable ip x {}\n`);
    t.equal(ended.exitCode, 2);
    t.equal(ended.stdout, '');
    t.match(ended.stderr, /x\.nft:1:2: error: U\+000D \(carriage return\) in a comment is refused/);
    t.match(ended.stderr, refused);
  }
});

t.test("a scenario's own list of back ends cannot have legacy in it", async (t) => {
  const ended = await runText('table ip x {}\n', { backend: ['nft', 'legacy'] });
  t.equal(ended.exitCode, 2);
  t.match(ended.stderr, /x\.json:\S+ error: a rule set for nft needs the nft back end/);
});

t.test('an nft file has no family in the scenario', async (t) => {
  const ended = await runText('table ip x {}\n', { ruleset: { file: 'x.nft', family: 'ipv6' } });
  t.equal(ended.exitCode, 2);
  t.match(ended.stderr, /x\.json:\S+ error: "family" is for files of iptables: leave it out/);
});

t.test('it has no iptables that could be chosen: it runs once, by nft', async (t) => {
  const ended = await loopfw(['run', '-r', 'json', '--backend', 'legacy,nft', 'test/end-to-end/rulesets/nft/verdicts.json']);
  t.equal(ended.exitCode, 0);
  t.strictSame(new Set(readResult(ended).scenarios.map(({ backend }) => backend)), new Set(['nft']));
});

t.test("what nft says of loopfw's own table, behind a text that it refuses, is left out", async (t) => {
  const ended = await runText('table ip x { set s { type ipv4_addr; elements = { 1.1.1.1 2.2.2.2 } }\n}\n');
  t.equal(ended.exitCode, 2);
  const said = readResult(ended).scenarios[0]?.error?.message ?? '';
  t.match(said, /x\.nft:1:\d+: nft refuses this: [^;]*$/);
  t.notMatch(said, /x\.nft:[2-9]:/);
});

t.test('what nft refuses is told with its place in the file', async (t) => {
  const ended = await runText('table ip x { chain y { type filter hook input priority 0; tcp 80 drop; }\n}\nadd rule ip x y ip saddr\n');
  t.equal(ended.exitCode, 2);
  t.match(readResult(ended).scenarios[0]?.error, { code: 'usage', message: /x\.nft:1:63: nft refuses this: .*x\.nft:3:/ });
});

t.test('a file that takes back its own rules is no rule set', async (t) => {
  const ended = await runText('table ip x {\n chain y {\n type filter hook input priority 0\n drop\n }\n}\nflush ruleset\n');
  t.equal(ended.exitCode, 2);
  t.match(readResult(ended).scenarios[0]?.error, { code: 'usage', message: /the kernel holds none of its rules/ });
});
