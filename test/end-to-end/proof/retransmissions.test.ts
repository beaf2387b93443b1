// What a retransmission may change is waited for, and nothing else: scenarios that each show one thing that rules may remember, draw or ask for.
import t from 'tap';
import { loopfw } from '../../support/loopfw.js';
import { readResult } from '../../support/result.js';

const RUNS = [
  ['nft', 'iptables.json'],
  ['legacy', 'iptables.json'],
  ['nft', 'native.json'],
] as const;
/** They wait for retransmissions most of the time. */
t.jobs = 4;

for (const [backend, file] of RUNS) {
  t.test(`${backend}: ${file}`, async (t) => {
    const run = (folder: string, ...args: string[]) =>
      loopfw([
        'run',
        '-r',
        'json',
        '--no-advice',
        '--jobs',
        '24',
        '--backend',
        backend,
        ...args,
        `test/end-to-end/proof/${folder}/${file}`,
      ]);
    const [waits, proves, full] = await Promise.all([run('waits'), run('proves'), run('proves', '--patience', 'full')]);

    const waiting = readResult(waits).scenarios;
    const isChance = (name: string) => name.startsWith('by chance');
    t.strictSame(
      waiting.flatMap(({ name, probes }) =>
        probes.flatMap(({ decided }) => (decided === 'observed' ? [] : [`${name}: ${decided ?? 'error'}`])),
      ),
      [],
      'what may be decided otherwise is not proved',
    );
    t.strictSame(
      waiting.flatMap(({ name, status, probes }) =>
        status === 'passed' || isChance(name) ? [] : probes.map(({ explanation }) => `${name}: ${explanation}`),
      ),
      [],
      'and is decided otherwise',
    );

    t.equal(proves.exitCode, 0, 'what is proved is so');
    t.strictSame(
      readResult(proves).scenarios.flatMap(({ name, probes }) =>
        probes.flatMap(({ decided, cause }) => (decided === 'proved' || cause === 'service' ? [] : [name])),
      ),
      [],
      'where nothing can change, nobody waits',
    );
    t.equal(full.exitCode, 0, 'and is so to a client that waits');
    const bound = readResult(full).scenarios.find(({ name }) => name === 'a port that was drawn, and stays');
    const ways = (bound?.probes ?? []).map(({ journey }) => journey.map(({ packet }) => packet));
    t.strictSame(
      // How often a SYN is sent again within the limit depends on the kernel (tcp_syn_linear_timeouts).
      ways.map((packets) => [packets.length > 1, new Set(packets).size]),
      file === 'iptables.json' ? Array(3).fill([true, 1]) : [],
      'a flow that was confirmed is translated as before',
    );
  });
}

t.test('a server that is a program may say more, later', async (t) => {
  const ended = await loopfw([
    'run',
    '-r',
    'json',
    '--no-advice',
    '--jobs',
    '24',
    '--allow-commands',
    'test/end-to-end/proof/waits/programs.json',
  ]);
  t.equal(ended.exitCode, 0, ended.stdout);
  t.strictSame(
    readResult(ended).scenarios.flatMap(({ name, probes }) => probes.flatMap(({ decided }) => (decided === 'observed' ? [] : [name]))),
    [],
  );
});
