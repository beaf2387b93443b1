// A Debian in a folder (debootstrap), which becomes the root of a mount namespace. It needs root, debootstrap and the network.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Makes a folder the root of a mount namespace, and runs a command in it. */
const ENTER = `
  mount --rbind "$1" "$1"; cd "$1"
  mount -t proc proc proc; mount --rbind /dev dev; mount --rbind /sys sys
  mkdir -p old; pivot_root . old; umount --lazy old
  cd "$2"; shift 2; exec "$@"`;

/** Does work in a new folder, which is deleted then. @returns what the work returned, and false if it failed */
export function inFolder(name, work) {
  const folder = mkdtempSync(join(tmpdir(), `loopfw-${name}-`));
  try {
    return work(folder);
  } catch (error) {
    console.log(`${name}: ${error.message}`);
    return false;
  } finally {
    // debootstrap mounts /proc while it works. What is mounted must not be deleted.
    if (!readFileSync('/proc/mounts', 'utf8').includes(folder)) {
      rmSync(folder, { recursive: true, force: true });
    }
  }
}

/**
 * Makes a folder like the images of Node.js: Debian's smallest system, and Node.js with npm in /usr/local.
 * @param suite the name of Debian's version
 */
export function makeDebian(root, suite, version) {
  call('debootstrap', ['--variant=minbase', suite, root]);
  const packages = join(root, 'tmp/node');
  const name = `node-linux-${process.arch}`;
  mkdirSync(packages);
  call('npm', ['install', '--prefix', packages, '--no-audit', '--no-fund', '--loglevel=error', `${name}@${version}`, 'npm@10']);
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

/** The command, and its arguments, that runs another in that Debian. */
export function enter(root, place, command) {
  return ['unshare', ['--mount', '--propagation', 'private', 'sh', '-ec', ENTER, 'sh', root, place, ...command]];
}

export function call(command, args) {
  execFileSync(command, args, { stdio: ['ignore', 'ignore', 'inherit'], env: getEnv() });
}

export function getEnv() {
  const { NODE_EXTRA_CA_CERTS } = process.env;
  return {
    PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
    HOME: '/root',
    npm_config_update_notifier: 'false',
    ...(NODE_EXTRA_CA_CERTS && { NODE_EXTRA_CA_CERTS }),
  };
}
