import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);
import {
  enterNetworkNamespace
} from "./chunk-QIJ6IDVY.js";
import "./chunk-Z7H4GLYA.js";
import "./chunk-PBR43GQL.js";
import "./chunk-LL3SQHP3.js";

// dist/kernel/run-program.js
import { closeSync } from "node:fs";
var NOT_FOUND = 127;
var NOT_EXECUTABLE = 126;
async function runProgram(program, namespace, ledger) {
  const { execa } = await import("./execa-3VYBL4FS.js");
  enterNetworkNamespace(namespace);
  closeSync(namespace);
  const child = ledger.register(() => execa(program.command, program.args, {
    stdio: "inherit",
    env: program.env,
    extendEnv: false,
    buffer: false,
    reject: false,
    cleanup: false
  }));
  const ended = child.then(({ exitCode, signal, code }) => {
    if (child.pid !== void 0) {
      ledger.release(child.pid);
    }
    if (exitCode === void 0 && signal === void 0) {
      const isMissing = code === "ENOENT";
      const problem = `${program.command}: ${isMissing ? "command not found" : `cannot be run (${code ?? "unknown error"})`}`;
      return { exitCode: isMissing ? NOT_FOUND : NOT_EXECUTABLE, signal: null, problem };
    }
    return { exitCode: exitCode ?? null, signal: signal ?? null, problem: null };
  });
  return { ended, kill: (signal) => void child.kill(signal) };
}
export {
  runProgram
};
