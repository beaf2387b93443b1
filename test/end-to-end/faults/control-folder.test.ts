// The folder of a world's control: who makes it, where, and who removes it.
import { chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readlinkSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { loopfw } from '../../support/loopfw.js';
import { getPackage } from '../../support/package.js';

/** A folder that a killed loopfw of this pid namespace would have left. No process has this pid. */
const LEFT = `loopfw-world-${/\d+/.exec(readlinkSync('/proc/self/ns/pid'))?.[0]}-4194303-aBcDeF`;
const NOBODY = 65534;

/** A folder with a short path: that of a socket has 107 bytes at most. */
function makeParent(t: Test, ...names: string[]): string {
  const parent = mkdtempSync('/tmp/control-');
  t.teardown(() => rmSync(parent, { recursive: true }));
  names.forEach((name) => mkdirSync(join(parent, name)));
  return parent;
}

t.test('a loopfw in a world leaves the control of this world alone: it sees other pids', async (t) => {
  for (const ordinary of [false, true]) {
    const { folder } = await getPackage(ordinary);
    const nested = `node ${folder}/dist/bin.js exec -- true && test -S $LOOPFW_CONTROL`;
    const { exitCode, stderr } = await loopfw(['exec', '--', 'sh', '-c', nested], { ordinary });
    t.equal(exitCode, 0, stderr);
  }
});

t.test('the next run removes a left folder of its own user, and nothing else', async (t) => {
  const parent = makeParent(t, LEFT, 'precious');
  writeFileSync(join(parent, LEFT, 'control'), '');
  writeFileSync(join(parent, 'precious/file'), '');
  const other = LEFT.replace(/aBcDeF$/, 'gHiJkL');
  const kept = [
    other.replace(/-\d+-4/, '-1-4'), // of another pid namespace
    LEFT.replace('4194303', `${process.pid}`), // of a running process
    `${LEFT}-mine`,
    'loopfw-world-notes',
  ];
  kept.forEach((name) => mkdirSync(join(parent, name)));
  symlinkSync(join(parent, 'precious'), join(parent, LEFT.replace(/aBcDeF$/, 'symbol')));
  const isRoot = process.geteuid?.() === 0;
  if (isRoot) {
    mkdirSync(join(parent, other));
    writeFileSync(join(parent, other, 'file'), '');
    chownSync(join(parent, other), NOBODY, NOBODY);
  }
  const { exitCode } = await loopfw(['exec', '--', 'true'], { env: { TMPDIR: parent } });
  t.equal(exitCode, 0);
  t.equal(existsSync(join(parent, LEFT)), false);
  t.strictSame(readdirSync(parent).sort(), [...kept, 'precious', LEFT.replace(/aBcDeF$/, 'symbol'), ...(isRoot ? [other] : [])].sort());
  t.equal(existsSync(join(parent, 'precious/file')), true);
  t.equal(existsSync(join(parent, other, 'file')), isRoot);
});

t.test('TMPDIR: relative, too long for a socket, not there', async (t) => {
  const long = 'x'.repeat(90);
  const cwd = makeParent(t, 'here', long);
  const program = ['exec', '--', 'sh', '-c', 'cd / && test -S $LOOPFW_CONTROL && echo $LOOPFW_CONTROL'];
  const relative = await loopfw(program, { cwd, env: { TMPDIR: 'here' } });
  t.equal(relative.exitCode, 0);
  t.match(relative.stdout, `${cwd}/here/loopfw-world-`);
  const inTmp = await loopfw(program, { cwd, env: { TMPDIR: long } });
  t.match(inTmp.stdout, /^\/tmp\/loopfw-world-/);
  const missing = await loopfw(program, { cwd, env: { TMPDIR: 'missing' } });
  t.equal(missing.exitCode, 3);
  t.match(missing.stderr, /remedy: set TMPDIR to a folder that you can write to/);
});
