// --pcap: every packet of the probes, no other, in files that tcpdump can read.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { chmod } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { parseScenarios, runSuite } from 'loopfw';
import t from 'tap';
import { loopfw } from '../../support/loopfw.js';

const SCENARIO = {
  name: 'many: ÄÖ / 漢字',
  backend: ['nft', 'legacy'],
  servers: { web: 'http://127.0.0.2:80' },
  rules: ['-A INPUT -s 127.0.0.9 -j DROP', '-A INPUT -s 127.0.0.10 -j REJECT', '-A OUTPUT -s 127.0.0.11 -j DROP'],
  probes: [
    { from: '127.0.0.1', to: 'tcp://127.0.0.2:80', count: 200, parallel: true, expect: 'connected' },
    { from: '127.0.0.11', to: 'web', expect: 'dropped' },
    { from: '127.0.0.10', to: 'web', count: 20, expect: 'rejected' },
    { from: '127.0.0.9', to: 'web', count: 10, expect: 'dropped' },
  ],
};

const folder = mkdtempSync(join(tmpdir(), 'loopfw-pcap-'));
await chmod(folder, 0o777);
t.teardown(() => rmSync(folder, { recursive: true }));

/** How many packets of a file match, as tcpdump reads it. */
async function count(pcap: Uint8Array, filter: string): Promise<number> {
  const { stdout } = await execa('tcpdump', ['-n', '-t', '-r', '-', filter], {
    input: pcap,
    env: { PATH: `${process.env['PATH']}:/usr/sbin` },
  });
  return stdout === '' ? 0 : stdout.split('\n').length;
}

async function countAll(t: Tap, pcap: Uint8Array): Promise<void> {
  const syn = 'tcp[tcpflags] & (tcp-syn | tcp-ack) == tcp-syn';
  t.equal(await count(pcap, `${syn} and src host 127.0.0.1`), 200, 'each once, and no control');
  t.equal(await count(pcap, `${syn} and src host 127.0.0.9`), 10, 'the last ones too');
  t.equal(await count(pcap, `${syn} and src host 127.0.0.11`), 0, 'what OUTPUT drops reaches no interface');
  t.equal(await count(pcap, 'icmp[icmptype] == icmp-unreach and dst host 127.0.0.10'), 20);
}

type Tap = Pick<typeof t, 'equal'>;

for (const ordinary of [false, true]) {
  t.test(`every packet of the probes, run by ${ordinary ? 'an ordinary user' : 'whoever runs the tests'}`, async (t) => {
    const own = join(folder, `${ordinary}`, 'made');
    const input = JSON.stringify([SCENARIO, { ...SCENARIO, name: 'many ÄÖ 漢字' }]);
    const { exitCode, stdout, stderr } = await loopfw(['run', '--pcap', own, '-'], { ordinary, input });
    t.equal(exitCode, 0, stdout.slice(-200));
    t.equal(stderr, '', 'nothing is missing');
    const names = ['', '-2'].flatMap((number) => ['legacy', 'nft'].map((backend) => `stdin-many-äö-漢字${number}.${backend}.pcap`));
    t.strictSame(readdirSync(own).sort(), names.sort());
    for (const name of names) {
      await countAll(t, readFileSync(join(own, name)));
    }
  });
}

t.test('a long name is cut', async (t) => {
  const own = join(folder, 'long');
  const input = JSON.stringify({ ...SCENARIO, name: '漢'.repeat(200), backend: 'nft', probes: SCENARIO.probes.slice(1, 2) });
  t.match(await loopfw(['run', '--pcap', own, '-'], { input }), { exitCode: 0 });
  t.match(readdirSync(own), [/^stdin-漢{58}\.nft\.pcap$/]);
});

t.test('a folder that cannot be written to is said before anything runs', async (t) => {
  const file = join(folder, 'file');
  writeFileSync(file, '');
  const { exitCode, stdout, stderr } = await loopfw(['run', '-'], { input: JSON.stringify(SCENARIO), env: { LOOPFW_PCAP: file } });
  t.match({ exitCode, stdout }, { exitCode: 2, stdout: '' });
  t.match(stderr, /^loopfw: --pcap: nothing can be written into .*file: it is a file\n/);
});

t.test('a link that somebody has put there is replaced, and what it leads to stays as it was', async (t) => {
  const own = t.testdir({ victim: 'kept', pcap: { 'stdin-one.nft.pcap': t.fixture('symlink', '../victim') } });
  const input = JSON.stringify({ ...SCENARIO, name: 'one', backend: 'nft', probes: SCENARIO.probes.slice(1, 2) });
  t.match(await loopfw(['run', '--pcap', `${own}/pcap`, '-'], { input }), { exitCode: 0 });
  t.equal(readFileSync(join(own, 'victim'), 'utf8'), 'kept');
});

t.test('the library hands them over', async (t) => {
  const { scenarios } = parseScenarios(JSON.stringify(SCENARIO), 'x.json');
  const seen: string[] = [];
  await runSuite(scenarios, {
    async onCapture({ pcap, isCut, missing }, { backend }) {
      seen.push(backend);
      t.match({ isCut, missing }, { isCut: false, missing: 0 });
      await countAll(t, pcap);
    },
  });
  t.strictSame(seen.sort(), ['legacy', 'nft']);
});
