// script/setup by distribution: what it installs, and what it says where it cannot. No package is installed: the package programs are not real.
import { chmod, cp, mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { run } from '../../support/loopfw.js';
import { ROOT } from '../../support/package.js';

const skip = process.getuid?.() !== 0 && !process.env['CI'] && 'needs root, to hide commands';

/** In a mount namespace: another os-release(5), and no iptables, nft and ipset. */
const ENTER = `
  mount --bind "$1" /etc/os-release
  for name in nft ipset iptables-nft-restore iptables-legacy-restore; do mount --bind /dev/null "$(readlink -f "$(command -v $name)")"; done
  shift; exec "$@"`;

interface Machine {
  /** The text of /etc/os-release. */
  release: string;
  /** The programs that are there, and what they do. */
  programs?: Record<string, string>;
  ordinary?: boolean;
  args?: string[];
}

const RECORD = 'echo "$(basename "$0") $*" >>"$CALLS"';

/** Runs a copy of the script, so that it never builds in the checkout. */
async function setUp({ release, programs = {}, ordinary = false, args = [] }: Machine) {
  const folder = await mkdtemp(join(tmpdir(), 'loopfw-setup-'));
  await chmod(folder, 0o777);
  await mkdir(join(folder, 'bin'));
  await cp(join(ROOT, 'script/setup'), join(folder, 'script/setup'));
  await writeFile(join(folder, 'os-release'), release);
  await writeFile(join(folder, 'calls'), '');
  await chmod(join(folder, 'calls'), 0o666);
  for (const [name, text] of Object.entries({ sudo: 'exit 1', ...programs })) {
    await writeFile(join(folder, 'bin', name), `#!/bin/sh\n${text}\n`);
    await chmod(join(folder, 'bin', name), 0o755);
  }
  const user = ordinary ? ['/usr/bin/setpriv', '--reuid', '1000', '--regid', '1000', '--clear-groups'] : [];
  const command = [...user, 'sh', join(folder, 'script/setup'), ...args];
  const { exitCode, stderr } = await run(
    '/usr/bin/unshare',
    ['--mount', 'sh', '-ec', ENTER, 'sh', join(folder, 'os-release'), ...command],
    {
      env: { PATH: `${folder}/bin:${process.env['PATH'] ?? ''}`, CALLS: join(folder, 'calls') },
    },
  );
  return { exitCode, stderr, calls: (await readFile(join(folder, 'calls'), 'utf8')).split('\n').slice(0, -1) };
}

const DEBIAN = 'ID=debian\nVERSION_ID="13"\n';
const UBUNTU = 'ID=ubuntu\nID_LIKE=debian\n';
const ALPINE = 'ID=alpine\n';
const BUSYBOX = "echo 'BusyBox v1.36.1 multi-call binary.' >&2; exit 1";

const INSTALLS: [what: string, machine: Machine, calls: string[]][] = [
  [
    'Debian',
    { release: DEBIAN, programs: { 'apt-get': RECORD } },
    ['apt-get update -qq', 'apt-get install -qq -y --no-install-recommends iptables nftables ipset'],
  ],
  [
    'Ubuntu',
    { release: UBUNTU, programs: { 'apt-get': RECORD } },
    ['apt-get update -qq', 'apt-get install -qq -y --no-install-recommends iptables nftables ipset'],
  ],
  [
    'an ordinary user of Debian, with sudo',
    { release: DEBIAN, programs: { 'apt-get': RECORD, sudo: 'shift; exec "$@"' }, ordinary: true },
    ['apt-get update -qq', 'apt-get install -qq -y --no-install-recommends iptables nftables ipset'],
  ],
  [
    'Fedora',
    { release: 'ID=fedora\n', programs: { dnf: RECORD } },
    ['dnf install -y --setopt=install_weak_deps=False iptables-nft iptables-legacy nftables ipset'],
  ],
  [
    'a relative of Fedora',
    { release: 'ID="almalinux"\nID_LIKE="rhel centos fedora"\n', programs: { dnf: RECORD } },
    ['dnf install -y --setopt=install_weak_deps=False iptables-nft iptables-legacy nftables ipset'],
  ],
  [
    'Alpine, whose own unshare and setpriv are of Busybox',
    { release: ALPINE, programs: { apk: RECORD, unshare: BUSYBOX, setpriv: BUSYBOX } },
    ['apk add iptables iptables-legacy nftables ipset util-linux-misc setpriv'],
  ],
];

t.test('script/setup', { skip }, async (t) => {
  for (const [what, machine, expected] of INSTALLS) {
    t.test(what, async (t) => {
      const { exitCode, stderr, calls } = await setUp(machine);
      t.strictSame(calls, expected);
      // The package programs install nothing here, and that is noticed.
      t.equal(exitCode, 1);
      t.match(stderr, /^setup: installing .*\nsetup: still missing after .*: iptables-nft-restore iptables-legacy-restore nft ipset\b/);
    });
  }

  t.test('a distribution that it does not know', async (t) => {
    const { exitCode, stderr, calls } = await setUp({ release: 'ID=nixos\n', programs: { 'apt-get': RECORD } });
    t.strictSame([exitCode, calls], [1, []]);
    t.match(
      stderr,
      /^setup: missing: iptables-nft-restore iptables-legacy-restore nft ipset; this system \(nixos\) is none that script\/setup knows/,
    );
    t.match(stderr, 'Debian has them in: iptables nftables ipset;');
  });

  t.test('an ordinary user without sudo is told what root must do', async (t) => {
    const { exitCode, stderr, calls } = await setUp({ release: DEBIAN, programs: { 'apt-get': RECORD }, ordinary: true });
    t.strictSame([exitCode, calls], [1, []]);
    t.match(stderr, /; as root: apt-get install -qq -y --no-install-recommends iptables nftables ipset\n$/);
  });

  t.test('packages that cannot be had', async (t) => {
    const { exitCode, stderr } = await setUp({ release: ALPINE, programs: { apk: 'exit 1' } });
    t.equal(exitCode, 1);
    t.match(stderr, /setup: apk add failed; missing: .*, which Alpine has in: iptables iptables-legacy nftables ipset\n$/);
  });

  t.test('an argument that it does not know', async (t) => {
    t.match(await setUp({ release: DEBIAN, args: ['--all'] }), {
      exitCode: 1,
      stderr: /unknown arguments: --all; usage: script\/setup \[--tests\]/,
    });
  });
});
