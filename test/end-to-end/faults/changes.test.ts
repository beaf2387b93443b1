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
    t.strictSame(
      touched.filter((line) => !line.endsWith(': 1 connection')),
      [],
    );
  });
}
