import { release } from 'node:os';
import { EnvironmentError, getProblem } from '../../model/errors.js';
import type { CommandSet, Examination, Finding, Trial } from '../../model/examination.js';
import { examineHost, type Host } from '../../sandbox/machine/host.js';
import { launchSandbox, type Sandbox } from '../../sandbox/launch.js';
import { findRemedies } from '../../sandbox/machine/remedies.js';
import { getVersion } from '../version.js';
import { examineLimits } from './limits.js';
import { listSteps, type Step } from './steps.js';

/**
 * Tries each part of a run once and reports whether it works. A problem of this machine is a finding, never an exception.
 * Only a trial shows a missing permission: AppArmor on Ubuntu allows a user namespace, and then denies what it is needed for.
 */
export async function examine(): Promise<Examination> {
  const host = examineHost();
  const { sandbox, namespaces } = await launch(host);
  const tried: Finding[] = [];
  try {
    for (const step of listSteps(host)) {
      tried.push({ ...step.capability, needed: step.needed, ...(await tryStep(step, sandbox, host)) });
    }
  } finally {
    await sandbox?.end();
  }
  const findings: Finding[] = [
    { kind: 'versions', loopfw: getVersion(), node: process.version, kernel: release() },
    { kind: 'namespaces', rootless: !host.surroundings.isRoot, needed: true, ...namespaces },
    examineCommands('nft', host),
    examineCommands('legacy', host),
    examineCommands('native', host),
    examineCommands('ipset', host),
    ...tried,
    ...examineLimits(host),
  ];
  const usable = findings.every((finding) => finding.kind === 'versions' || !finding.needed || finding.state === 'works');
  return { usable, findings };
}

async function launch({ surroundings }: Host): Promise<{ sandbox: Sandbox | null; namespaces: Trial }> {
  try {
    return { sandbox: await launchSandbox({ isAlone: true }), namespaces: { state: 'works', detail: 'the sandbox starts' } };
  } catch (error) {
    // A seccomp filter can kill the sandbox at its start. That counts as a missing permission too.
    return { sandbox: null, namespaces: fail(error, error instanceof EnvironmentError ? error.remedies : findRemedies(surroundings)) };
  }
}

function examineCommands(set: CommandSet, { commands }: Host): Finding {
  const missing = commands[set].filter(({ isThere }) => !isThere);
  const known = { kind: 'commands', set, needed: set === 'nft' } as const;
  return missing.length === 0
    ? { ...known, state: 'works', detail: commands[set].map(({ name }) => name).join(', ') }
    : {
        ...known,
        state: 'fails',
        cause: `not in PATH, /usr/sbin or /sbin: ${missing.map(({ name }) => name).join(', ')}`,
        remedies: [...new Set(missing.map(({ howToInstall }) => howToInstall))],
      };
}

async function tryStep(step: Step, sandbox: Sandbox | null, { commands }: Host): Promise<Trial> {
  if (sandbox === null) {
    return { state: 'untried', cause: 'the sandbox does not start' };
  }
  if (step.commands.some((set) => commands[set].some(({ isThere }) => !isThere))) {
    return { state: 'untried', cause: 'commands are missing' };
  }
  try {
    return { state: 'works', detail: await step.work(sandbox.session) };
  } catch (error) {
    // The remedies of the error itself come first: they are more specific.
    return fail(error, [...(error instanceof EnvironmentError ? error.remedies : []), ...step.remedies]);
  }
}

function fail(error: unknown, remedies: string[]): Trial {
  return { state: 'fails', cause: getProblem(error), remedies };
}
