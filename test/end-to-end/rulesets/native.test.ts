// nft files as people have them, a kind a file: what is loaded, what is told, and what is not decided because no trace shows it.
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { loopfw, run } from '../../support/loopfw.js';
import { readResult } from '../../support/result.js';

const FOLDER = 'test/end-to-end/rulesets/native';
const LOADED = ['arp', 'bridge', 'families', 'include', 'intervals', 'maps', 'netdev', 'netdev-eth0', 'router', 'tproxy', 'tproxy-lo'];

const BLOCK = 'table ip x {\n chain i {\n  type filter hook input priority 0\n  RULE\n }\n}\n';

/** The statuses of the probes, in their order: p passed, i inconclusive. */
const STATUSES: Record<string, string> = {
  arp: 'ppii',
  bridge: 'iiiipp',
  families: 'pp',
  include: 'pppppp',
  intervals: 'ppppppp',
  maps: 'ppppppp',
  netdev: 'piiiiiiiipp',
  'netdev-eth0': 'iippp',
  router: 'ppp',
  tproxy: 'ppp',
  'tproxy-lo': 'pp',
};

const WARNINGS: Record<string, string> = {
  arp: `${FOLDER}/arp.nft:1:11 table arp filter is loaded, but loopfw does not see what its rules do`,
  bridge: `${FOLDER}/bridge.nft:1:14 table bridge filter is loaded, but loopfw does not see what its rules do`,
  'netdev-eth0': `${FOLDER}/netdev-eth0.nft:1:14 table netdev filter is loaded`,
  netdev: `${FOLDER}/netdev.nft:1:14 table netdev filter is loaded, but loopfw does not see what its rules do`,
};

/** They wait for clients most of the time. */
t.jobs = 2;

for (const ordinary of [false, true]) {
  t.test(`every kind is loaded and judged${ordinary ? ', for an ordinary user too' : ''}`, async (t) => {
    const ended = await loopfw(['run', '-r', 'json', ...LOADED.map((name) => `${FOLDER}/${name}.json`)], {
      ordinary,
    });
    const { scenarios } = readResult(ended);
    const byName = new Map(scenarios.map((scenario) => [/([\w-]+)\.json$/.exec(scenario.file)?.[1] ?? '', scenario]));
    for (const name of LOADED) {
      const { probes = [], warnings = [], error = 'not run' } = byName.get(name) ?? {};
      t.equal(error, null, name);
      t.equal(
        probes.map(({ status }) => status.charAt(0)).join(''),
        STATUSES[name],
        `${name}: ${JSON.stringify(probes.map((probe) => [probe.observed?.outcome, probe.cause, probe.explanation]))}`,
      );
      t.equal(warnings.length, WARNINGS[name] === undefined ? 0 : 1, name);
      for (const { code, file, line, column, message } of warnings) {
        t.equal(code, 'unseen-table');
        t.ok(`${file}:${line}:${column} ${message}`.startsWith(WARNINGS[name] ?? '?'), message);
      }
      for (const { status, evidence, cause, decided, explanation } of probes.filter((probe) => probe.status !== 'passed')) {
        t.match(
          { status, evidence, cause, decided },
          { status: 'inconclusive', evidence: 'none', cause: 'unexplained', decided: 'observed' },
        );
        t.match(explanation, new RegExp(`no trace shows whether a rule of ${name.replace('-eth0', '')} filter made it so`));
      }
    }
    const rules = byName.get('include')?.rules ?? [];
    t.strictSame(
      rules.map(({ name, file, line }) => [name, file, line]),
      [
        [null, `${FOLDER}/include.nft`, 9],
        ['from-a-file', `${FOLDER}/rules.d/1-block.nft`, 2],
        ['deep', `${FOLDER}/rules.d/more/deep.nft`, 1],
        ['second-of-the-glob', `${FOLDER}/rules.d/2-more.nft`, 1],
        ['last', `${FOLDER}/include.nft`, null],
      ],
    );
  });
}

t.test('a flowtable is refused with the reason, and a last comment without a line feed with the words of nft', async (t) => {
  const flowtable = await loopfw(['run', `${FOLDER}/flowtable.json`]);
  t.equal(flowtable.exitCode, 2);
  t.match(flowtable.stderr, /flowtable\.nft:2:3: error: flowtable is refused: packets that take its short cut meet no rules/);
  const folder = mkdtempSync(join(tmpdir(), 'loopfw-native-'));
  t.teardown(() => rmSync(folder, { recursive: true }));
  copyFileSync(`${FOLDER}/no-line-end.json`, join(folder, 'x.json'));
  writeFileSync(join(folder, 'words'), '# fine\ntcp dport 80 drop # no end');
  const texts = [BLOCK.replace('RULE', 'tcp dport 80 drop') + '# the end', BLOCK.replace('RULE', 'include "./words"')];
  for (const [place, text] of texts.entries()) {
    writeFileSync(join(folder, 'no-line-end.nft'), text);
    const result = readResult(await loopfw(['run', '-r', 'json', join(folder, 'x.json')]));
    // The witness is nft itself: 1.0.6 refuses such an end, later versions take it.
    const refused = await askNft(folder, 'no-line-end.nft');
    const file = place === 0 ? 'no-line-end.nft:7:1' : 'words:2:19';
    t.equal(result.scenarios[0]?.error?.message ?? null, refused === null ? null : `${folder}/${file}: nft refuses this: ${refused}`);
  }
});

/** The first mistake that nft itself finds in a file; null if it takes the file. */
async function askNft(folder: string, file: string): Promise<string | null> {
  const user = process.getuid?.() === 0 ? [] : ['--user', '--map-root-user'];
  const { stderr } = await run('unshare', ['--net', ...user, 'sh', '-c', `PATH=$PATH:/usr/sbin:/sbin nft -c -f ${file}`], { cwd: folder });
  return /Error: (.*)/.exec(stderr)?.[1] ?? null;
}
