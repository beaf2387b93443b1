import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);globalThis.__m=(l)=>{try{require('node:fs').appendFileSync('/tmp/p/marks',(performance.timeOrigin+performance.now()).toFixed(1)+' '+l+'\n')}catch{}};
import {
  Allowance,
  ChildLedger,
  assertOutsideNetworkNamespace
} from "../chunks/chunk-OCU3XXN2.js";
import {
  readLines
} from "../chunks/chunk-JFR324MA.js";
import {
  FIRST_WORKER,
  SIGNAL_LINE,
  toFailure
} from "../chunks/chunk-ATPREQCW.js";
import "../chunks/chunk-PBR43GQL.js";
import "../chunks/chunk-LL3SQHP3.js";

// dist/sandbox/inside.js
import { Socket } from "node:net";
import { Worker } from "node:worker_threads";
__m("  inside start (origin "+performance.timeOrigin.toFixed(1)+")");var SESSION_DESCRIPTOR = 3;
var REAP_AGAIN_MS = 50;
var options = JSON.parse(process.argv[2] ?? "{}");
var session = new Socket({ fd: SESSION_DESCRIPTOR });
var ledger = new ChildLedger();
var allowance = new Allowance();
var workers = /* @__PURE__ */ new Map();
var running = null;
session.on("close", () => void exit(0));
session.on("error", () => void exit(0));
process.on("uncaughtException", giveUp);
process.on("SIGCHLD", () => void reap());
assertOutsideNetworkNamespace(options.callersNamespace);
startWorker(FIRST_WORKER);__m("  worker started");
var libc = import("../chunks/libc-AWSKA3BL.js");
readLines(session, (line) => {
  if (line.startsWith(SIGNAL_LINE)) {
    running?.kill(JSON.parse(line).signal);
    return;
  }
  const worker = Number.parseInt(line);
  const message = line.slice(String(worker).length + 1);
  if (message === "") {
    startWorker(worker);
  } else {
    workers.get(worker)?.postMessage(message);
  }
});
function startWorker(number) {
  const workerData = { worker: number, options, ledger: ledger.memory, allowance: allowance.memory };
  const worker = new Worker(new URL("./worker.js", import.meta.url), { workerData, stdin: false });
  workers.set(number, worker);
  worker.on("message", (message) => {
    if (typeof message === "string") {
      session.write(message);
    } else {
      runFor(worker, message).catch(giveUp);
    }
  });
  worker.on("error", giveUp);
  worker.on("exit", () => giveUp(new Error("a worker ended")));
}
async function runFor(worker, { program, namespace }) {
  const { runProgram } = await import("../chunks/run-program-4NNTIUBM.js");
  running = await runProgram(program, namespace, ledger);
  worker.postMessage(await running.ended);
  running = null;
}
function giveUp(error) {
  const message = { type: "fatal", failure: toFailure(error) };
  session.end(`${JSON.stringify(message)}
`, () => void exit(1));
}
async function exit(status) {
  (await libc).exitNow(status);
}
async function reap() {
  const { reapOrphans } = await import("../chunks/reap-orphans-UQ276FNE.js");
  if (!reapOrphans(ledger)) {
    setTimeout(() => void reap(), REAP_AGAIN_MS);
  }
}
