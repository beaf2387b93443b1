import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);
import {
  catchSignals,
  parseReporters
} from "./chunk-TKRXHJGD.js";
import {
  assertWritable,
  writeReports
} from "./chunk-ACYNNIX4.js";
import {
  getExitCode
} from "./chunk-XGCILRCD.js";
import {
  runSuite
} from "./chunk-424OR6DJ.js";
import "./chunk-J7ARST5W.js";
import {
  parseScenarios
} from "./chunk-MQ5BWLLD.js";
import {
  getMore,
  getRuleSet,
  showJourney,
  showOutcome
} from "./chunk-XYBDU37T.js";
import "./chunk-WAGPLFAO.js";
import "./chunk-GTNQ7HSW.js";
import {
  wrap
} from "./chunk-FB3AVYQH.js";
import {
  makePaint
} from "./chunk-XVINQOOH.js";
import "./chunk-Q63VOEFV.js";
import "./chunk-QGEKNBS5.js";
import "./chunk-3M3M4GSF.js";
import "./chunk-KXRMXOJA.js";
import "./chunk-JFR324MA.js";
import "./chunk-VXGCHMP6.js";
import "./chunk-CC6INTEV.js";
import "./chunk-ATPREQCW.js";
import {
  UsageError
} from "./chunk-PBR43GQL.js";
import {
  makeHarmless
} from "./chunk-43F4W77O.js";
import "./chunk-LL3SQHP3.js";

// dist/report/answer.js
var DETAIL = "  ";
function reportAnswer({ scenarios }, { color }) {
  const paint = makePaint(color);
  return scenarios.map((scenario) => showAnswer(scenario, scenarios.length > 1, paint)).join("\n");
}
function showAnswer(scenario, isOneOfMany, paint) {
  const { error, probes, backend } = scenario;
  const head = isOneOfMany ? [paint.bold(backend)] : [];
  if (error !== null) {
    return `${[...head, paint.fail(makeHarmless(error.message))].join("\n")}
`;
  }
  return `${[...head, ...probes.flatMap((probe) => showProbe(probe, getRuleSet(scenario, probe.phase), paint))].join("\n")}
`;
}
function showProbe(probe, rules, paint) {
  const title = `${probe.from} \u2192 ${probe.to}/${probe.protocol}  ${paint.bold(showOutcome(probe, rules))}`;
  return [
    probe.status === "passed" ? title : `${paint.mark(probe.status)} ${title}  ${paint.status(probe.status)}`,
    wrap(makeHarmless(probe.explanation), DETAIL),
    ...showJourney(probe.journey, rules, DETAIL, paint),
    ...probe.advice === null ? [] : [wrap(`${paint.bold("advice:")} ${makeHarmless(probe.advice)}`, DETAIL)],
    ...probe.status === "passed" ? [] : [`${DETAIL}${paint.bold("more:")} ${getMore(probe)}`]
  ];
}

// dist/cli/probe.js
async function probeCommand(from, to, options, hasColors) {
  const requests = options.reporter === void 0 ? null : parseReporters(options.reporter, process.env);
  const scenario = makeScenario(from, to, options);
  await assertWritable(requests ?? []);
  const signals = catchSignals();
  const { backend: backends, patience } = options;
  const result = await runSuite([scenario], { backends, patience, signal: signals.aborted }).finally(() => signals.release());
  if (requests === null) {
    process.stdout.write(reportAnswer(result, { color: hasColors }));
  }
  await writeReports(result, requests ?? [], hasColors);
  return Math.max(getExitCode(result), signals.getExitCode());
}
function makeScenario(from, to, options) {
  const withServer = parse(from, to, options, options.server && !to.startsWith("icmp:"));
  const isServerWrong = withServer.diagnostics.some(({ pointer }) => pointer?.startsWith("/servers/"));
  const { scenarios, diagnostics } = isServerWrong ? parse(from, to, options, false) : withServer;
  const [scenario] = scenarios;
  if (scenario === void 0) {
    throw new UsageError(diagnostics.map(({ pointer, message }) => `${nameArgument(pointer ?? "")}: ${message}`).join("\nloopfw: "));
  }
  return options.expect === void 0 ? withoutExpectations(scenario) : scenario;
}
function withoutExpectations(scenario) {
  const phases = scenario.phases.map(({ batches, ...phase }) => ({
    ...phase,
    batches: batches.map((batch) => batch.map((probe) => ({ ...probe, expect: {} })))
  }));
  return { ...scenario, phases };
}
function parse(from, to, options, hasServer) {
  const { rule: rules = [], expect = "connected", send, timeout: timeoutMs, blocking } = options;
  const document = {
    name: "probe",
    servers: hasServer ? { server: to } : {},
    clients: { client: { address: from, connect: blocking ? "blocking" : "nonblocking" } },
    rules,
    probes: [{ name: `${from} \u2192 ${to}`, from: "client", to: hasServer ? "server" : to, expect, send, timeoutMs }]
  };
  return parseScenarios(JSON.stringify(document), "<command line>");
}
function nameArgument(pointer) {
  const rule = /^\/rules\/(\d+)/.exec(pointer)?.[1];
  if (rule !== void 0) {
    return `--rule ${Number(rule) + 1}`;
  }
  if (pointer.startsWith("/clients/")) {
    return "FROM";
  }
  const names = { to: "TO", expect: "--expect", send: "--send", timeoutMs: "--timeout" };
  return names[/^\/probes\/0\/(\w+)/.exec(pointer)?.[1] ?? ""] ?? "probe";
}
export {
  probeCommand
};
