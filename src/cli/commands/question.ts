import { isIP } from 'node:net';
import { type Answerable, draftQuestion } from '../../input/drafts/question.js';
import { DRAFT, type GivenRules, readRules, toChoice } from '../../input/drafts/read-rules.js';
import { parseScenarios } from '../../input/scenario/parse.js';
import { parseUrl } from '../../input/scenario/parties/url.js';
import type { Diagnostic } from '../../model/diagnostic.js';
import { SpecError, UsageError } from '../../model/errors.js';
import type { Scenario } from '../../model/scenario.js';

/** The options of `loopfw probe` that its scenario follows from. */
export interface QuestionOptions {
  rule?: string[];
  ruleset?: string[];
  in?: string;
  expect?: string;
  send?: string;
  timeout?: number;
  blocking?: boolean;
  server: boolean;
}

/**
 * Makes the scenario of the question, with a line about the world that it needs.
 * @throws UsageError that names the arguments at fault · SpecError for a rule set file
 */
export function makeScenario(
  { from, to }: { from: string; to: string },
  options: QuestionOptions,
  given: GivenRules,
): { scenario: Scenario; description: string | null } {
  const answerable = draft(from, to, options, given);
  const withServer = parse(from, to, options, given, answerable, options.server && !to.startsWith('icmp:'));
  // The client can run where a server is impossible, for example at an address that is not on the host.
  const isServerWrong = withServer.diagnostics.some(({ pointer }) => pointer?.startsWith('/servers/'));
  const { scenarios, diagnostics } = isServerWrong ? parse(from, to, options, given, answerable, false) : withServer;
  const [scenario] = scenarios;
  if (scenario === undefined) {
    throw makeError(diagnostics);
  }
  return { scenario: options.expect === undefined ? withoutExpectations(scenario) : scenario, description: answerable.description };
}

/** Drafts the world. Addresses that are wrong are reported where the scenario is read. */
function draft(from: string, to: string, options: QuestionOptions, given: GivenRules): Answerable {
  const endpoint = parseUrl(to, 'destination');
  const read = readRules(given);
  if ('diagnostics' in read) {
    throw makeError(read.diagnostics);
  }
  if ('problem' in endpoint || isIP(from) === 0) {
    return { world: {}, clientVia: null, serverVia: null, others: {}, description: null };
  }
  return draftQuestion({ from, to: endpoint, inInterface: options.in ?? null }, read.ruleSet);
}

function makeError(diagnostics: Diagnostic[]): Error {
  const ofFiles = diagnostics.filter(({ file }) => file !== DRAFT);
  return ofFiles.length > 0
    ? new SpecError(ofFiles, 'the rule set')
    : new UsageError(diagnostics.map(({ pointer, message }) => `${nameArgument(pointer ?? '')}: ${message}`).join('\nloopfw: '));
}

function withoutExpectations(scenario: Scenario): Scenario {
  const phases = scenario.phases.map(({ batches, ...phase }) => ({
    ...phase,
    batches: batches.map((batch) => batch.map((probe) => ({ ...probe, expect: {} }))),
  }));
  return { ...scenario, phases };
}

function parse(
  from: string,
  to: string,
  options: QuestionOptions,
  given: GivenRules,
  { world, clientVia, serverVia, others }: Answerable,
  hasServer: boolean,
): ReturnType<typeof parseScenarios> {
  const { expect = 'connected', send, timeout: timeoutMs, blocking } = options;
  const document = {
    name: 'probe',
    ...world,
    servers: hasServer ? { server: serverVia === null ? to : { ...splitUrl(to), via: serverVia }, ...others } : {},
    clients: {
      client: { address: from, connect: blocking ? 'blocking' : 'nonblocking', ...(clientVia === null ? {} : { via: clientVia }) },
    },
    rules: given.rules,
    // One question needs no report on the whole rule set: loopfw check gives it.
    ignore: given.files.length === 0 ? [] : ['dead-rule'],
    probes: [{ name: `${from} → ${to}`, from: 'client', to: hasServer ? 'server' : to, expect, send, timeoutMs }],
  };
  return parseScenarios(JSON.stringify(document), DRAFT, { instead: toChoice(given) });
}

/** The parts of a URL of a server outside. A wrong URL has none, and is reported. */
function splitUrl(to: string): Record<string, unknown> {
  const endpoint = parseUrl(to, 'destination');
  return 'problem' in endpoint ? {} : { protocol: endpoint.protocol, address: endpoint.address, port: endpoint.port };
}

/** The name on the command line for a place in the document (a JSON pointer). */
function nameArgument(pointer: string): string {
  const rule = /^\/rules\/(\d+)/.exec(pointer)?.[1];
  if (rule !== undefined) {
    return `--rule ${Number(rule) + 1}`;
  }
  if (pointer.startsWith('/clients/')) {
    return pointer.endsWith('/via') ? '--in' : 'FROM';
  }
  if (/^\/(?:interfaces|bridges)\b/.test(pointer)) {
    return '--in';
  }
  const names: Record<string, string> = { to: 'TO', expect: '--expect', send: '--send', timeoutMs: '--timeout' };
  return names[/^\/probes\/0\/(\w+)/.exec(pointer)?.[1] ?? ''] ?? 'probe';
}
