// Carries out the Dockerfile without Docker: each stage in a folder with a Debian of its own (debootstrap), which becomes the root of a mount
// namespace. Then it runs loopfw there with the capabilities that containers have. It needs root, debootstrap and npm's registry.
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What Docker leaves to root (capabilities(7), without CAP_). */
const DEFAULT = [
  ...['chown', 'dac_override', 'fowner', 'fsetid', 'kill', 'setgid', 'setuid', 'setpcap'],
  ...['net_bind_service', 'net_raw', 'sys_chroot', 'mknod', 'audit_write', 'setfcap'],
];

/** The containers to imitate, and what loopfw's exit code must be. */
const CONTAINERS = [
  { name: 'the default of Docker', user: 0, capabilities: DEFAULT, exitCode: 3 },
  { name: '--cap-add NET_ADMIN', user: 0, capabilities: [...DEFAULT, 'net_admin'], exitCode: 3 },
  { name: '--cap-add SYS_ADMIN --cap-add NET_ADMIN', user: 0, capabilities: [...DEFAULT, 'net_admin', 'sys_admin'], exitCode: 0 },
  { name: '--user node --security-opt seccomp=unconfined', user: 1000, capabilities: [], exitCode: 0 },
];

/** Makes a folder the root of a mount namespace, and runs a command in it. */
const ENTER = `
  mount --rbind "$1" "$1"; cd "$1"
  mount -t proc proc proc; mount --rbind /dev dev; mount --rbind /sys sys
  mkdir -p old; pivot_root . old; umount --lazy old
  cd "$2"; shift 2; exec "$@"`;

/** @returns whether the image can be made, and works where it should */
export function tryImage() {
  const folder = mkdtempSync(join(tmpdir(), 'loopfw-image-'));
  try {
    let root = '';
    for (const [index, stage] of readStages().entries()) {
      const before = root;
      root = join(folder, String(index));
      const started = performance.now();
      makeBase(root, stage.image);
      let place = '/';
      for (const [word, rest] of stage.steps) {
        place = word === 'WORKDIR' ? rest : place;
        carryOut(word, rest, { root, before, place });
      }
      console.log(`image: stage ${index + 1} took ${Math.round((performance.now() - started) / 1000)} s`);
    }
    return CONTAINERS.map((container) => tryContainer(root, container)).every(Boolean);
  } catch (error) {
    console.log(`image: ${error.message}`);
    return false;
  } finally {
    // debootstrap mounts /proc while it works. What is mounted must not be deleted.
    if (!readFileSync('/proc/mounts', 'utf8').includes(folder)) {
      rmSync(folder, { recursive: true, force: true });
    }
  }
}

/** The stages of the Dockerfile: the image of each, and its steps. */
function readStages() {
  const stages = [];
  for (const [, word, rest] of readFileSync('Dockerfile', 'utf8').matchAll(/^([A-Z]+) (.*)$/gm)) {
    if (word === 'FROM') {
      stages.push({ image: rest.split(' ')[0], steps: [] });
    } else {
      stages.at(-1).steps.push([word, rest]);
    }
  }
  return stages;
}

/** A folder like the image node:MAJOR.MINOR-SUITE-slim: Debian's smallest system, and Node.js with npm in /usr/local. */
function makeBase(root, image) {
  const [, version, suite] = /^node:([\d.]+)-(\w+)-slim$/.exec(image);
  call('debootstrap', ['--variant=minbase', suite, root]);
  const packages = join(root, 'tmp/node');
  const name = `node-linux-${process.arch}`;
  mkdirSync(packages);
  call('npm', [
    'install',
    '--no-update-notifier',
    '--prefix',
    packages,
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
    `${name}@${version}`,
    'npm@10',
  ]);
  // npm looks for its global packages beside the folder of node itself, so node is no link.
  const place = `
    mkdir -p lib/node_modules
    cp "$1/node_modules/${name}/bin/node" bin/
    mv "$1/node_modules/npm" lib/node_modules/
    for command in npm npx; do ln -s "../lib/node_modules/npm/bin/$command-cli.js" "bin/$command"; done
    rm -r "$1"`;
  execFileSync('sh', ['-ec', place, 'sh', packages], { cwd: join(root, 'usr/local') });
  const files = ['/etc/resolv.conf', process.env.NODE_EXTRA_CA_CERTS ?? ''];
  files.filter((file) => file !== '').forEach((file) => cpSync(file, join(root, file), { dereference: true }));
}

function carryOut(word, rest, { root, before, place }) {
  if (word === 'RUN') {
    call(...enter(root, place, ['sh', '-ec', rest]));
  } else if (word === 'WORKDIR') {
    mkdirSync(join(root, rest), { recursive: true });
  } else if (word === 'COPY' && rest === '. .') {
    listContext().forEach((name) => cpSync(name, join(root, place, name), { recursive: true }));
  } else if (word === 'COPY') {
    const [, source, target] = rest.split(' ');
    call('sh', ['-c', `cp -r "$1"${source} "$2"`, 'sh', before, join(root, target)]);
  } else if (word !== 'CMD') {
    throw new Error(`the step ${word} is not known`);
  }
}

/** What .dockerignore lets in. */
function listContext() {
  return [...readFileSync('.dockerignore', 'utf8').matchAll(/^!(.*)$/gm)].map(([, name]) => name);
}

function tryContainer(root, { name, user, capabilities, exitCode }) {
  const rights = [
    ...(user === 0 ? [] : ['--reuid', String(user), '--regid', String(user), '--clear-groups']),
    ...['--bounding-set', ['-all', ...capabilities.map((capability) => `+${capability}`)].join(','), '--inh-caps', '-all'],
  ];
  const scenario = '/usr/local/lib/node_modules/loopfw/scenarios/same-address.json';
  const ended = spawnSync(...enter(root, '/work', ['setpriv', ...rights, '--', 'loopfw', 'run', scenario]), {
    encoding: 'utf8',
    env: getEnv(),
  });
  console.log(
    `image: ${name}: exit code ${ended.status}\n${(ended.status === 0 ? ended.stdout.trim().split('\n').at(-1) : ended.stderr).replace(/^/gm, '  ')}`,
  );
  return ended.status === exitCode;
}

function enter(root, place, command) {
  return ['unshare', ['--mount', '--propagation', 'private', 'sh', '-ec', ENTER, 'sh', root, place, ...command]];
}

function call(command, args) {
  execFileSync(command, args, { stdio: ['ignore', 'ignore', 'inherit'], env: getEnv() });
}

function getEnv() {
  const { NODE_EXTRA_CA_CERTS } = process.env;
  return {
    PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
    HOME: '/root',
    ...(NODE_EXTRA_CA_CERTS && { NODE_EXTRA_CA_CERTS }),
  };
}
