// A program in the world of a scenario, rules for it, and the file with its result.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import t from 'tap';
import { loopfw } from '../../support/loopfw.js';
import { ROOT } from '../../support/package.js';

const folder = await mkdtemp(join(tmpdir(), 'loopfw-exec-'));
t.teardown(() => rm(folder, { recursive: true }));

const http = (address: string, port: number, banner: string, more = {}) => ({ protocol: 'http', address, port, banner, ...more });
const probes = [{ from: '127.0.0.1', to: 'web', expect: 'connected' }];

async function write(name: string, document: unknown): Promise<string> {
  await writeFile(join(folder, name), JSON.stringify(document));
  return join(folder, name);
}

/** Prints the answers of servers, and the environment that names them. A server that does not answer is a line, too. */
const CLIENT = `
  const show = async ([name, server]) => {
    const answer = await fetch('http://' + server, { signal: AbortSignal.timeout(500) }).then((r) => r.text(), (e) => e.cause?.code ?? e.name);
    console.log(name + ' ' + server + ' ' + answer);
  };
  const servers = Object.entries(process.env).filter(([name]) => name.startsWith('LOOPFW_SERVER_')).sort();
  (async () => { for (const each of servers) await show(each); })();`;

t.test("a scenario's servers, interfaces, ipsets and first rules are the world of the program", async (t) => {
  const scenario = await write('world.json', {
    name: 'world',
    servers: {
      web: http('127.0.0.2', 80, 'hello'),
      'every-where': http('0.0.0.0', 8080, 'here'),
      banned: http('127.0.0.7', 80, 'never'),
      far: http('192.0.2.9', 80, 'from outside', { via: 'eth0' }),
    },
    interfaces: { eth0: { addresses: ['192.0.2.1/24'] } },
    ipsets: { banned: ['127.0.0.7'] },
    rules: ['-A INPUT -p tcp -m set --match-set banned dst -j REJECT --reject-with tcp-reset'],
    probes,
    phases: [{ name: 'later', rules: ['-A INPUT -j DROP'], probes: [{ from: '127.0.0.1', to: 'web', expect: 'dropped' }] }],
  });
  const seen = await loopfw(['exec', scenario, '--', 'node', '-e', CLIENT]);
  t.equal(seen.exitCode, 0, seen.stderr);
  t.strictSame(seen.stdout.trim().split('\n'), [
    'LOOPFW_SERVER_BANNED 127.0.0.7:80 ECONNREFUSED',
    'LOOPFW_SERVER_EVERY_WHERE 127.0.0.1:8080 here',
    'LOOPFW_SERVER_FAR 192.0.2.9:80 from outside',
    'LOOPFW_SERVER_WEB 127.0.0.2:80 hello',
  ]);
  t.test('rules of the command line come after its own, and faults with both; a file has the result', async (t) => {
    const report = join(folder, 'exec.json');
    const rules = [
      '--rule',
      '-A INPUT -d 127.0.0.1 -p tcp --dport 8080 -j REJECT --reject-with tcp-reset',
      '--fault',
      'refused=127.0.0.2:80',
    ];
    const command = ['node', '-e', `${CLIENT} process.exitCode = 7;`];
    const { exitCode, stdout } = await loopfw(['exec', scenario, ...rules, '-r', `json=${report}`, '--', ...command], { ordinary: false });
    t.equal(exitCode, 7);
    t.match(stdout, /BANNED .* ECONNREFUSED\n.*EVERY_WHERE .* ECONNREFUSED\n.* from outside\n.*WEB .* ECONNREFUSED/);
    const result = JSON.parse(await readFile(report, 'utf8')) as object;
    const validate = new Ajv().compile(JSON.parse(await readFile(join(ROOT, 'schema/control.json'), 'utf8')) as object);
    t.ok(validate(result), JSON.stringify(validate.errors));
    t.strictSame(result, { version: 1, command, exitCode: 7, faults: [{ fault: 'refused=127.0.0.2:80', connections: 1 }] });
  });
});

