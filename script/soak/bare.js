// Carries out the first commands of README.md on bare Debian 12 and 13 systems, with Node.js and nothing else.
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { enter, getEnv, inFolder, makeDebian } from './debian.js';

const SYSTEMS = [
  { name: 'Debian 12', suite: 'bookworm', node: '20.19' },
  { name: 'Debian 13', suite: 'trixie', node: '22.20' },
];

/** @returns whether the commands work on each */
export function tryBareSystems() {
  const [, command] = /^```sh\n(script\/setup && .*)\n```$/m.exec(readFileSync('README.md', 'utf8'));
  return SYSTEMS.map((system) => inFolder('bare', (folder) => tryOne(system, command, join(folder, 'root')))).every(Boolean);
}

function tryOne({ name, suite, node }, command, root) {
  makeDebian(root, suite, node);
  for (const path of execFileSync('git', ['ls-files', '-z'], { encoding: 'utf8' })
    .split('\0')
    .filter((path) => path !== '')) {
    cpSync(path, join(root, 'srv/loopfw', path), { recursive: true });
  }
  const started = performance.now();
  const ended = spawnSync(...enter(root, '/srv/loopfw', ['sh', '-ec', command]), { encoding: 'utf8', env: getEnv() });
  const seconds = Math.round((performance.now() - started) / 1000);
  console.log(
    `bare: ${name}, Node.js ${node}: exit code ${ended.status} after ${seconds} s: ${command}\n${`${ended.stderr}${ended.stdout}`.replace(/^(?=.)/gm, '  ')}`,
  );
  return ended.status === 0;
}
