import { isIP } from 'node:net';
import { readRuleset } from '../../input/files/rulesets.js';
import { getShownName } from '../../input/files/read.js';
import { UsageError } from '../../model/errors.js';
import type { Patience } from '../../model/plan.js';
import type { Backend } from '../../model/result.js';
import { reportProbe } from '../../report/human/probe.js';
import { runSuite } from '../../run/run-suite.js';
import { makeHarmless } from '../../words/harmless.js';
import { quote } from '../../words/phrases.js';
import { getExitCode } from '../output/exit-codes.js';
import { assertWritable, getDetail, type HumanOptions, parseReporters, writeReports } from '../output/reports.js';
import { assertOutputOpen } from '../output/standard-output.js';
import { isOn, triesAdvice } from '../output/switches.js';
import { getOutputColumns } from '../output/terminal.js';
import { makeScenario, type QuestionOptions } from './question.js';
import { catchSignals } from './signals.js';

export interface ProbeCommandOptions extends QuestionOptions, HumanOptions {
  reporter?: string[];
  backend?: Backend[];
  patience: Patience;
  advice?: boolean;
  why?: boolean;
}

/** `loopfw probe`: runs a scenario of one probe and prints its answer with the whole journey. Returns the exit code. */
export async function probeCommand(from: string, to: string, options: ProbeCommandOptions, hasColors: boolean): Promise<number> {
  const switches = { tryAdvice: triesAdvice(options.advice), why: isOn(options.why, 'LOOPFW_WHY') };
  const requests = options.reporter === undefined ? null : parseReporters(options.reporter, process.env);
  const files = await Promise.all(
    (options.ruleset ?? []).map(async (path) => ({ path: getShownName(path), content: await readRuleset(path) })),
  );
  assertEnds(from, to);
  const { scenario, description } = makeScenario(
    // FROM may have the brackets that an IPv6 address of TO needs; TO without a scheme is a TCP port.
    { from: from.replace(/^\[(.*)\]$/, '$1'), to: to.includes('://') ? to : `tcp://${to}` },
    options,
    { rules: options.rule ?? [], files },
  );
  if (requests === null) {
    assertOutputOpen();
  }
  await assertWritable(requests ?? []);
  const signals = catchSignals();
  const { backend: backends, patience } = options;
  const result = await runSuite([scenario], {
    backends,
    patience,
    ...switches,
    argv: process.argv.slice(2),
    signal: signals.aborted,
  }).finally(() => signals.release());
  if (requests === null) {
    const assumed = description === null ? '' : `${makeHarmless(description)}\n`;
    process.stdout.write(`${assumed}${reportProbe(result, { ...getDetail(options), color: hasColors, columns: getOutputColumns() })}`);
  }
  await writeReports(result, requests ?? [], hasColors, getDetail(options));
  return Math.max(getExitCode(result, false), signals.getExitCode());
}

/** The mistakes that users make most at the two ends, in their own spelling. */
function assertEnds(from: string, to: string): void {
  if (/^(?:[\d.]+|\[.*\]):\d+$/.test(from)) {
    throw new UsageError(`FROM: expected an address without a port, found ${quote(from)}: the kernel chooses the port of a client`);
  }
  if (/^[a-z][\w.-]*$/i.test(from) && isIP(from) === 0) {
    throw new UsageError(`FROM: expected a numeric address, found ${quote(from)}: names are not looked up`);
  }
  if (isIP(to.replace(/^\[(.*)\]$/, '$1')) !== 0) {
    const form = isIP(to) === 6 ? `[${to}]` : to;
    throw new UsageError(`TO: missing port: expected tcp://ADDRESS:PORT, or icmp://${form} for a ping, found ${quote(to)}`);
  }
}