t.test('an ordinary user has a world with interfaces and low ports, without rights over it', async (t) => {
  const listen = `require('node:net').createServer().listen(81, '127.0.0.1', function () { console.log('listening'); this.close(); })`;
  const script = `node -e "${listen}"; id -u; ip link set lo down 2> /dev/null || echo refused`;
  const { stdout } = await loopfw(['exec', '--', 'sh', '-c', script], {
    ordinary: true,
    env: { PATH: `${process.env['PATH']}:/usr/sbin:/sbin` },
  });
  t.match(stdout, /^listening\n\d+\nrefused\n$/);
});

for (const ordinary of [false, true]) {
  t.test(
    `--allow-net-admin: a program of ${ordinary ? 'an ordinary user' : 'the caller'} keeps its user id, and may change network and rules`,
    async (t) => {
      const script = 'id -u; iptables -A INPUT -p udp -j DROP && iptables -S INPUT; ip addr add 10.1.1.1/32 dev lo && echo added';
      const env = { PATH: `${process.env['PATH']}:/usr/sbin:/sbin` };
      const own = await loopfw(['exec', '--', 'id', '-u'], { ordinary });
      const { stdout } = await loopfw(['exec', '--allow-net-admin', '--', 'sh', '-c', script], { ordinary, env });
      t.equal(stdout, `${own.stdout}-P INPUT ACCEPT\n-A INPUT -p udp -j DROP\nadded\n`);
    },
  );
}

for (const ordinary of [false, true]) {
  t.test(`--backend says whose iptables has the rules, of ${ordinary ? 'an ordinary user' : 'the caller'}`, async (t) => {
    const path = { PATH: `${process.env['PATH']}:/usr/sbin:/sbin` };
    const rule = '-A INPUT -d 127.0.0.9/32 -p udp -j DROP';
    const script = 'iptables-nft -S INPUT | grep DROP; echo; iptables-legacy -S INPUT | grep DROP';
    const cases: [string[], Record<string, string>, string][] = [
      [[], {}, `${rule}\n\n`],
      [['--backend', 'legacy'], {}, `\n${rule}\n`],
      [['--backend', 'nft'], { LOOPFW_BACKEND: 'legacy' }, `${rule}\n\n`],
      [[], { LOOPFW_BACKEND: 'legacy,nft' }, `\n${rule}\n`],
    ];
    for (const [options, env, shown] of cases) {
      const args = ['exec', ...options, '--rule', rule, '--allow-net-admin', '--', 'sh', '-c', script];
      t.equal((await loopfw(args, { ordinary, env: { ...path, ...env } })).stdout, shown, [...options, ...Object.keys(env)].join(' '));
    }
    t.match(await loopfw(['exec', '--backend', 'lgacy', '--', 'true'], { ordinary }), { exitCode: 2, stderr: /did you mean "legacy"/ });
  });
}

t.test('what cannot be meant is exit code 2, and says what to write', async (t) => {
  const two = await write('two.json', [
    { name: 'one', servers: { web: 'tcp://127.0.0.2:80' }, rules: [], probes },
    { name: 'two', servers: { web: 'tcp://127.0.0.2:80' }, rules: [], probes },
  ]);
  const program = await write('program.json', {
    name: 'program',
    servers: { web: { protocol: 'tcp', address: '127.0.0.2', port: 80, command: ['sleep', '9'] } },
    rules: [],
    probes,
  });
  const cases: [string[], RegExp][] = [
    [[two, '--', 'true'], /a world needs one scenario, and .*two\.json has 2: "one", "two"/],
    [[program, '--', 'true'], /server "web" is a program, sleep, and runs only with --allow-commands/],
    [['nothing.json', '--', 'true'], /nothing\.json:1:1: error: no such file or folder/],
    [['--rule', '-A INPT -j DROP', '--', 'true'], /--rule 1: table filter has no chain INPT \(did you mean "INPUT"\?\)/],
    [['-r', 'tap=x', '--', 'true'], /-r tap=x: exec has the reporter json only, and a file for it/],
    [['-r', 'json', '--', 'true'], /-r json: exec has the reporter json only, and a file for it/],
    [['npm', 'test'], /the program is missing: put it behind --/],
  ];
  for (const [args, message] of cases) {
    t.match(await loopfw(['exec', ...args]), { exitCode: 2, stdout: '', stderr: message });
  }
});
