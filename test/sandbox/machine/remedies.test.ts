// What is said to be done, by what is around.
import t from 'tap';
import type { Surroundings } from '../../../src/model/examination.js';
import { findRemedies } from '../../../src/sandbox/machine/remedies.js';

const SETTINGS: Surroundings['settings'] = {
  'kernel.apparmor_restrict_unprivileged_userns': null,
  'kernel.unprivileged_userns_clone': null,
  'net.core.rmem_max': 212_992,
  'user.max_net_namespaces': 10_000,
  'user.max_pid_namespaces': 10_000,
  'user.max_user_namespaces': 10_000,
};
const ORDINARY: Surroundings = {
  isRoot: false,
  container: null,
  isGitHub: false,
  isInWorld: false,
  isFiltered: false,
  missingCapabilities: [],
  settings: SETTINGS,
};
/** An ordinary user where root has no more rights than in a container of Docker. */
const BOUND: Surroundings = { ...ORDINARY, missingCapabilities: ['CAP_SYS_ADMIN', 'CAP_NET_ADMIN'] };
const ROOT: Surroundings = { ...ORDINARY, isRoot: true };
const WEAK_ROOT: Surroundings = { ...ROOT, missingCapabilities: ['CAP_SYS_ADMIN'] };

function withSetting(base: Surroundings, name: keyof Surroundings['settings'], value: number): Surroundings {
  return { ...base, settings: { ...base.settings, [name]: value } };
}

const APPARMOR = withSetting(ORDINARY, 'kernel.apparmor_restrict_unprivileged_userns', 1);

const CASES: [what: string, surroundings: Surroundings, remedies: RegExp[]][] = [
  ['no network namespaces', withSetting(ROOT, 'user.max_net_namespaces', 0), [/sysctl --write user\.max_net_namespaces=10000/]],
  ['one is too few', withSetting(ORDINARY, 'user.max_net_namespaces', 1), [/user\.max_net_namespaces is 1,/]],
  ['no pid namespaces', withSetting(ROOT, 'user.max_pid_namespaces', 0), [/sysctl --write user\.max_pid_namespaces=10000/]],
  ['no user namespaces', withSetting(ORDINARY, 'user.max_user_namespaces', 0), [/sysctl --write user\.max_user_namespaces=10000/]],
  ['root needs no user namespace', withSetting(ROOT, 'user.max_user_namespaces', 0), [/^loopfw knows of nothing that prevents it/]],
  [
    "Debian's old switch",
    withSetting(ORDINARY, 'kernel.unprivileged_userns_clone', 0),
    [/sysctl --write kernel\.unprivileged_userns_clone=1/],
  ],
  ["Ubuntu's AppArmor", APPARMOR, [/sysctl --write kernel\.apparmor_restrict_unprivileged_userns=0; or run loopfw as root/]],
  [
    "GitHub's ubuntu-24.04",
    { ...APPARMOR, isGitHub: true },
    [/- run: sudo sysctl --write kernel\.apparmor_restrict_unprivileged_userns=0/],
  ],
  ["GitHub's job in a container", { ...WEAK_ROOT, isGitHub: true, container: 'docker' }, [/options: --privileged/]],
  [
    'the shell of a world, in Docker',
    { ...BOUND, isInWorld: true, container: 'docker' },
    [/^this is the shell of a world, .*another terminal$/],
  ],
  ['Docker', { ...WEAK_ROOT, container: 'docker' }, [/docker run --init --cap-add SYS_ADMIN --cap-add NET_ADMIN/]],
  [
    'Docker with fewer than usual',
    { ...WEAK_ROOT, container: 'docker', missingCapabilities: ['CAP_SYS_ADMIN', 'CAP_SETPCAP'] },
    [/--cap-add SYS_ADMIN --cap-add NET_ADMIN --cap-add SETPCAP …/],
  ],
  ["Docker's filter", { ...WEAK_ROOT, container: 'docker', isFiltered: true }, [/^Docker's default/, /^a seccomp filter is in force/]],
  ['a strong root in Docker, under a filter', { ...ROOT, container: 'docker', isFiltered: true }, [/^a seccomp filter is in force/]],
  ['Podman', { ...WEAK_ROOT, container: 'podman' }, [/podman run --init --cap-add SYS_ADMIN --cap-add NET_ADMIN --cap-add NET_RAW/]],
  ['Kubernetes', { ...BOUND, container: 'kubernetes' }, [/privileged: true.*hostUsers: false.*add: \[SYS_ADMIN, NET_ADMIN\]/]],
  ['root without capabilities', WEAK_ROOT, [/^root is without CAP_SYS_ADMIN here: run loopfw as an ordinary user/]],
  [
    'a container without a sign of its program',
    { ...WEAK_ROOT, isFiltered: true },
    [
      /^root is without CAP_SYS_ADMIN here, as in a container: docker run --init --cap-add SYS_ADMIN --cap-add NET_ADMIN …/,
      /^a seccomp filter/,
    ],
  ],
  [
    'root without capabilities, where an ordinary user may not do more',
    withSetting(WEAK_ROOT, 'kernel.unprivileged_userns_clone', 0),
    [/^root is without CAP_SYS_ADMIN here, as in a container: /],
  ],
  [
    'an ordinary user in a container without a sign of its program',
    { ...BOUND, isFiltered: true },
    [/^root is without CAP_SYS_ADMIN, CAP_NET_ADMIN here, as in a container: .* and loopfw as root in it/, /^a seccomp filter/],
  ],
  [
    'an ordinary user under AppArmor, where root cannot start loopfw',
    withSetting(BOUND, 'kernel.apparmor_restrict_unprivileged_userns', 1),
    [/sysctl --write kernel\.apparmor_restrict_unprivileged_userns=0$/, /^root is without/],
  ],
  ['root, and nothing to be seen', ROOT, [/run loopfw in a virtual machine$/]],
  ['a filter', { ...ROOT, isFiltered: true }, [/RestrictNamespaces=no/]],
  [
    'what is certain alone',
    withSetting({ ...APPARMOR, container: 'docker', isFiltered: true }, 'user.max_user_namespaces', 0),
    [/user\.max_user_namespaces is 0/],
  ],
  ['nothing to be seen', ORDINARY, [/CONFIG_USER_NS.*run loopfw as root, or in a virtual machine$/]],
];

t.test('as many namespaces as there may be, by a limit that does not show here', async (t) => {
  const denial = 'unshare: unshare failed: No space left on device';
  t.match(findRemedies(ORDINARY, denial), [/^this user has as many namespaces as it may: .*user\.max_net_namespaces=10000/]);
  t.match(findRemedies(withSetting(ROOT, 'user.max_pid_namespaces', 0), denial), [/^user\.max_pid_namespaces is 0/]);
});

for (const [what, surroundings, expected] of CASES) {
  t.test(what, async (t) => {
    const remedies = findRemedies(surroundings);
    t.equal(remedies.length, expected.length, remedies.join('\n'));
    expected.forEach((pattern, index) => t.match(remedies[index], pattern));
  });
}
