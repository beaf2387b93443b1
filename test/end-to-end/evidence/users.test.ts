// Whose socket sends: a client has a user, and rules that ask for the owner are met as on the real machine.
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';
import t from 'tap';
import { loopfw, run, withoutTap } from '../../support/loopfw.js';
import { ROOT } from '../../support/package.js';
import { readResult } from '../../support/result.js';

const isRoot = process.getuid?.() === 0;
const skip = !isRoot && !process.env['CI'] && 'needs root';

const BLOCKED = 1000;
const OTHER = 1001;

const CLIENTS = Object.fromEntries(
  Object.entries({ blocked: BLOCKED, other: OTHER }).flatMap(([name, user]) => [
    [name, { address: '127.0.0.1', user }],
    [`${name}-waits`, { address: '127.0.0.1', user, connect: 'blocking' }],
    [`${name}-6`, { address: '::1', user }],
  ]),
);

/** What is blocked for one user, and open for another, by client and server. */
const WAYS: Record<'direct' | 'event loop', [client: string, to: string][]> = {
  direct: [
    ['', 'tcp'],
    ['-6', 'tcp-6'],
    ['', 'udp'],
    ['-6', 'udp-6'],
    ['', 'icmp://127.0.0.2'],
    ['-6', 'icmp://[::1]'],
  ],
  'event loop': [
    ['', 'http'],
    ['', 'tcp'],
    ['-6', 'tcp-6'],
    ['-waits', 'tcp'],
  ],
};

function makeScenario(name: keyof typeof WAYS) {
  const toServer = (to: string) => ({
    [to]: `${to.replace('-6', '')}://${to.endsWith('-6') ? '[::1]' : '127.0.0.2'}:${80 + to.length}`,
  });
  return {
    name,
    backend: ['nft', 'legacy'],
    clients: CLIENTS,
    servers: Object.assign({}, ...WAYS[name].filter(([, to]) => !to.includes(':')).map(([, to]) => toServer(to))) as object,
    rules: [`-A OUTPUT -m owner --uid-owner ${BLOCKED} -j DROP`, `ip6tables -A OUTPUT -m owner --uid-owner ${BLOCKED} -j DROP`],
    probes: WAYS[name].flatMap(([client, to]) => [
      { from: `blocked${client}`, to, expect: { cause: 'dropped', rule: client === '-6' ? 1 : 0 } },
      { from: `other${client}`, to, expect: 'service' },
    ]),
  };
}

t.test('every kind of client is asked for its own user', { skip }, async (t) => {
  const suite = [makeScenario('direct'), makeScenario('event loop')];
  for (const args of [
    ['-j', '1'],
    ['-j', '2'],
  ]) {
    const { summary, scenarios } = readResult(await loopfw(['run', '-r', 'json', ...args, '-'], { input: JSON.stringify(suite) }));
    t.match(summary, { failed: 0, inconclusive: 0, errors: 0, warnings: 0, passed: 40 }, args.join(' '));
    t.strictSame(
      scenarios.flatMap(({ probes }) => probes.filter(({ status }) => status !== 'passed')),
      [],
    );
  }
});

