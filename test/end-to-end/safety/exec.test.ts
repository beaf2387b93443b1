// The program of `loopfw exec` has the caller's terminal and files, and no power over its world or over loopfw.
import t from 'tap';
import { loopfw } from '../../support/loopfw.js';
import { getPackage, ORDINARY_USER, ROOT } from '../../support/package.js';
import { CTRL_C, CTRL_Z, Terminal } from '../../support/terminal.js';

/** CAP_NET_ADMIN, CAP_NET_RAW, CAP_SYS_PTRACE and CAP_SYS_ADMIN. */
const POWERS = [12n, 13n, 19n, 21n].reduce((mask, bit) => mask | (1n << bit), 0n);
const EXEC = ['exec', '--fault', 'refused=127.0.0.2:8000', '--'];

for (const ordinary of [false, true]) {
  const who = ordinary ? 'an ordinary user' : 'the caller';
  t.test(`a program of ${who} that attacks every process changes nothing`, async (t) => {
    const { folder } = await getPackage(ordinary);
    const ended = await loopfw([...EXEC, 'node', `${folder}/test/programs/attack-processes.cjs`], { ordinary });
    t.equal(ended.exitCode, 42, ended.stderr);
    // The four are loopfw, unshare, PID 1 of the sandbox and the init. kill(2) of an init succeeds; the fault is still there afterwards, and so is the init.
    t.strictSame(JSON.parse(ended.stdout) as object, { tried: 4, succeeded: ['SIGUSR1 1', 'SIGKILL 1'], fault: 'ECONNREFUSED' });
    t.match(ended.stderr, 'refused 127.0.0.2:8000: 1 connection');
  });

  t.test(`a program of ${who} has the caller's user id, no capability over the world, and an init that reaps`, async (t) => {
    // kill -0 finds a zombie, too.
    const script = `id -u; sed -n 's/^CapEff:.//p' /proc/self/status; orphan=$(sh -c 'sleep 0.1 > /dev/null & echo $!'); sleep 0.5; kill -0 $orphan || echo reaped`;
    const ended = await loopfw([...EXEC, 'sh', '-c', script], { ordinary });
    const [user, capabilities, reaped] = ended.stdout.split('\n');
    t.equal(user, `${ordinary && process.getuid?.() === 0 ? ORDINARY_USER : process.getuid?.()}`);
    t.equal(BigInt(`0x${capabilities}`) & POWERS, 0n);
    t.equal(reaped, 'reaped', ended.stderr);
  });

  t.test(`eight programs of ${who} at once, twice: each exit code is its own`, async (t) => {
    for (let batch = 0; batch < 2; batch++) {
      const codes = Array.from({ length: 8 }, (_, place) => 20 + 8 * batch + place);
      const ended = await Promise.all(codes.map((code) => loopfw([...EXEC, 'sh', '-c', `exit ${code}`], { ordinary })));
      t.strictSame(
        ended.map(({ exitCode }) => exitCode),
        codes,
      );
    }
  });
}

t.test('in a terminal: Ctrl-C, Ctrl-Z and fg, a program that stops itself, standard input', async (t) => {
  const terminal = new Terminal("env PS1='$ ' bash --norc -i", { cwd: ROOT });
  const exec = `node dist/bin.js ${EXEC.join(' ')}`;
  try {
    await terminal.typeAfter(/\$ /, `${exec} sh -c 'trap "echo in""terrupted; exit 5" INT; echo rea""dy; while :; do sleep 0.1; done'\n`);
    await terminal.typeAfter(/ready/, CTRL_Z);
    await terminal.typeAfter(/Stopped/, 'fg\n');
    await terminal.typeAfter(/while/, CTRL_C);
    await terminal.typeAfter(/interrupted[^]*\$ /, 'echo code $?\n');
    t.match(await terminal.typeAfter(/code \d/, `${exec} sh -c 'kill -STOP $$; read line; echo "got "$line; exit 6'\n`), 'code 5');
    await terminal.typeAfter(/Stopped/, 'fg\n');
    await terminal.typeAfter(/kill/, 'a line\n');
    await terminal.typeAfter(/got a line[^]*\$ /, 'echo code $?\n');
    t.match(await terminal.typeAfter(/code \d/, 'exit\n'), 'code 6');
  } finally {
    await terminal.end();
  }
});
