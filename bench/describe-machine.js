import { readFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, release, totalmem } from 'node:os';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const GIB = 2 ** 30;
const VERSIONS = {
  iptables: ['iptables-nft', ['--version'], /v[\d.]+ \(\w+\)/],
  nmap: ['nmap', ['--version'], /version ([\d.]+)/],
  nc: ['nc', ['-h'], /OpenBSD netcat.*?([\d.]+-\d+)/],
};

/** The facts that affect the figures. None of them identifies the owner of the machine. */
export async function describeMachine(missing) {
  const versions = await Promise.all(Object.entries(VERSIONS).map(async ([name, how]) => [name, await readVersion(...how)]));
  return {
    loopfw: JSON.parse(readFileSync('package.json', 'utf8')).version,
    kernel: /^[\d.]+/.exec(release())[0],
    node: process.version,
    ...Object.fromEntries(versions.filter(([name]) => !missing.some((need) => need.name === name))),
    processor: cpus()[0].model.trim(),
    cores: availableParallelism(),
    memoryGib: Math.round(totalmem() / GIB),
    loadBefore: Math.round(loadavg()[0] * 100) / 100,
  };
}

/** Reads a version from the output of a command. nc prints its version with its help, and then fails. */
async function readVersion(command, args, pattern) {
  const env = { ...process.env, PATH: `${process.env.PATH}:/usr/sbin:/sbin` };
  const { stdout = '', stderr = '' } = await promisify(execFile)(command, args, { env }).catch((error) => error);
  const found = pattern.exec(stdout + stderr);
  return found?.[1] ?? found?.[0] ?? 'unknown';
}
