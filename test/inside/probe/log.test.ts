// What a client waits for: the wanted text, or as much as is searched for it.
import t from 'tap';
import { parseScenarios } from '../../../src/input/scenario/parse.js';
import { ClientLog } from '../../../src/inside/probe/log.js';
import { makePlan } from '../../../src/plan/plan.js';

const MIB = 1 << 20;
const PARTS = 16;
const PART = Buffer.alloc(MIB / PARTS, 'flood ');

function makeLog(): ClientLog {
  const scenario = {
    name: 'flood',
    servers: { web: 'tcp://127.0.0.2:80' },
    probes: [{ from: '127.0.0.1', to: 'web', send: 'x', expect: { outcome: 'connected', reply: 'never said' } }],
  };
  const { scenarios } = parseScenarios(JSON.stringify(scenario), 'literal');
  return new ClientLog(makePlan(scenarios[0]!, 'nft', 'proof').phases[0]!.flows[0]!.probes[0]!, 40_000);
}

for (const note of ['noteReceived', 'notePart'] as const) {
  t.test(`a client does not wait for the end of an answer of more than a MiB (${note})`, async (t) => {
    const log = makeLog();
    log.noteConnected();
    t.strictSame(
      Array.from({ length: PARTS + 1 }, () => log[note](PART)),
      [...Array<boolean>(PARTS).fill(true), false],
    );
    t.match(await log.view, { outcome: 'connected', errno: null });
  });
}

t.test('nor for anything after the wanted text', async (t) => {
  const log = makeLog();
  log.noteConnected();
  t.strictSame(
    [log.noteReceived(PART), log.noteReceived(Buffer.from('never ')), log.noteReceived(Buffer.from('said'))],
    [true, true, false],
  );
  t.match(await log.view, { outcome: 'connected', errno: null });
});
