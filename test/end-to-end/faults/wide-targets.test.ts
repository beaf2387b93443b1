// Faults whose target has the ports of clients: every port of 127.0.0.1, from which the clients connect, too.
import t from 'tap';
import { loopfw } from '../../support/loopfw.js';
import { getPackage } from '../../support/package.js';

const CASES: [fault: string, saw: object][] = [
  ['refused=127.0.0.1', { target: 'ECONNREFUSED', high: 'ECONNREFUSED', other: 'answer', pooled: ['ECONNRESET', 'answer'] }],
  ['refused=127.0.0.1:1000-65535', { target: 'ECONNREFUSED', high: 'ECONNREFUSED', other: 'answer', pooled: ['ECONNRESET', 'answer'] }],
  ['refused=:1-65535', { target: 'ECONNREFUSED', high: 'ECONNREFUSED', other: 'ECONNREFUSED', pooled: ['ECONNRESET', 'ECONNRESET'] }],
  ['dropped=127.0.0.1', { target: 'silence', high: 'silence', other: 'answer', pooled: ['silence', 'answer'] }],
  ['answer-eaten=127.0.0.1', { target: 'silence', high: 'silence', other: 'answer', pooled: ['silence', 'answer'] }],
  ['reply-lost=127.0.0.1', { target: 'silence', high: 'silence', other: 'answer', pooled: ['silence', 'answer'] }],
  ['dropped=127.0.0.1,keep-live', { target: 'silence', high: 'silence', other: 'answer', pooled: ['answer', 'answer'] }],
  ['dropped=127.0.0.1,first=1', { target: 'silence', high: 'answer', other: 'answer', pooled: ['answer', 'answer'] }],
  ['refused=udp://127.0.0.1', { target: 'ECONNREFUSED', other: 'answer' }],
  ['answer-eaten=udp://127.0.0.1', { target: 'silence', other: 'answer' }],
  ['dropped=udp://:1-65535', { target: 'silence', other: 'silence' }],
];

// Each of them waits more than it works.
t.jobs = 2;

for (const ordinary of [false, true]) {
  t.test(`a client at the target of a fault is not hit, ${ordinary ? 'an ordinary user' : 'the caller'}`, async (t) => {
    const { folder } = await getPackage(ordinary);
    for (const [fault, saw] of CASES) {
      const program = ['node', `${folder}/test/programs/wide-targets.mjs`, `${folder}/dist/control.js`, fault];
      const { stdout, stderr } = await loopfw(['exec', '--', ...program], { ordinary });
      t.equal(stdout.trim(), JSON.stringify(saw), `${fault} ${stderr}`);
    }
  });
}
