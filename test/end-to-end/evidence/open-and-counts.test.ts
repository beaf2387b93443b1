// Connections that are never opened, and more clients than the machine has room for.
import t from 'tap';
import { type Ended, loopfw, run } from '../../support/loopfw.js';
import { getPackage } from '../../support/package.js';
import { readResult } from '../../support/result.js';

function getProbes(ended: Ended): { status: string; explanation: string }[] {
  return readResult(ended).scenarios.flatMap(({ probes }) => probes.map(({ status, explanation }) => ({ status, explanation })));
}

t.test('a connection that was never opened', async (t) => {
  const scenario = {
    name: 'never opened',
    servers: { w: 'tcp://127.0.0.2:8000' },
    rules: ['-A INPUT -j DROP'],
    probes: [{ from: '127.0.0.1', to: 'w', open: 'c', expect: 'dropped' }],
    phases: [{ name: 'healed', rules: [], probes: ['timeout', 'connected', 'local'].map((expect) => ({ use: 'c', expect })) }],
  };
  const ended = await loopfw(['run', '-r', 'json', '-'], { input: JSON.stringify(scenario) });
  t.equal(ended.exitCode, 1, 'loopfw has not failed');
  const explanation = /No packet left the client: it has no connection, .* has not connected \(ENOTCONN\)\.$/;
  t.match(getProbes(ended), [
    { status: 'passed' },
    { status: 'failed', explanation },
    { status: 'failed', explanation },
    { status: 'passed', explanation },
  ]);
});

t.test('too many at once for the file descriptors, and for the threads of blocking clients', async (t) => {
  const { folder } = await getPackage(false);
  const scenario = {
    name: 'too many',
    servers: { w: 'tcp://127.0.0.2:8000' },
    clients: { plain: { address: '127.0.0.1', connect: 'blocking' } },
  };
  const run1024 = (probes: object[]) =>
    run('prlimit', ['--nofile=1024:1024', 'node', `${folder}/dist/bin.js`, 'run', '-r', 'json', '-'], {
      input: JSON.stringify({ ...scenario, probes }),
    });
  const files = await run1024([{ from: '127.0.0.1', to: 'w', count: 1000, parallel: true, expect: 'connected' }]);
  t.equal(files.exitCode, 3);
  t.equal(files.stdout, '', 'nothing runs');
  t.match(files.stderr, /"too many" needs 2001 file descriptors, .* the limit \(ulimit -n\) leaves 960\n {2}remedy: .*ulimit -n 2129/);
  const threads = await run1024([{ from: 'plain', to: 'w', count: 65, parallel: true, expect: 'connected' }]);
  t.equal(threads.exitCode, 2);
  t.match(threads.stderr, /<stdin>:1:\d+: error: 65 blocking clients cannot wait at once, only 64 can: .* \(\/probes\/0\)/);
  const enough = await run1024([{ from: '127.0.0.1', to: 'w', count: 300, parallel: 100, expect: 'connected' }]);
  t.equal(enough.exitCode, 0);
  t.ok(getProbes(enough).every(({ status }) => status === 'passed'));
});

t.test('thousands of connections are held, and a server has thousands of ports', async (t) => {
  const scenario = {
    name: 'many',
    servers: { w: 'tcp://127.0.0.2:8000', ports: 'tcp://127.0.0.3:10000-11999' },
    probes: [
      { from: '127.0.0.1', to: 'w', count: 2000, parallel: true, expect: 'connected' },
      { from: '127.0.0.1', to: 'tcp://127.0.0.3:11900-11999', expect: 'connected' },
    ],
  };
  const ended = await loopfw(['run', '-r', 'json', '-'], { input: JSON.stringify(scenario), ordinary: true });
  t.equal(ended.exitCode, 0, ended.stderr);
  t.equal(readResult(ended).summary.passed, 2100);
});

t.test('a port range is many answers', async (t) => {
  const ended = await loopfw(['probe', '127.0.0.1', 'tcp://127.0.0.2:80-82', '--rule', '-A INPUT -p tcp --dport 81 -j REJECT']);
  t.equal(ended.exitCode, 0);
  t.match(ended.stdout, /:80\/tcp {2}connected .*:81\/tcp {2}refused .*:82\/tcp {2}connected /s);
});
