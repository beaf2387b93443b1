import type { AskedProbe } from '../../../run/world/control/client.js';
import { UsageError } from '../../../model/errors.js';
import type { ProbeResult } from '../../../model/result.js';
import { reportAnswer } from '../../../report/human/probe.js';
import { EXIT_CODES } from '../../output/exit-codes.js';
import { getDetail, type HumanOptions } from '../../output/reports.js';
import { getOutputColumns } from '../../output/terminal.js';
import { askWorld } from './ask.js';
import { printValue } from './listing.js';

export interface WorldProbeOptions extends HumanOptions {
  expect?: string;
  send?: string;
  timeout?: number;
  reporter?: string[];
}

/** The options of a probe that describe a world, or how it is made. */
const OF_OWN_WORLD: Record<string, string> = {
  in: '--in',
  server: '--no-server',
  blocking: '--blocking',
  backend: '--backend',
  patience: '--patience',
  advice: '--no-advice',
  why: '--why',
};

/** A name of a client or a server of the world. */
const NAME = /^[a-z_][\w.-]*$/i;

/**
 * `loopfw probe` in a world: makes the probe there. Returns the exit code.
 * @param typed the options of the command line by their keys
 */
export async function probeWorld(
  from: string,
  to: string,
  { expect, send, timeout, reporter = ['human'], ...options }: WorldProbeOptions,
  typed: string[],
  hasColors: boolean,
): Promise<number> {
  const wrong = typed.find((key) => key in OF_OWN_WORLD);
  if (wrong !== undefined) {
    throw new UsageError(`${OF_OWN_WORLD[wrong]} is for a world of the probe's own: add --rule or --ruleset, or leave it out`);
  }
  const [name] = reporter;
  if (reporter.length > 1 || (name !== 'human' && name !== 'json')) {
    throw new UsageError(`-r ${reporter.join(' -r ')}: a probe in a world has -r human or -r json, to standard output`);
  }
  const asked = {
    name: `${from} → ${to}`,
    from: from.replace(/^\[(.*)\]$/, '$1'),
    to: to.includes('://') || NAME.test(to) ? to : `tcp://${to}`,
    ...{ send, timeoutMs: timeout },
    ...(expect === undefined ? {} : { expect }),
  } as AskedProbe;
  const { probe, rules } = await askWorld(`loopfw probe ${from} ${to}`, async (world) => ({
    probe: await world.probe(asked),
    rules: await world.rules(),
  }));
  const text = reportAnswer(probe, rules, { ...getDetail(options), color: hasColors, columns: getOutputColumns() });
  printValue(probe, text, { reporter: name });
  return getExitCode(probe);
}

function getExitCode({ status }: ProbeResult): number {
  return { passed: EXIT_CODES.passed, failed: EXIT_CODES.failed, inconclusive: EXIT_CODES.failed, error: EXIT_CODES.internal }[status];
}
