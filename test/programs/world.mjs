// Uses worlds as a test of another project does, and prints what it saw, as JSON.
import { once } from 'node:events';
import { existsSync, readlinkSync } from 'node:fs';
import http from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { createWorld } from '../../dist/index.js';

const readState = () => ({
  network: readlinkSync('/proc/self/ns/net'),
  user: readlinkSync('/proc/self/ns/user'),
  signals: ['SIGINT', 'SIGTERM', 'SIGTSTP', 'SIGCHLD', 'SIGCONT'].map((name) => process.listenerCount(name)),
});

/** What a promise is rejected with. */
const fail = (promise) =>
  promise.then(
    (value) => ({ value }),
    ({ name, message, code, syscall, address, port }) => ({ name, message, code, syscall, address, port }),
  );

const get = (url, options) =>
  new Promise((resolve, reject) => {
    const request = http.get(url, options, async (response) => {
      response.resume();
      await once(response, 'end');
      resolve(response.statusCode);
    });
    request.on('error', reject);
    request.on('timeout', () => request.destroy(new Error('timed out')));
  });

const before = readState();
const [one, two] = await Promise.all([
  createWorld({ servers: { web: 'http://127.0.0.2:8000', six: 'tcp://[::1]:8001' }, faults: ['dropped=10.255.255.1'] }),
  createWorld({ rules: ['-A INPUT -p tcp --dport 8000 -j REJECT'], servers: { web: 'http://127.0.0.2:8000' } }),
]);
const agent = one.agent({ keepAlive: true });
const web = 'http://127.0.0.2:8000/';
const seen = { servers: one.servers };

seen.twoWorlds = [await get(web, { agent }), await fail(get(web, { agent: two.agent() }))];
seen.silent = [
  await fail(get('http://10.255.255.1/', { agent, timeout: 100 })),
  await fail(get('http://10.255.255.1/', { agent: one.agent({ timeout: 100 }) })),
  await fail(get('http://10.255.255.1/', { agent, signal: AbortSignal.timeout(100) })),
];
seen.pool = await (async () => {
  const fault = await one.fault('refused=127.0.0.2:8000');
  const refused = await fail(get(web, { agent }));
  const counted = (await one.faults()).map(({ fault: text, connections }) => ({ text, connections }));
  await fault.heal();
  return { refused, counted, healed: await get(web, { agent }), left: (await one.faults()).length, again: await fail(one.heal(fault.id)) };
})();
seen.echo = await (async () => {
  const socket = one.connect(8001, '::1');
  socket.write('hello');
  const [echo] = await once(socket, 'data');
  const address = socket.remoteAddress;
  const again = (() => {
    try {
      return socket.connect(80);
    } catch ({ message }) {
      return message;
    }
  })();
  socket.destroy();
  return { echo: String(echo), again, address };
})();
seen.destroyed = await (async () => {
  const socket = one.connect(80, '10.255.255.1');
  const events = [];
  ['connect', 'error', 'close'].forEach((name) => socket.on(name, () => events.push(name)));
  setTimeout(() => socket.destroy(), 20);
  await sleep(100);
  return events;
})();
seen.sockets = await (async () => {
  const outcomes = await Promise.all(Array.from({ length: 100 }, async () => await once(one.connect(8000, '127.0.0.2'), 'connect')));
  return outcomes.length;
})();
const left = one.exec('sleep', ['1000']).catch(({ message }) => message);
seen.programs = await Promise.all([
  one.exec('sh', ['-c', 'echo $LOOPFW_SERVER_WEB $OWN; pwd; cat; echo to stderr >&2; exit 3'], {
    env: { OWN: 'own' },
    input: 'typed',
    cwd: '/',
  }),
  one.exec('sh', ['-c', 'kill -TERM $$']),
  one.exec('sh', ['-c', 'timeout 100 sleep 1000 & sleep 1000'], { timeoutMs: 200 }),
  fail(one.exec('sleep', ['1000'], { signal: AbortSignal.timeout(100) })),
  fail(one.exec('no-such-program')),
  one.exec('sh', ['-c', 'curl -s --unix-socket $LOOPFW_CONTROL -X DELETE http://world/v1/faults']),
]);
seen.healedByProgram = (await one.faults()).length;
seen.uid = (await one.exec('id', ['-u'])).stdout.trim() === `${process.getuid()}`;
seen.rules = await (async () => {
  await one.apply(['-A INPUT -p tcp --dport 8000 -j DROP']);
  const { cause, rule } = await one.probe({ from: '127.0.0.1', to: 'web' });
  return { cause, rule: rule.text, rules: (await one.rules()).length };
})();
seen.journeys = (await two.journeys()).map(({ cause, outcome, rule }) => ({ cause, outcome, rule: rule?.text }));
const { stdout: control } = await one.exec('printenv', ['LOOPFW_CONTROL']);
await one.close();
await one.close();
await two[Symbol.asyncDispose]();
seen.left = await left;
seen.closed = [existsSync(control.trim()), (await fail(one.rules())).message];
seen.isUnchanged = JSON.stringify(readState()) === JSON.stringify(before);
console.log(JSON.stringify(seen));
