// Faults begin and end while a program runs: what a client sees at once afterwards.
import t from 'tap';
import { run } from '../../support/loopfw.js';
import { ROOT } from '../../support/package.js';

interface Changes {
  wrong: unknown[];
  faults: number;
  notOne: unknown[];
}

for (const [ordinary, host] of [
  [false, '127.0.0.2'],
  [true, '::1'],
] as const) {
  t.test(`each of 80 changes is in force at once, for ${ordinary ? 'an ordinary user over IPv6' : 'the caller'}`, async (t) => {
    const isRoot = process.getuid?.() === 0 && !ordinary;
    const namespaces = isRoot ? ['--net'] : ['--user', '--map-root-user', '--net'];
    const program = ['node', `${ROOT}/test/inside/faults/programs/changes.js`, host, '80'];
    const { stdout, stderr } = await run('unshare', [...namespaces, ...program], { ordinary });
    const { wrong, faults, notOne } = JSON.parse(stdout === '' ? `"${stderr}"` : stdout) as Changes;
    t.strictSame(wrong, []);
    t.equal(faults, 60);
    t.strictSame(notOne, [], 'each fault has hit one connection, and keeps the number when rules are replaced');
  });
}
