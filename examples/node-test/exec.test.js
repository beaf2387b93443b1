// loopfw exec ../world.json -- node --test exec.test.js
import assert from 'node:assert';
import { afterEach, test } from 'node:test';
import { connect } from 'loopfw/control';
import { get } from './client.js';

const URL = `http://${process.env.LOOPFW_SERVER_WEB}/`;
const world = connect();
afterEach(() => world.heal()); // all faults

test('a refused client tries three times', async () => {
  await world.fault('refused=127.0.0.2:8000');
  await assert.rejects(get(URL), { code: 'ECONNREFUSED' });
  const [{ connections }] = await world.faults();
  assert.equal(connections, 3);
});

test('a silent server does not block the client', async () => {
  await world.fault('dropped=127.0.0.2:8000');
  await assert.rejects(get(URL), /timed out/);
});

test('the client goes on when the server is back', async () => {
  const fault = await world.fault('refused=127.0.0.2:8000');
  assert.equal(await get(URL, { onRetry: () => fault.heal() }), 200);
});
