// Which visits of a chain are of one packet, and what an id of the kernel's means.
import t from 'tap';
import { makeFinding } from '../../../src/trace/finding/finding.js';
import { CLIENT, type Headers, logLegacy, makeLog, makeTcp, meet, meetPolicy, SERVER } from '../events.js';

const SYN = makeTcp({ from: CLIENT, to: SERVER, id: 11, flags: ['syn'] });
const OTHER = makeTcp({ from: { ...CLIENT, port: 40001 }, to: SERVER, id: 12, flags: ['syn'] });

const show = (log: ReturnType<typeof makeLog>) =>
  log.getPackets(CLIENT).map(({ steps }) => steps.map(({ hook, rule, verdict }) => `${hook} ${rule} ${verdict}`));

t.test('headers that look the same at a chain where the packet has been are of another packet', async (t) => {
  const log = makeLog();
  log.add([meetPolicy(1, 'INPUT', 'accept', SYN), meetPolicy(2, 'INPUT', 'accept', SYN)]);
  t.strictSame(show(log), [['input null accept'], ['input null accept']]);
});

t.test('legacy: several rules of a chain are met by one packet', async (t) => {
  const log = makeLog('LOG', 'DROP');
  log.add([
    logLegacy('OUTPUT', 'policy', 0, 'output', SYN),
    logLegacy('INPUT', 'rule', 0, 'input', SYN),
    logLegacy('INPUT', 'rule', 1, 'input', SYN),
  ]);
  t.strictSame(show(log), [['output null accept', 'input 0 continue', 'input 1 drop']]);
  log.add([logLegacy('OUTPUT', 'policy', 0, 'output', SYN), logLegacy('INPUT', 'rule', 1, 'input', SYN)]);
  t.strictSame(show(log)[1], ['output null accept', 'input 1 drop'], 'at an earlier hook it is another one');
});

t.test('nothing is said of a packet whose headers are cut, or whose chain hangs on no hook; its id means nothing then', async (t) => {
  const short: Headers = { network: SYN.network.slice(0, 19), transport: SYN.transport };
  for (const [what, event] of [
    ['cut', meetPolicy(5, 'INPUT', 'accept', short)],
    ['a chain of the user', meet(5, 'my-chain', 0, 'continue', OTHER)],
  ] as const) {
    const log = makeLog('ACCEPT', 'DROP');
    log.add([meet(5, 'INPUT', 0, 'accept', SYN), event, meet(5, 'INPUT', 1, 'drop')]);
    t.strictSame(show(log), [['input 0 accept']], what);
    t.equal(log.size, 1, what);
  }
});

t.test('events without headers belong to the visit that has their id', async (t) => {
  const log = makeLog('LOG', 'DROP');
  log.add([meet(1, 'INPUT', 0, 'continue', SYN), meet(2, 'INPUT', 0, 'continue', OTHER), meet(1, 'INPUT', 1, 'drop')]);
  t.strictSame(show(log), [['input 0 continue', 'input 1 drop']]);
  log.forgetVisits();
  log.add([meet(1, 'INPUT', 1, 'drop')]);
  t.equal(show(log)[0]?.length, 2, 'no id means anything after events were lost');
});

t.test('a packet that loopfw holds goes on where it was, or is known as held', async (t) => {
  const log = makeLog('DROP');
  const hold = (verdict: 'queue' | 'accept') => ({ ...meet(1, 'hold', 0, verdict, SYN), space: 'inet', table: 'loopfw_hold' }) as const;
  const isHeld = () => makeFinding('timeout', CLIENT, log.getPackets(CLIENT), 'trace').isHeld;
  log.add([meetPolicy(1, 'OUTPUT', 'accept', SYN), hold('accept')]);
  t.notOk(isHeld(), 'only a SYN of the program is held');
  log.add([hold('queue')]);
  t.ok(isHeld());
  log.add([meet(1, 'INPUT', 0, 'drop', SYN)]);
  t.notOk(isHeld());
  t.strictSame(show(log), [['output null accept', 'input 0 drop']], 'two visits of one packet, and nothing of the hold');
});
