import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);
import {
  printRestore
} from "./chunk-Q63VOEFV.js";
import {
  launchSandbox
} from "./chunk-QGEKNBS5.js";
import {
  layOutChains,
  parseRuleText,
  parseUrl
} from "./chunk-3M3M4GSF.js";
import {
  didYouMean
} from "./chunk-KXRMXOJA.js";
import "./chunk-JFR324MA.js";
import "./chunk-VXGCHMP6.js";
import "./chunk-CC6INTEV.js";
import "./chunk-ATPREQCW.js";
import {
  UsageError
} from "./chunk-PBR43GQL.js";
import "./chunk-LL3SQHP3.js";

// dist/cli/exec.js
import { constants } from "node:os";

// dist/plan/make-fault-plan.js
var RULES = {
  refused: ({ address, port }) => `-A INPUT -d ${address} -p tcp --dport ${port} -j REJECT --reject-with tcp-reset`
};
function makeFaultFirewalls(faults) {
  const rules = faults.map((fault, index) => {
    const text = RULES[fault.kind](fault);
    return { index, text, entries: [parseRuleText(text)] };
  });
  const families = [...new Set(rules.flatMap(({ entries }) => entries.map((entry) => entry.family)))];
  return families.map((family) => makeFirewall(rules, family));
}
function makeFirewall(rules, family) {
  const entries = rules.flatMap((rule) => rule.entries).filter((entry) => entry.family === family);
  return {
    kind: "iptables",
    backend: "nft",
    family,
    restore: printRestore(entries, family, []),
    isPlain: false,
    chains: layOutChains(rules, family, [])
  };
}

// dist/run/run-under-faults.js
async function runUnderFaults(program, faults) {
  const firewalls = makeFaultFirewalls(faults);
  const sandbox = await launchSandbox({ terminal: true });
  const { session } = sandbox;
  const run = async () => {
    try {
      await session.request({ type: "open", world: null, servers: [] });
      await session.request({ type: "apply", firewalls });
      return await session.request({ type: "exec", program });
    } finally {
      await sandbox.end();
    }
  };
  return { ended: run(), signal: (signal) => session.signal(signal), end: () => sandbox.end() };
}

// dist/spec/parse-fault.js
var KINDS = ["refused"];
function parseFault(text) {
  const [kind = "", ...rest] = text.split("=");
  const known = KINDS.find((each) => each === kind);
  if (known === void 0) {
    throw new UsageError(`unknown fault ${JSON.stringify(kind)}${didYouMean(kind, KINDS)}: expected refused=ADDRESS:PORT`);
  }
  const endpoint = parseUrl(`tcp://${rest.join("=")}`, "server");
  if ("problem" in endpoint) {
    throw new UsageError(`fault ${text}: ${endpoint.problem}`);
  }
  return { kind: known, address: endpoint.address, port: endpoint.port };
}

// dist/cli/exec.js
var SIGNALS = ["SIGINT", "SIGQUIT", "SIGTERM", "SIGHUP", "SIGUSR1", "SIGUSR2"];
var KEYS = ["SIGINT", "SIGQUIT"];
async function execCommand([command = "", ...args], { fault }) {
  const faults = fault.map(parseFault);
  const env = Object.fromEntries(Object.entries(process.env).map(([name, value]) => [name, value ?? ""]));
  const running = await runUnderFaults({ command, args, env }, faults);
  const release = passSignals(running);
  try {
    const { exitCode, signal, problem } = await running.ended;
    if (problem !== null) {
      process.stderr.write(`loopfw: ${problem}
`);
    }
    return exitCode ?? (signal === null ? 1 : 128 + constants.signals[signal]);
  } finally {
    release();
  }
}
function passSignals(running) {
  const isTerminals = process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY;
  let count = 0;
  const onSignal = (signal) => {
    count += signal === "SIGUSR1" || signal === "SIGUSR2" ? 0 : 1;
    if (count > 2) {
      void running.end();
    } else if (!KEYS.includes(signal) || !isTerminals) {
      running.signal(signal);
    }
  };
  for (const signal of SIGNALS) {
    process.on(signal, onSignal);
  }
  return () => SIGNALS.forEach((signal) => process.off(signal, onSignal));
}
export {
  execCommand
};
