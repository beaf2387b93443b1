// Which addresses a fault may have in a world with interfaces.
import t from 'tap';
import { run } from '../../support/loopfw.js';
import { ROOT } from '../../support/package.js';

t.test("a fault is about the world's own addresses, and those that nobody has", async (t) => {
  const isRoot = process.getuid?.() === 0;
  const program = ['node', `${ROOT}/test/inside/faults/programs/elsewhere.js`];
  const targets = ['192.0.2.2:80', '192.0.2.1:80', '10.255.255.1', '127.0.0.2:80', ':81'];
  const command = [...(isRoot ? [] : ['--user', '--map-root-user']), '--net', ...program, ...targets.map((target) => `dropped=${target}`)];
  const { stdout } = await run('unshare', command);
  const refusal =
    'UsageError: no fault can have the target 192.0.2.2: it belongs to a network behind an interface, and no client or server of the scenario has it';
  t.strictSame(JSON.parse(stdout), [refusal, null, null, null, null]);
});
