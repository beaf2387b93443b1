// loopfw exec ../world.json -- npx tap client.test.js
import { connect } from 'loopfw/control';
import t from 'tap';
import { get } from '../node-test/client.js';

const URL = `http://${process.env.LOOPFW_SERVER_WEB}/`;
const world = connect();
t.afterEach(() => world.heal()); // all faults

t.test('a refused client tries three times', async (t) => {
  await world.fault('refused=127.0.0.2:8000');
  await t.rejects(get(URL), { code: 'ECONNREFUSED' });
  const [{ connections }] = await world.faults();
  t.equal(connections, 3);
});

t.test('a silent server does not block the client', async (t) => {
  await world.fault('dropped=127.0.0.2:8000');
  await t.rejects(get(URL), /timed out/);
});

t.test('the client goes on when the server is back', async (t) => {
  const fault = await world.fault('refused=127.0.0.2:8000');
  t.equal(await get(URL, { onRetry: () => fault.heal() }), 200);
});
