import { readFileSync } from 'node:fs';
import { availableParallelism, cpus, release, totalmem } from 'node:os';
import { execFile } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

const GIB = 2 ** 30;
const LOOK_MS = 3000;
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
    busyBefore: await measureBusy(),
  };
}

/** The share of processor time that other programs take now, in percent. The load average still has what ended a minute ago. */
async function measureBusy() {
  const [before] = [readTimes(), await sleep(LOOK_MS)];
  const after = readTimes();
  return Math.round(100 - (100 * (after.idle - before.idle)) / (after.all - before.all));
}

function readTimes() {
  const times = cpus().map((processor) => processor.times);
  const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);
  return { idle: sum(times.map(({ idle }) => idle)), all: sum(times.flatMap(Object.values)) };
}

/** Reads a version from the output of a command. nc prints its version with its help, and then fails. */
async function readVersion(command, args, pattern) {
  const env = { ...process.env, PATH: `${process.env.PATH}:/usr/sbin:/sbin` };
  const { stdout = '', stderr = '' } = await promisify(execFile)(command, args, { env }).catch((error) => error);
  const found = pattern.exec(stdout + stderr);
  return found?.[1] ?? found?.[0] ?? 'unknown';
}
