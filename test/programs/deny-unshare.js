// Denies unshare(2) with EPERM, and runs a command: `node deny-unshare.js COMMAND…`
import { constants } from 'node:os';
import { runWithout } from './seccomp.js';

runWithout({ x64: 272, arm64: 97 }[process.arch], {}, constants.errno.EPERM);
