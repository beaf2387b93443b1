// A container without a sign of the program that made it, as BuildKit, containerd and LXC make them: what is said there, and whether it works.
import { mkdtemp, rmdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { run } from '../../support/loopfw.js';

const skip = process.getuid?.() !== 0 && !process.env['CI'] && 'needs root';

/** What Docker leaves to root (capabilities(7), without CAP_). */
const DEFAULT = [
  ...['chown', 'dac_override', 'fowner', 'fsetid', 'kill', 'setgid', 'setuid', 'setpcap'],
  ...['net_bind_service', 'net_raw', 'sys_chroot', 'mknod', 'audit_write', 'setfcap'],
];

/** Makes a root with all of this machine but the file by which Docker is known, and /proc/sys for reading only. Then it runs a command there. */
const ENTER = `
  mount -t tmpfs none "$1"
  for path in /*; do
    if [ -L "$path" ]; then cp -P "$path" "$1"
    elif [ -d "$path" ]; then mkdir "$1$path"; mount $(case "$path" in /proc | /sys | /dev) echo --rbind ;; *) echo --bind ;; esac) "$path" "$1$path"
    fi
  done
  mount -o bind,ro /proc/sys "$1/proc/sys"
  here=$PWD; cd "$1"; mkdir old; pivot_root . old; umount --lazy old; cd "$here"
  shift; exec "$@"`;

interface Container {
  capabilities: string[];
  /** Whether it is an ordinary user's. */
  ordinary?: boolean;
  /** Whether a seccomp filter denies unshare(2). */
  isFiltered?: boolean;
}

async function runIn({ capabilities, ordinary = false, isFiltered = false }: Container) {
  const root = await mkdtemp(join(tmpdir(), 'loopfw-container-'));
  const rights = [
    ...(ordinary ? ['--reuid', '1000', '--regid', '1000', '--clear-groups'] : []),
    ...['--bounding-set', ['-all', ...capabilities.map((name) => `+${name}`)].join(','), '--inh-caps', '-all'],
  ];
  const filter = isFiltered ? ['node', 'test/programs/deny-unshare.js'] : [];
  const command = ['setpriv', ...rights, '--', ...filter, 'node', 'dist/bin.js', 'run', 'scenarios/reject.json'];
  const ended = await run('unshare', ['--mount', '--propagation', 'private', 'sh', '-ec', ENTER, 'sh', root, ...command]);
  await rmdir(root);
  return ended;
}

const OF_CONTAINER =
  /^ {2}remedy: root is without CAP_SYS_ADMIN, CAP_NET_ADMIN here, as in a container: docker run --init --cap-add SYS_ADMIN --cap-add NET_ADMIN …/m;
const OF_FILTER = /^ {2}remedy: a seccomp filter is in force .*: in a container, --security-opt seccomp=unconfined;/m;

t.test('a container without a name', { skip }, async (t) => {
  t.test('root with the rights of Docker, under its filter, is told what to give it', async (t) => {
    const { exitCode, stderr } = await runIn({ capabilities: DEFAULT, isFiltered: true });
    t.equal(exitCode, 3);
    t.match(stderr, /^loopfw: cannot start the sandbox: you are root, but without CAP_SYS_ADMIN, CAP_NET_ADMIN\n {2}remedy/);
    t.match(stderr, OF_CONTAINER);
    t.match(stderr, OF_FILTER);
    t.match(await runIn({ capabilities: [...DEFAULT, 'sys_admin', 'net_admin'] }), { exitCode: 0, stderr: '' }, 'and it works so');
  });

  t.test('one of the two capabilities is not enough', async (t) => {
    const { exitCode, stderr } = await runIn({ capabilities: [...DEFAULT, 'net_admin'], isFiltered: true });
    t.equal(exitCode, 3);
    t.match(stderr, /root is without CAP_SYS_ADMIN here, as in a container: docker run --init --cap-add SYS_ADMIN --cap-add NET_ADMIN …/);
  });

  t.test('an ordinary user under the filter hears of both ways', async (t) => {
    const { exitCode, stderr } = await runIn({ capabilities: DEFAULT, ordinary: true, isFiltered: true });
    t.equal(exitCode, 3);
    t.match(stderr, /^loopfw: cannot start the sandbox: unshare: unshare failed: Operation not permitted\n/);
    t.match(stderr, OF_CONTAINER);
    t.match(stderr, OF_FILTER);
    t.match(await runIn({ capabilities: DEFAULT, ordinary: true }), { exitCode: 0, stderr: '' }, 'without the filter it works');
  });

  t.test('without a filter, root hears of the ordinary user', async (t) => {
    const { exitCode, stderr } = await runIn({ capabilities: DEFAULT });
    t.equal(exitCode, 3);
    t.match(stderr, /remedy: root is without CAP_SYS_ADMIN, CAP_NET_ADMIN here: run loopfw as an ordinary user, or /);
    t.notMatch(stderr, /seccomp/);
    t.match(await runIn({ capabilities: [], ordinary: true }), { exitCode: 0, stderr: '' }, 'and that works, even without any capability');
  });
});
