import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);
import {
  callUnless
} from "./chunk-Z7H4GLYA.js";
import "./chunk-LL3SQHP3.js";

// dist/kernel/reap-orphans.js
var P_ALL = 0;
var WNOHANG = 1;
var WEXITED = 4;
var WNOWAIT = 16777216;
var SIGINFO_SIZE = 128;
var SI_PID_OFFSET = 16;
function reapOrphans(ledger) {
  const info = Buffer.alloc(SIGINFO_SIZE);
  for (; ; ) {
    info.writeInt32LE(0, SI_PID_OFFSET);
    if (callUnless(["ECHILD"], "waitid", P_ALL, 0, info, WNOHANG | WEXITED | WNOWAIT) === null) {
      return true;
    }
    const pid = info.readInt32LE(SI_PID_OFFSET);
    if (pid === 0) {
      return true;
    }
    if (ledger.mayOwn(pid)) {
      return false;
    }
    callUnless(["ECHILD"], "waitpid", pid, null, WNOHANG);
  }
}
export {
  reapOrphans
};
