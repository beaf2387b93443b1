// Denies sockets that list and end connections, as a kernel without CONFIG_INET_DIAG does, and runs a command.
import { constants } from 'node:os';
import { runWithout } from './seccomp.js';

const AF_NETLINK = 16;
const NETLINK_SOCK_DIAG = 4;

runWithout({ x64: 41, arm64: 198 }[process.arch], { 0: AF_NETLINK, 2: NETLINK_SOCK_DIAG }, constants.errno.EPROTONOSUPPORT);
