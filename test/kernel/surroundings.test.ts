// A container is known by what its runtime mounts, and a host of containers is none.
import t from 'tap';
import { findContainer } from '../../src/kernel/process/surroundings.js';

const ID = '5cd16e9f3c0e'.padEnd(64, '0');
const OVERLAY = (folder: string, place: string) =>
  `700 600 0:51 / ${place} rw,relatime - overlay overlay rw,lowerdir=${folder}/l/AB:${folder}/l/CD,upperdir=${folder}/${ID}/diff,workdir=${folder}/${ID}/work`;
const FILE = (source: string, place: string) => `712 700 254:1 ${source} ${place} rw,relatime - ext4 /dev/vda1 rw`;
const DISK = FILE('/', '/');

const CASES: [what: string, mounts: string[], container: string | null][] = [
  ['a host', [DISK], null],
  ['Docker', [OVERLAY('/var/lib/docker/overlay2', '/')], 'docker'],
  ['Docker with another storage driver', [DISK, FILE(`/var/lib/docker/containers/${ID}/hosts`, '/etc/hosts')], 'docker'],
  ['a build by BuildKit', [OVERLAY('/var/lib/docker/buildkit/overlay', '/')], 'docker'],
  ['podman', [OVERLAY('/var/lib/containers/storage/overlay', '/')], 'podman'],
  [
    'podman without root',
    [FILE(`/home/me/.local/share/containers/storage/overlay-containers/${ID}/userdata/hosts`, '/etc/hosts')],
    'podman',
  ],
  [
    'a pod by CRI-O',
    [OVERLAY('/var/lib/containers/storage/overlay', '/'), FILE('/var/lib/kubelet/pods/0a1b/etc-hosts', '/etc/hosts')],
    'kubernetes',
  ],
  ['containerd, which nobody knows', [OVERLAY('/var/lib/containerd/io.containerd.snapshotter.v1.overlayfs/snapshots', '/')], null],
  [
    'a host with containers and pods',
    [
      DISK,
      OVERLAY('/var/lib/docker/overlay2', `/var/lib/docker/overlay2/${ID}/merged`),
      FILE('/var/lib/kubelet/pods/0a1b/volumes', '/var/lib/kubelet/pods/0a1b/volumes'),
    ],
    null,
  ],
];

for (const [what, mounts, container] of CASES) {
  t.test(what, (t) => {
    t.equal(findContainer(`${mounts.join('\n')}\n`), container);
    t.end();
  });
}
