import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Fault } from '../../../model/program.js';
import type { Scenario, Server } from '../../../model/scenario.js';
import type { ControlFolder } from '../../../run/world/control/folder.js';
import { makeFolder, openControl } from '../../../run/world/control/server.js';
import { assertMayStart, parseFault } from '../../../run/world/faults/parse.js';
import { makeServerVariables } from '../../../run/world/server-variables.js';
import { findProblem } from '../../../sandbox/program/lookup.js';
import { showBanner } from '../../../report/world/banner.js';
import { makePaint } from '../../../report/shared/paint.js';
import { getOutputColumns } from '../../output/terminal.js';
import { readEnvironment, readWorld, runHosted, type WorldOptions } from './hosted.js';
import { findShell, planShell } from './shells.js';

export interface ShellCommandOptions extends Omit<WorldOptions, 'allowNetAdmin'> {
  fault?: string[];
}

/** The commands that a student of firewalls uses, in the order of the banner. */
const TOOLS = ['iptables', 'nft', 'ip', 'tcpdump', 'nc', 'curl'];
/** Where they are. The PATH of an ordinary user does not name these folders. */
const TOOL_FOLDERS = ['/usr/sbin', '/sbin'];
const LONGEST_NAME = 24;

/**
 * `loopfw shell`: starts the user's shell in a world, whose network and rules it may change. Returns the shell's exit code.
 * @param scenarios the file whose world it is, or none
 */
export async function shellCommand(scenarios: string[], options: ShellCommandOptions, hasColors: boolean): Promise<number> {
  const faults = (options.fault ?? []).map(parseFault);
  assertMayStart(faults);
  const { world, env: servers } = await readWorld(scenarios, { ...options, allowNetAdmin: true });
  const scenario = scenarios.length === 0 ? null : (world.document?.scenario ?? null);
  const folder = makeFolder();
  try {
    const given = readEnvironment();
    const env = { ...given, PATH: joinFolders(folder.commands, given['PATH'] ?? '') };
    const isInteractive = process.stdin.isTTY && process.stderr.isTTY;
    const { command, args, ...start } = planShell({
      ...{ shell: findShell(given), isInteractive, folder: folder.path, commands: folder.commands, env: given, hasColors },
      name: toPrompt(scenario?.name ?? ''),
    });
    writeFiles(folder, start.files);
    const { exitCode } = await runHosted(
      { command, args, env: { ...env, ...servers, ...start.env } },
      { ...world, faults },
      async (opened) => {
        const door = await openControl(opened, folder);
        if (isInteractive) {
          const facts = { scenario: world.document?.scenario ?? null, faults, tools: listTools(env) };
          process.stderr.write(makeBanner(facts, hasColors));
        }
        return door;
      },
    );
    return exitCode;
  } finally {
    folder.remove();
  }
}

interface WorldFacts {
  scenario: Scenario | null;
  faults: Fault[];
  tools: { found: string[]; missing: string[] };
}

function makeBanner({ scenario, faults, tools }: WorldFacts, hasColors: boolean): string {
  return showBanner(
    {
      interfaces: scenario?.world.interfaces.map(({ name, addresses }) => ({ name, addresses })) ?? [],
      servers: scenario?.servers.flatMap(describeServer) ?? [],
      rules: scenario?.phases[0]?.ruleSet?.rules.map(({ text }) => text) ?? [],
      files: scenario?.phases[0]?.ruleSet?.natives.map(({ file }) => file) ?? [],
      faults: faults.map(({ text }) => text),
      tools,
    },
    { paint: makePaint(hasColors), columns: getOutputColumns() ?? null },
  );
}

function describeServer(server: Server) {
  const { name, protocol } = server;
  return Object.entries(makeServerVariables([server])).map(([variable, address]) => ({ name, protocol, variable, address }));
}

function listTools(env: Record<string, string>): WorldFacts['tools'] {
  const isFound = (command: string) => findProblem({ command, args: [], env }) === null;
  return { found: TOOLS.filter(isFound), missing: TOOLS.filter((tool) => !isFound(tool)) };
}

/** The name of the world in the prompt: what has a meaning in a prompt of a shell is left out. */
function toPrompt(scenario: string): string {
  const plain = scenario.replace(/[^\p{L}\p{N}.-]+/gu, ' ').trim();
  // A word that is too long for the name is left out as a whole.
  const name =
    plain.length > LONGEST_NAME
      ? plain
          .slice(0, LONGEST_NAME + 1)
          .replace(/ \S*$/, '')
          .slice(0, LONGEST_NAME)
      : plain;
  return name === '' ? 'world' : `world ${name}`;
}

function joinFolders(first: string, path: string): string {
  const folders = path.split(':').filter((folder) => folder !== '');
  return [...new Set([first, ...folders, ...TOOL_FOLDERS])].join(':');
}

/** Writes the files of the shell, and the command loopfw: the program that runs now. */
function writeFiles({ commands }: ControlFolder, files: { path: string; text: string }[]): void {
  mkdirSync(commands);
  const loopfw = join(commands, 'loopfw');
  const words = [process.execPath, ...process.execArgv, process.argv[1] ?? ''].map((word) => `'${word.replaceAll("'", `'\\''`)}'`);
  writeFileSync(loopfw, `#!/bin/sh\nexec ${words.join(' ')} "$@"\n`);
  chmodSync(loopfw, 0o755);
  files.forEach(({ path, text }) => writeFileSync(path, text));
}
