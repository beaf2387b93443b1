import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);globalThis.__m=(l)=>{try{require('node:fs').appendFileSync('/tmp/p/marks',(performance.timeOrigin+performance.now()).toFixed(1)+' '+l+'\n')}catch{}};
import {
  runScenario
} from "./chunk-J7ARST5W.js";
import {
  getVersion
} from "./chunk-GTNQ7HSW.js";
import {
  launchSandbox
} from "./chunk-QGEKNBS5.js";
import {
  InternalError,
  SpecError,
  UsageError
} from "./chunk-PBR43GQL.js";

// dist/run/list-runs.js
function listRuns(scenarios, chosen) {
  return scenarios.flatMap((scenario) => getBackends(scenario, chosen).map((backend) => ({ scenario, backend })));
}
function getBackends({ phases, backends }, chosen) {
  return phases.some(({ ruleSet }) => ruleSet?.kind === "nft") ? ["nft"] : chosen ?? backends;
}

// dist/run/run-suite.js
import { availableParallelism, release } from "node:os";

// dist/run/assert-commands-allowed.js
function assertCommandsAllowed(scenarios) {
  const diagnostics = scenarios.flatMap(({ file, servers }) => servers.flatMap(({ name, command }) => {
    if (command === null) {
      return [];
    }
    const { line, column, pointer, args } = command;
    const message = `server ${JSON.stringify(name)} is a program, ${args[0]}, and runs only with --allow-commands (LOOPFW_ALLOW_COMMANDS=1; in the library: allowCommands)`;
    return [{ file, line, column, pointer, message }];
  }));
  if (diagnostics.length > 0) {
    throw new SpecError(diagnostics);
  }
}

// dist/run/share-out.js
function shareOut(items, session, most, work) {
  let next = 0;
  let end = items.length;
  const running = /* @__PURE__ */ new Set();
  return new Promise((resolve, reject) => {
    const serve = async (world) => {
      while (next < end) {
        const place = next++;
        running.add(place);
        const goesOn = await work(items[place], place, world);
        running.delete(place);
        end = goesOn ? end : Math.min(end, place + 1);
      }
      if ([...running].every((place) => place >= end)) {
        resolve();
      }
    };
    const addWorkers = async () => {
      for (let count = 1; count < most && next < end; count++) {
        serve(await session.addWorker()).catch(reject);
      }
    };
    serve(session).catch(reject);
    addWorkers().catch(() => {
    });
  });
}

// dist/run/summarize.js
function summarize(scenarios, durationMs) {
  const probes = scenarios.flatMap((scenario) => scenario.probes);
  const count = (status) => probes.filter((probe) => probe.status === status).length;
  return {
    scenarios: scenarios.length,
    probes: probes.length,
    passed: count("passed"),
    failed: count("failed"),
    inconclusive: count("inconclusive"),
    errors: count("error"),
    durationMs
  };
}

// dist/run/run-suite.js
var JOBS_PER_PROCESSOR = 2;
async function runSuite(reading, options = {}) {
  assertJobs(options.jobs);
  return runSuiteIn(launchSandbox({ signal: options.signal }), reading, options);
}
function assertJobs(jobs) {
  if (jobs !== void 0 && !(Number.isInteger(jobs) && jobs >= 1)) {
    throw new UsageError(`jobs must be a whole number of 1 or more, not ${jobs}`);
  }
}
async function runSuiteIn(launching, reading, { backends, patience = "proof", signal, bail = false, allowCommands = false, jobs, onCapture, onScenario }) {
  const most = jobs ?? availableParallelism() * JOBS_PER_PROCESSOR;
  const started = performance.now();
  const { scenarios, sandbox } = await prepare(launching, allowCommands ? reading : readWithoutCommands(reading), signal);
  const abort = () => void sandbox?.end(new InternalError("aborted"));
  signal?.addEventListener("abort", abort, { once: true });
  const options = { patience, isCaptured: onCapture !== void 0 };
  const runs = [];
  let iptables = null;
  let isOver = false;
  try {
    const work = async ({ scenario, backend }, place, world) => {
      const run = await runScenario(scenario, backend, world, options);
      if (isOver || signal?.aborted) {
        return false;
      }
      runs[place] = { ...run, capture: null };
      if (run.capture !== null) {
        await onCapture?.(run.capture, run.result, place);
      }
      onScenario?.(run.result);
      return !bail || run.result.status === "passed";
    };
    if (sandbox !== null && !signal?.aborted) {
      const all2 = listRuns(scenarios, backends);
      __m("read");await shareOut(all2, sandbox.session, most, work);
      __m("ran");iptables = await readVersion(all2, sandbox.session);
    }
  } finally {
    isOver = true;
    signal?.removeEventListener("abort", abort);
    __m("version");await sandbox?.end();__m("ended");
  }
  const done = runs.filter((run) => run !== void 0);
  const all = done.map(({ result }) => result);
  const results = bail ? cutAfterFirstProblem(all) : all;
  return {
    version: 1,
    aborted: signal?.aborted ?? false,
    environment: {
      loopfw: getVersion(),
      node: process.version,
      kernel: release(),
      iptables,
      rootless: sandbox?.rootless ?? process.getuid?.() !== 0
    },
    summary: summarize(results, Math.round((performance.now() - started) * 1e3) / 1e3),
    scenarios: results
  };
}
function cutAfterFirstProblem(results) {
  const place = results.findIndex(({ status }) => status !== "passed");
  return place < 0 ? results : results.slice(0, place + 1);
}
async function readWithoutCommands(reading) {
  const scenarios = await reading;
  assertCommandsAllowed(scenarios);
  return scenarios;
}
async function readVersion(runs, session) {
  const run = runs.find(({ scenario }) => scenario.phases.some(({ ruleSet }) => ruleSet?.kind === "iptables"));
  return run === void 0 ? null : session.request({ type: "version", backend: run.backend }).catch(() => null);
}
async function prepare(launching, reading, signal) {
  const [scenarios, sandbox] = await Promise.allSettled([orNoneWhenAborted(reading, signal), launching]);
  if (scenarios.status === "fulfilled" && (sandbox.status === "fulfilled" || signal?.aborted)) {
    return { scenarios: scenarios.value, sandbox: sandbox.status === "fulfilled" ? sandbox.value : null };
  }
  if (sandbox.status === "fulfilled") {
    await sandbox.value.end();
  }
  throw scenarios.status === "rejected" ? scenarios.reason : sandbox.reason;
}
function orNoneWhenAborted(reading, signal) {
  const aborted = new Promise((resolve) => signal?.addEventListener("abort", () => resolve([]), { once: true }));
  return Promise.race([reading, aborted]);
}

export {
  listRuns,
  runSuite,
  runSuiteIn
};
