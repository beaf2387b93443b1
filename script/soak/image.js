// Carries out the Dockerfile without Docker: each stage in a Debian of its own. Then it runs loopfw there with the capabilities that containers
// have.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { call, enter, getEnv, inFolder, makeDebian } from './debian.js';

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

/** @returns whether the image can be made, and works where it should */
export function tryImage() {
  return inFolder('image', (folder) => {
    let root = '';
    for (const [index, stage] of readStages().entries()) {
      const before = root;
      root = join(folder, String(index));
      const started = performance.now();
      const [, version, suite] = /^node:([\d.]+)-(\w+)-slim$/.exec(stage.image);
      makeDebian(root, suite, version);
      let place = '/';
      for (const [word, rest] of stage.steps) {
        place = word === 'WORKDIR' ? rest : place;
        carryOut(word, rest, { root, before, place });
      }
      console.log(`image: stage ${index + 1} took ${Math.round((performance.now() - started) / 1000)} s`);
    }
    return CONTAINERS.map((container) => tryContainer(root, container)).every(Boolean);
  });
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
  const scenarios = '/usr/local/lib/node_modules/loopfw/scenarios';
  const ended = spawnSync(...enter(root, '/work', ['setpriv', ...rights, '--', 'loopfw', 'run', '-q', scenarios]), {
    encoding: 'utf8',
    env: getEnv(),
  });
  console.log(
    `image: ${name}: exit code ${ended.status}\n${(ended.status === 0 ? ended.stdout.trim().split('\n').at(-1) : ended.stderr).replace(/^/gm, '  ')}`,
  );
  return ended.status === exitCode;
}
