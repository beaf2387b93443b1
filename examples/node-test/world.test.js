// node --test world.test.js
import assert from 'node:assert';
import { after, afterEach, test } from 'node:test';
import { createWorld } from 'loopfw';
import { get } from './client.js';

const URL = 'http://127.0.0.2:8000/';
const world = await createWorld({ servers: { web: URL.slice(0, -1) } });
const agent = world.agent({ keepAlive: true });
afterEach(() => world.heal()); // all faults
after(() => world.close());

test('a refused client tries three times', async () => {
  await world.fault('refused=127.0.0.2:8000');
  await assert.rejects(get(URL, { agent }), { code: 'ECONNREFUSED' });
  const [{ connections }] = await world.faults();
  assert.equal(connections, 3);
});

test('a silent server does not block the client', async () => {
  await world.fault('dropped=127.0.0.2:8000');
  await assert.rejects(get(URL, { agent }), /timed out/);
});

test('the client goes on when the server is back, and keeps its connection', async () => {
  const fault = await world.fault('refused=127.0.0.2:8000');
  assert.equal(await get(URL, { agent, onRetry: () => fault.heal() }), 200);
  assert.equal(await get(URL, { agent }), 200);
});