t.test('a redirection for all but one user; an open connection keeps its user', { skip }, async (t) => {
  const server = (address: string, port: number, banner: string) => ({ protocol: 'tcp', address, port, banner });
  const suite = [
    {
      name: 'a proxy, which the proxy itself does not use',
      servers: { proxy: server('127.0.0.1', 8080, 'proxy'), web: server('127.0.0.2', 80, 'web') },
      clients: CLIENTS,
      rules: [`-t nat -A OUTPUT -p tcp -m owner ! --uid-owner ${BLOCKED} --dport 80 -j REDIRECT --to-ports 8080`],
      probes: [
        { from: 'other', to: 'web', expect: { reply: 'proxy' } },
        { from: 'blocked', to: 'web', expect: { reply: 'web' } },
      ],
    },
    {
      name: 'a user who loses the network',
      servers: { web: 'tcp://127.0.0.2:80' },
      clients: CLIENTS,
      probes: [{ from: 'blocked', to: 'web', open: 'session', expect: 'connected' }],
      phases: [
        {
          name: 'blocked',
          rules: [`-A OUTPUT -m owner --uid-owner ${BLOCKED} -j DROP`],
          probes: [{ use: 'session', timeoutMs: 300, expect: 'dropped' }],
        },
      ],
    },
    {
      name: 'a native rule set, and an interface',
      servers: { web: { protocol: 'tcp', address: '192.0.2.9', port: 80, via: 'eth0' } },
      interfaces: { eth0: { addresses: ['192.0.2.1/24'] } },
      clients: { blocked: { address: '192.0.2.1', user: BLOCKED }, other: { address: '192.0.2.1', user: OTHER } },
      ruleset: { file: 'owner.nft' },
      probes: [
        { from: 'blocked', to: 'web', timeoutMs: 300, expect: 'dropped' },
        { from: 'other', to: 'web', expect: 'connected' },
      ],
    },
  ];
  const folder = t.testdir({
    'suite.json': JSON.stringify(suite),
    'owner.nft': `table ip t {\n chain out {\n  type filter hook output priority 0;\n  meta skuid ${BLOCKED} drop\n }\n}\n`,
  });
  const ended = await loopfw(['run', `${folder}/suite.json`]);
  t.equal(ended.exitCode, 0, ended.stdout);
});

t.test('the group of a socket has the id of its user', { skip }, async (t) => {
  const scenario = {
    name: 'groups',
    backend: ['nft', 'legacy'],
    clients: CLIENTS,
    servers: { web: 'tcp://127.0.0.2:80', dns: 'udp://127.0.0.2:53' },
    rules: [`-A OUTPUT -m owner --gid-owner ${BLOCKED} -j DROP`],
    probes: ['web', 'dns', 'icmp://127.0.0.2'].flatMap((to) => [
      { from: 'blocked', to, expect: { cause: 'dropped', rule: 0 } },
      { from: 'other', to, expect: 'service' },
    ]),
  };
  const { summary } = readResult(await loopfw(['run', '-r', 'json', '-'], { input: JSON.stringify(scenario) }));
  t.match(summary, { passed: 12, probes: 12, warnings: 0 });
});

t.test('without root there is one user: 0, who is the caller', async (t) => {
  const web = { servers: { web: 'tcp://127.0.0.2:80' } };
  const rules = ['-A OUTPUT -p tcp -m owner --uid-owner 0 -j REJECT'];
  const from = (user: number) => ({
    clients: { app: { address: '127.0.0.1', user } },
    probes: [{ from: 'app', to: 'web', expect: 'rejected' }],
  });
  const asZero = await loopfw(['run', '-'], { ordinary: true, input: JSON.stringify({ name: 'a', ...web, rules, ...from(0) }) });
  t.equal(asZero.exitCode, 0, asZero.stdout);
  const asOther = await loopfw(['run', '-'], { ordinary: true, input: JSON.stringify({ name: 'a', ...web, rules, ...from(BLOCKED) }) });
  t.match(asOther, {
    exitCode: 3,
    stdout: /the client 127\.0\.0\.1 has the user id 1000, which the sandbox does not have.*remedy: run loopfw as root/,
  });
  for (const option of ['--uid-owner 0-1000', '--gid-owner 1000']) {
    const asked = [...rules, `-A OUTPUT -m owner ! ${option} -j DROP`];
    for (const backend of ['nft', 'legacy']) {
      const input = JSON.stringify({ name: 'a', ...web, rules: asked, ...from(0) });
      const ended = await loopfw(['run', '--backend', backend, '-'], { ordinary: true, input });
      t.equal(ended.exitCode, 3);
      t.match(ended.stdout, /rule 1 \(-A OUTPUT -m owner .*\) asks for the (user|group) id 1000, which .*remedy: run loopfw as root/);
    }
  }
});

