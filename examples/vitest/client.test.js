// loopfw exec ../world.json -- npx vitest run
import { connect } from 'loopfw/control';
import { afterEach, expect, test } from 'vitest';
import { get } from '../node-test/client.js';

const URL = `http://${process.env.LOOPFW_SERVER_WEB}/`;
const world = connect();
afterEach(() => world.heal()); // all faults

test('a refused client tries three times', async () => {
  await world.fault('refused=127.0.0.2:8000');
  await expect(get(URL)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  const [{ connections }] = await world.faults();
  expect(connections).toBe(3);
});

test('a silent server does not block the client', async () => {
  await world.fault('dropped=127.0.0.2:8000');
  await expect(get(URL)).rejects.toThrow('timed out');
});

test('the client goes on when the server is back', async () => {
  const fault = await world.fault('refused=127.0.0.2:8000');
  expect(await get(URL, { onRetry: () => fault.heal() })).toBe(200);
});
