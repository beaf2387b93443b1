// An answer of the control means that the change is in force: the next request sees it.
import t from 'tap';
import { loopfw } from '../../support/loopfw.js';
import { getPackage } from '../../support/package.js';

const CHANGES = 112;

for (const ordinary of [false, true]) {
  t.test(`changes, each followed by a request, of ${ordinary ? 'an ordinary user' : 'the caller'}`, async (t) => {
    const { folder } = await getPackage(ordinary);
    const program = `${folder}/test/programs/changing-faults.mjs`;
    const { stdout, stderr } = await loopfw(['exec', '--', 'node', program, `${CHANGES}`], { ordinary });
    t.strictSame(JSON.parse(stdout || 'null'), { requests: CHANGES, wrong: [] }, stderr);
    const touched = stderr.trim().split('\n').slice(1);
    t.equal(touched.length, CHANGES / 2);
    // A server sends the answer that was eaten again after a second: on a slow machine, that meets the next such fault at its port.
    t.strictSame(
      touched.filter((line) => !(line.startsWith('answer-eaten ') ? /: \d+ connections?$/ : /: 1 connection$/).test(line)),
      [],
    );
  });
}