t.test('where root runs loopfw no client is root', { skip }, async (t) => {
  const scenario = {
    name: 'a',
    clients: { app: { address: '127.0.0.1', user: 0 } },
    probes: [{ from: 'app', to: 'tcp://127.0.0.2:80', expect: 'closed' }],
  };
  const ended = await loopfw(['run', '-'], { input: JSON.stringify(scenario) });
  t.match(ended, { exitCode: 2, stderr: /<stdin>:1:\d+: error: the client 127\.0\.0\.1 has "user": 0/ });
});

/** A client that waits two seconds, and one after it. */
const SLOW = {
  name: 'clients that wait',
  servers: { web: 'tcp://127.0.0.2:80' },
  rules: ['-A INPUT -p tcp --dport 81 -j DROP'],
  probes: [
    { from: 'app', to: 'tcp://127.0.0.2:81', timeoutMs: 2000, expect: { cause: 'dropped', afterMs: 1 } },
    { from: 'app', to: 'web', expect: 'connected' },
  ],
};

t.test('the process that makes the sockets is there only for a client with a user, and closed to its users', { skip }, async (t) => {
  const none = start({ ...SLOW, clients: { app: '127.0.0.1' } });
  t.equal(await findMaker(none.pid ?? 0, 50), null);
  t.equal((await none).exitCode, 0);

  const child = start({ ...SLOW, clients: { app: { address: '127.0.0.1', port: 40_000, user: BLOCKED } } });
  const maker = await findMaker(child.pid ?? 0, 500);
  t.match(readFileSync(`/proc/${maker}/status`, 'utf8'), /^CapEff:\s+00000000002020c0$/m);
  for (const user of [BLOCKED, 60998]) {
    const files = ['environ', 'mem', 'maps', 'fd/0', 'ns/net'].map((file) => `cat /proc/${maker}/${file}`);
    for (const attack of [`kill -0 ${maker}`, ...files, `nsenter --net --target ${maker} true`]) {
      const { exitCode } = await run('setpriv', ['--reuid', `${user}`, '--clear-groups', 'sh', '-c', `exec ${attack} 2>/dev/null`]);
      t.not(exitCode, 0, `${attack} by ${user}`);
    }
  }
  process.kill(Number(maker), 'SIGKILL');
  const ended = await child;
  t.equal(ended.exitCode, 4, 'no verdict without the process');
  t.match(readResult(ended).scenarios[0]?.probes[1], { status: 'error', explanation: /the process that makes such sockets has ended/ });
});

function start(scenario: object) {
  const command = withoutTap(['node', `${ROOT}/dist/bin.js`, 'run', '-r', 'json', '--patience', 'full', '-']);
  return execa('env', command, { input: JSON.stringify(scenario), reject: false, cwd: '/' });
}

t.test('it ends with loopfw', { skip }, async (t) => {
  const child = start({ ...SLOW, clients: { app: { address: '127.0.0.1', user: BLOCKED } } });
  const maker = await findMaker(child.pid ?? 0, 500);
  t.ok(maker);
  child.kill('SIGKILL');
  await child;
  for (let look = 0; look < 300 && read(String(maker), 'cmdline').includes('socket-maker'); look++) {
    await sleep(10);
  }
  t.notMatch(read(String(maker), 'cmdline'), /socket-maker/);
});

/** Looks for the process below loopfw, up to so many times; null if it does not come. */
async function findMaker(loopfw: number, looks: number): Promise<string | null> {
  for (let look = 0; look < looks; look++) {
    const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
    const maker = pids.find(
      (pid) =>
        /socket-maker/.test(read(pid, 'cmdline')) && isBelow(pid, loopfw) && /^CapEff:\s+00000000002020c0$/m.test(read(pid, 'status')),
    );
    if (maker !== undefined) {
      return maker;
    }
    await sleep(10);
  }
  return null;
}

function isBelow(pid: string, ancestor: number): boolean {
  const parent = /^PPid:\s+(\d+)$/m.exec(read(pid, 'status'))?.[1];
  return parent !== undefined && (Number(parent) === ancestor || isBelow(parent, ancestor));
}

/** What ended while we looked has no text. */
function read(pid: string, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
}
