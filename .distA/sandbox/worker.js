import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);globalThis.__m=(l)=>{try{require('node:fs').appendFileSync('/tmp/p/marks',(performance.timeOrigin+performance.now()).toFixed(1)+' '+l+'\n')}catch{}};
import {
  IPTABLES_COMMANDS
} from "../chunks/chunk-P7VNGKTN.js";
import {
  enterNetworkNamespace,
  enterNewNetworkNamespace,
  openNetworkNamespace
} from "../chunks/chunk-QIJ6IDVY.js";
import {
  SystemCallError,
  call,
  callBlocking,
  callUnless,
  getErrorName
} from "../chunks/chunk-Z7H4GLYA.js";
import {
  Allowance,
  BURST,
  ChildLedger,
  THREADS,
  assertOutsideNetworkNamespace,
  letServersAccept
} from "../chunks/chunk-OCU3XXN2.js";
import {
  UNPRIVILEGED_ID,
  explainUser,
  findCommand,
  getCommandPath
} from "../chunks/chunk-VXGCHMP6.js";
import {
  require_ipaddr
} from "../chunks/chunk-CC6INTEV.js";
import {
  CAPABILITIES,
  hasIPv6,
  toFailure
} from "../chunks/chunk-ATPREQCW.js";
import {
  CommandError,
  EnvironmentError,
  InternalError,
  UsageError
} from "../chunks/chunk-PBR43GQL.js";
import {
  __toESM
} from "../chunks/chunk-LL3SQHP3.js";

// dist/sandbox/worker.js
import { parentPort, workerData } from "node:worker_threads";

// dist/kernel/drop-privilege.js
var { CAP_SETGID, CAP_SETUID, CAP_SETPCAP, CAP_NET_BIND_SERVICE, CAP_NET_ADMIN, CAP_NET_RAW, CAP_SYS_ADMIN } = CAPABILITIES;
var LINUX_CAPABILITY_VERSION_3 = 537396514;
var PR_SET_KEEPCAPS = 8;
var PR_CAPBSET_DROP = 24;
var PR_SET_NO_NEW_PRIVS = 38;
var PR_CAP_AMBIENT = 47;
var PR_CAP_AMBIENT_RAISE = 2;
var SYSTEM_CALLS = {
  x64: { setgroups: 116, setresgid: 119, setresuid: 117, capset: 126 },
  arm64: { setgroups: 159, setresgid: 149, setresuid: 147, capset: 91 }
};
var KEPT = [CAP_NET_BIND_SERVICE, CAP_NET_ADMIN, CAP_NET_RAW, CAP_SYS_ADMIN];
var INHERITED = [CAP_NET_ADMIN, CAP_NET_RAW];
function dropPrivilege() {
  const numbers = SYSTEM_CALLS[process.arch];
  if (numbers === void 0) {
    throw new EnvironmentError(`running as root is not supported on ${process.arch}: run loopfw as an ordinary user`);
  }
  try {
    call("syscallWithBuffers", numbers.capset, ...makeCapabilities([...KEPT, CAP_SETGID, CAP_SETUID, CAP_SETPCAP]));
    emptyBoundingSet();
    call("prctl", PR_SET_KEEPCAPS, 1, 0, 0, 0);
    call("syscall", numbers.setgroups, 0, 0, 0);
    call("syscall", numbers.setresgid, UNPRIVILEGED_ID, UNPRIVILEGED_ID, UNPRIVILEGED_ID);
    call("syscall", numbers.setresuid, UNPRIVILEGED_ID, UNPRIVILEGED_ID, UNPRIVILEGED_ID);
    call("syscallWithBuffers", numbers.capset, ...makeCapabilities(KEPT));
    for (const capability of INHERITED) {
      call("prctl", PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, capability, 0, 0);
    }
    call("prctl", PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  } catch (error) {
    if (error instanceof SystemCallError) {
      throw new EnvironmentError(`cannot give up root's privileges: ${error.message}`);
    }
    throw error;
  }
}
function emptyBoundingSet() {
  for (let capability = 0; capability < 64; capability++) {
    if (callUnless(["EINVAL"], "prctl", PR_CAPBSET_DROP, capability, 0, 0, 0) === null) {
      return;
    }
  }
}
function makeCapabilities(capabilities) {
  const header = Buffer.alloc(8);
  header.writeUInt32LE(LINUX_CAPABILITY_VERSION_3, 0);
  const data = Buffer.alloc(24);
  const kept = toMask(capabilities);
  data.writeUInt32LE(kept, 0);
  data.writeUInt32LE(kept, 4);
  data.writeUInt32LE(toMask(INHERITED), 8);
  return [header, data];
}
function toMask(capabilities) {
  return capabilities.reduce((mask, capability) => mask | 1 << capability, 0);
}

// dist/kernel/background-command.js
import { setTimeout as sleep } from "node:timers/promises";
var BackgroundCommand = class {
  #pid;
  stdout;
  stderr;
  /** How it ended, once it has; null while it runs. */
  end = null;
  ended;
  constructor(pid, child, stdout, stderr) {
    this.#pid = pid;
    this.stdout = stdout;
    this.stderr = stderr;
    this.ended = new Promise((resolve) => {
      child.once("exit", (exitCode, signal) => {
        this.end = signal === null ? `exit code ${exitCode}` : `signal ${signal}`;
        resolve();
      });
    });
  }
  /** Ends its whole process group: asks with SIGTERM, and kills what is left when the program has ended or its time is over. */
  async stop(graceMs) {
    this.#kill("SIGTERM");
    await Promise.race([this.ended, sleep(graceMs, void 0, { ref: false })]);
    this.#kill("SIGKILL");
    await this.ended;
    this.stdout.destroy();
    this.stderr.destroy();
  }
  #kill(signal) {
    try {
      process.kill(-this.#pid, signal);
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) {
        throw error;
      }
    }
  }
};

// dist/kernel/run-command.js
var TIME_LIMIT_MS = 3e4;
var OUTPUT_LIMIT = 1 << 27;
var ENVIRONMENT = { PATH: getCommandPath(), LC_ALL: "C", XTABLES_LOCKFILE: "/proc/self/status" };
var OPTIONS = {
  env: ENVIRONMENT,
  extendEnv: false,
  cwd: "/",
  timeout: TIME_LIMIT_MS,
  killSignal: "SIGKILL",
  maxBuffer: OUTPUT_LIMIT,
  reject: false,
  stripFinalNewline: false
};
var CommandRunner = class {
  #ledger;
  // execa takes some 90 ms to import: it loads while the world is being made.
  #execa = import("../chunks/execa-3VYBL4FS.js");
  constructor(ledger2) {
    this.#ledger = ledger2;
  }
  /**
   * Runs a command to its end and gives its standard output. Its environment is fixed, its input is `input` and nothing else. The thread
   * waits: with nothing else to do meanwhile, that takes a third of the processor time of streams and promises (1.3 ms instead of 4.0).
   *
   * @throws CommandError unless it exits with 0 in time · EnvironmentError where it is not installed
   */
  async run(name, args, input = "") {
    const path = findCommand(name);
    const { execaSync } = await this.#execa;
    const result = this.#ledger.guard(() => execaSync(path, args, { ...OPTIONS, input }));
    if (result.failed) {
      const how = result.timedOut ? `was still running after ${TIME_LIMIT_MS} ms` : `ended with ${result.exitCode ?? result.signal ?? result.code ?? "an error"}`;
      throw new CommandError(`${[name, ...args].join(" ")} ${how}: ${result.stderr.trim() || result.shortMessage}`);
    }
    return result.stdout;
  }
  /**
   * Starts a program that goes on while others run; it reads nothing, and is in a process group of its own.
   * @throws EnvironmentError where it cannot even be started
   */
  async start(path, args, { cwd = "/", env = ENVIRONMENT } = {}) {
    const { execa } = await this.#execa;
    const child = this.#ledger.register(() => execa(path, args, {
      ...{ cwd, env, extendEnv: false },
      stdio: ["ignore", "pipe", "pipe"],
      buffer: false,
      detached: true,
      reject: false,
      cleanup: false
    }));
    if (child.pid === void 0) {
      throw new EnvironmentError(`${path} cannot be run: ${(await child).code ?? "unknown error"}`);
    }
    const { pid, stdout, stderr } = child;
    child.once("exit", () => this.#ledger.release(pid));
    return new BackgroundCommand(pid, child, stdout, stderr);
  }
};

// dist/kernel/netlink.js
var AF_NETLINK = 16;
var SOCK_RAW = 3;
var SOCK_CLOEXEC = 524288;
var SOCK_NONBLOCK = 2048;
var SOL_SOCKET = 1;
var SO_RCVBUF = 8;
var SO_RCVBUFFORCE = 33;
var SOL_NETLINK = 270;
var NETLINK_ADD_MEMBERSHIP = 1;
var NETLINK_CAP_ACK = 10;
var NETLINK_EXT_ACK = 11;
var NLA_TYPE_MASK = 16383;
var MESSAGE_HEADER = 16;
var NFNETLINK_HEADER = 4;
var RECEIVE_SIZE = 1 << 16;
var NETLINK_ROUTE = 0;
var NETLINK_NETFILTER = 12;
var NFNL_SUBSYS_NFTABLES = 10;
var NetlinkSocket = class {
  #fd;
  #buffer = Buffer.alloc(RECEIVE_SIZE);
  #open = true;
  constructor(protocol = NETLINK_NETFILTER) {
    this.#fd = call("socket", AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, protocol);
    const address = Buffer.alloc(12);
    address.writeUInt16LE(AF_NETLINK, 0);
    call("bind", this.#fd, address, address.length);
  }
  /** Asks for a receive buffer of that many bytes; without privilege the kernel gives what rmem_max allows. */
  enlargeBuffer(bytes) {
    const size = makeInt(bytes);
    if (callUnless(["EPERM"], "setsockopt", this.#fd, SOL_SOCKET, SO_RCVBUFFORCE, size, size.length) === null) {
      call("setsockopt", this.#fd, SOL_SOCKET, SO_RCVBUF, size, size.length);
    }
  }
  joinGroup(group) {
    this.#setOption(NETLINK_ADD_MEMBERSHIP, group);
  }
  /** Has the kernel say in words why it refuses something, and not send back what was asked. */
  askForReasons() {
    this.#setOption(NETLINK_CAP_ACK, 1);
    this.#setOption(NETLINK_EXT_ACK, 1);
  }
  send(message) {
    call("send", this.#fd, message, message.length, 0);
  }
  /** The next datagram's messages; 'empty' where none waits, 'overrun' where the kernel had to throw some away (ENOBUFS). */
  receive() {
    try {
      const length = callUnless(["EAGAIN"], "recv", this.#fd, this.#buffer, this.#buffer.length, 0);
      return length === null ? "empty" : parseMessages(this.#buffer.subarray(0, length));
    } catch (error) {
      if (error instanceof Error && "errno" in error && error.errno === "ENOBUFS") {
        return "overrun";
      }
      throw error;
    }
  }
  /** All messages of a type that wait, and whether the kernel had to throw some away. */
  drain(type) {
    const messages = [];
    let lost = false;
    for (; ; ) {
      const received = this.receive();
      if (received === "empty") {
        return { messages, lost };
      }
      if (received === "overrun") {
        lost = true;
      } else {
        messages.push(...received.filter((message) => message.type === type));
      }
    }
  }
  close() {
    if (this.#open) {
      this.#open = false;
      call("close", this.#fd);
    }
  }
  #setOption(name, value) {
    const bytes = makeInt(value);
    call("setsockopt", this.#fd, SOL_NETLINK, name, bytes, bytes.length);
  }
};
function makeInt(value) {
  const buffer = Buffer.alloc(4);
  buffer.writeInt32LE(value);
  return buffer;
}
function parseMessages(datagram) {
  const messages = [];
  for (let offset = 0; offset + MESSAGE_HEADER <= datagram.length; ) {
    const length = datagram.readUInt32LE(offset);
    if (length < MESSAGE_HEADER) {
      break;
    }
    const body = datagram.subarray(offset + MESSAGE_HEADER, offset + length);
    messages.push({
      type: datagram.readUInt16LE(offset + 4),
      family: body[0] ?? 0,
      error: body.length >= 4 ? -body.readInt32LE(0) : 0,
      // A copy: the receive buffer is used again.
      attributes: Buffer.from(body.subarray(NFNETLINK_HEADER))
    });
    offset += align(length);
  }
  return messages;
}
function parseAttributes(buffer) {
  const attributes = /* @__PURE__ */ new Map();
  for (let offset = 0; offset + 4 <= buffer.length; ) {
    const length = buffer.readUInt16LE(offset);
    if (length < 4) {
      break;
    }
    attributes.set(buffer.readUInt16LE(offset + 2) & NLA_TYPE_MASK, buffer.subarray(offset + 4, offset + length));
    offset += align(length);
  }
  return attributes;
}
function listNested(list) {
  const values = [];
  for (let offset = 0; list !== void 0 && offset + 4 <= list.length; ) {
    const length = list.readUInt16LE(offset);
    if (length < 4) {
      break;
    }
    values.push(list.subarray(offset + 4, offset + length));
    offset += align(length);
  }
  return values;
}
function readText(attributes, type) {
  const value = attributes.get(type);
  return value === void 0 ? "" : value.toString("utf8", 0, value.indexOf(0) < 0 ? value.length : value.indexOf(0));
}
function makeRequest(type, flags, family) {
  const header = Buffer.alloc(NFNETLINK_HEADER);
  header.writeUInt8(family, 0);
  return makeMessage(type, flags, header);
}
function makeMessage(type, flags, header) {
  const message = Buffer.concat([Buffer.alloc(MESSAGE_HEADER), header]);
  message.writeUInt32LE(message.length, 0);
  message.writeUInt16LE(type, 4);
  message.writeUInt16LE(flags, 6);
  return message;
}
function withAttributes(request2, attributes) {
  const message = Buffer.concat([request2, makeAttributes(attributes)]);
  message.writeUInt32LE(message.length, 0);
  return message;
}
function makeAttributes(attributes) {
  const parts = attributes.map(([type, value]) => {
    const part = Buffer.alloc(4 + align(value.length));
    part.writeUInt16LE(4 + value.length, 0);
    part.writeUInt16LE(type, 2);
    value.copy(part, 4);
    return part;
  });
  return Buffer.concat(parts);
}
function align(length) {
  return length + 3 & ~3;
}

// dist/kernel/parse-mac.js
function parseMac(mac) {
  return Buffer.from(mac.replaceAll(":", ""), "hex");
}

// dist/kernel/add-veth.js
var RTM_NEWLINK = 16;
var IFLA_ADDRESS = 1;
var IFLA_IFNAME = 3;
var IFLA_LINKINFO = 18;
var IFLA_NET_NS_FD = 28;
var IFLA_INFO_KIND = 1;
var IFLA_INFO_DATA = 2;
var VETH_INFO_PEER = 1;
var IFINFOMSG_SIZE = 16;
function addVeth(end, peer, socket) {
  const peerAttributes = describeEnd(peer);
  if (peer.namespace !== void 0) {
    peerAttributes.push([IFLA_NET_NS_FD, makeInt(peer.namespace)]);
  }
  const peerInfo = Buffer.concat([Buffer.alloc(IFINFOMSG_SIZE), makeAttributes(peerAttributes)]);
  const info = makeAttributes([
    [IFLA_INFO_KIND, makeText("veth")],
    [IFLA_INFO_DATA, makeAttributes([[VETH_INFO_PEER, peerInfo]])]
  ]);
  socket.add(RTM_NEWLINK, Buffer.alloc(IFINFOMSG_SIZE), [...describeEnd(end), [IFLA_LINKINFO, info]]);
}
function describeEnd({ name, mac }) {
  return [[IFLA_IFNAME, makeText(name)], ...mac === void 0 ? [] : [[IFLA_ADDRESS, parseMac(mac)]]];
}
function makeText(text) {
  return Buffer.from(`${text}\0`, "latin1");
}

// dist/kernel/route-socket.js
var NLM_F_REQUEST_ACK = 1 | 4;
var NLM_F_CREATE_EXCL = 1024 | 512;
var NLMSG_ERROR = 2;
var NLMSGERR_ATTR_MSG = 1;
var REPEATED_HEADER = 16;
var KernelRefusal = class extends Error {
  name = "KernelRefusal";
};
var RouteSocket = class {
  #socket = new NetlinkSocket(NETLINK_ROUTE);
  constructor() {
    this.#socket.askForReasons();
  }
  /** Adds what must not be there yet. @throws KernelRefusal */
  add(type, header, attributes) {
    this.#request(type, NLM_F_CREATE_EXCL, header, attributes);
  }
  /** Removes what is there. @throws KernelRefusal */
  remove(type, header, attributes) {
    this.#request(type, 0, header, attributes);
  }
  close() {
    this.#socket.close();
  }
  #request(type, flags, header, attributes) {
    this.#socket.send(withAttributes(makeMessage(type, NLM_F_REQUEST_ACK | flags, header), attributes));
    const received = this.#socket.receive();
    const [answer2] = typeof received === "string" ? [] : received;
    if (answer2?.type !== NLMSG_ERROR) {
      throw new InternalError("the kernel did not answer a request to change the network");
    }
    if (answer2.error !== 0) {
      const reason = readText(parseAttributes(answer2.attributes.subarray(REPEATED_HEADER)), NLMSGERR_ATTR_MSG);
      throw new KernelRefusal([getErrorName(answer2.error), reason].filter((part) => part !== "").join(": "));
    }
  }
};

// dist/kernel/socket-address.js
var import_ipaddr = __toESM(require_ipaddr(), 1);
var ADDRESS_FAMILIES = { ipv4: 2, ipv6: 10 };
function makeSocketAddress(family, address, port) {
  const bytes = import_ipaddr.default.parse(address).toByteArray();
  const result = Buffer.alloc(family === "ipv4" ? 16 : 28);
  result.writeUInt16LE(ADDRESS_FAMILIES[family], 0);
  result.writeUInt16BE(port, 2);
  result.set(bytes, family === "ipv4" ? 4 : 8);
  return result;
}
function parsePrefix(text) {
  const [address = "", length] = text.split("/");
  const bytes = Buffer.from(import_ipaddr.default.parse(address).toByteArray());
  return { family: bytes.length === 4 ? "ipv4" : "ipv6", bytes, length: length === void 0 ? bytes.length * 8 : Number(length) };
}

// dist/kernel/forget-neighbours.js
var NLM_F_REQUEST_DUMP = 1 | 768;
var RTM_NEWNEIGH = 28;
var RTM_DELNEIGH = 29;
var RTM_GETNEIGH = 30;
var NDA_DST = 1;
var NDMSG_SIZE = 12;
var NUD_NOARP_PERMANENT = 64 | 128;
function forgetNeighbours() {
  const socket = new RouteSocket();
  try {
    for (const { index, address } of listNeighbours()) {
      socket.remove(RTM_DELNEIGH, makeHeader(index), [[NDA_DST, address]]);
    }
  } finally {
    socket.close();
  }
}
function listNeighbours() {
  const socket = new NetlinkSocket(NETLINK_ROUTE);
  try {
    socket.send(makeMessage(RTM_GETNEIGH, NLM_F_REQUEST_DUMP, makeHeader(0)));
    return socket.drain(RTM_NEWNEIGH).messages.flatMap(({ attributes: behindFamily }) => {
      const address = parseAttributes(behindFamily.subarray(NDMSG_SIZE - 4)).get(NDA_DST);
      const isLearned = (behindFamily.readUInt16LE(4) & NUD_NOARP_PERMANENT) === 0;
      return address !== void 0 && isLearned ? [{ index: behindFamily.readInt32LE(0), address }] : [];
    });
  } finally {
    socket.close();
  }
}
function makeHeader(index) {
  const header = Buffer.alloc(NDMSG_SIZE);
  header.writeUInt8(ADDRESS_FAMILIES.ipv6, 0);
  header.writeInt32LE(index, 4);
  return header;
}

// dist/kernel/nflog-trace.js
var NFNL_SUBSYS_ULOG = 4;
var NFULNL_MSG_PACKET = NFNL_SUBSYS_ULOG << 8;
var NFULNL_MSG_CONFIG = NFNL_SUBSYS_ULOG << 8 | 1;
var NFULA_PACKET_HDR = 1;
var NFULA_PAYLOAD = 9;
var NFULA_PREFIX = 10;
var NFULA_CFG_CMD = 1;
var NFULA_CFG_MODE = 2;
var NFULA_CFG_QTHRESH = 5;
var NFULNL_CFG_CMD_BIND = 1;
var NFULNL_CFG_CMD_UNBIND = 2;
var NFULNL_CFG_CMD_PF_BIND = 3;
var NFULNL_COPY_PACKET = 2;
var NLM_F_REQUEST = 1;
var NLM_F_REQUEST_ACK2 = NLM_F_REQUEST | 4;
var NLMSG_ERROR2 = 2;
var FAMILIES = { ipv4: 2, ipv6: 10 };
var COPY_BYTES = 160;
var HOOKS = ["prerouting", "input", "forward", "output", "postrouting"];
var TYPES = { rule: "rule", policy: "policy", return: "return" };
var NflogTraceSocket = class {
  #socket = new NetlinkSocket();
  #isOpen = true;
  constructor(bufferBytes) {
    this.#socket.enlargeBuffer(bufferBytes);
    for (const family of Object.values(FAMILIES)) {
      this.#configure(family, NFULA_CFG_CMD, Buffer.from([NFULNL_CFG_CMD_PF_BIND]));
    }
    this.#configure(0, NFULA_CFG_CMD, Buffer.from([NFULNL_CFG_CMD_BIND]));
    const mode = Buffer.alloc(6);
    mode.writeUInt32BE(COPY_BYTES, 0);
    mode.writeUInt8(NFULNL_COPY_PACKET, 4);
    this.#configure(0, NFULA_CFG_MODE, mode);
    const threshold = Buffer.alloc(4);
    threshold.writeUInt32BE(1);
    this.#configure(0, NFULA_CFG_QTHRESH, threshold);
  }
  drain() {
    const { messages, lost } = this.#socket.drain(NFULNL_MSG_PACKET);
    return { events: messages.flatMap(({ family, attributes }) => decodePacket(family, parseAttributes(attributes)) ?? []), lost };
  }
  /**
   * Gives the group back by itself: a child that another thread has just started holds a copy of the socket until its exec, and the group
   * would stay taken so long (EPERM for the next rule set of the same world).
   */
  close() {
    if (this.#isOpen) {
      this.#isOpen = false;
      this.#socket.send(withAttributes(makeRequest(NFULNL_MSG_CONFIG, NLM_F_REQUEST, 0), [[NFULA_CFG_CMD, Buffer.from([NFULNL_CFG_CMD_UNBIND])]]));
    }
    this.#socket.close();
  }
  #configure(family, attribute, value) {
    this.#socket.send(withAttributes(makeRequest(NFULNL_MSG_CONFIG, NLM_F_REQUEST_ACK2, family), [[attribute, value]]));
    const received = this.#socket.receive();
    const [answer2] = typeof received === "string" ? [] : received;
    if (answer2?.type !== NLMSG_ERROR2 || answer2.error !== 0) {
      throw new InternalError(`the kernel does not give out NFLOG's group 0, which the legacy trace needs (error ${answer2?.error ?? "unknown"})`);
    }
  }
};
function decodePacket(family, attributes) {
  const [, table, chain, type, number] = /^TRACE: ([^:]+):(.+):(rule|policy|return):(\d+) $/.exec(readText(attributes, NFULA_PREFIX)) ?? [];
  const payload = attributes.get(NFULA_PAYLOAD);
  const hook = HOOKS[attributes.get(NFULA_PACKET_HDR)?.readUInt8(2) ?? -1];
  if (table === void 0 || chain === void 0 || type === void 0 || payload === void 0 || hook === void 0) {
    return null;
  }
  const headerLength = payload.length > 0 && payload.readUInt8(0) >> 4 === 4 ? (payload.readUInt8(0) & 15) * 4 : 40;
  return {
    family: family === FAMILIES.ipv6 ? "ipv6" : "ipv4",
    table,
    chain,
    type: TYPES[type] ?? "rule",
    rule: { place: Number(number) - 1 },
    verdict: null,
    id: null,
    hook,
    headers: { network: payload.subarray(0, headerLength), transport: payload.subarray(headerLength) }
  };
}

// dist/kernel/nft-trace.js
var NFNLGRP_NFTRACE = 9;
var NFT_MSG_TRACE = NFNL_SUBSYS_NFTABLES << 8 | 17;
var NFTA_TRACE_TABLE = 1;
var NFTA_TRACE_CHAIN = 2;
var NFTA_TRACE_RULE_HANDLE = 3;
var NFTA_TRACE_TYPE = 4;
var NFTA_TRACE_VERDICT = 5;
var NFTA_TRACE_ID = 6;
var NFTA_TRACE_NETWORK_HEADER = 8;
var NFTA_TRACE_TRANSPORT_HEADER = 9;
var NFTA_TRACE_NFPROTO = 15;
var NFTA_TRACE_POLICY = 16;
var NFTA_VERDICT_CODE = 1;
var TYPES2 = { 1: "policy", 2: "return", 3: "rule" };
var VERDICTS = {
  0: "drop",
  1: "accept",
  [-1]: "continue",
  [-2]: "break",
  [-3]: "jump",
  [-4]: "goto",
  [-5]: "return"
};
var FAMILIES2 = { 2: "ipv4", 10: "ipv6" };
var NftTraceSocket = class {
  #socket = new NetlinkSocket();
  constructor(bufferBytes) {
    this.#socket.enlargeBuffer(bufferBytes);
    this.#socket.joinGroup(NFNLGRP_NFTRACE);
  }
  drain() {
    const { messages, lost } = this.#socket.drain(NFT_MSG_TRACE);
    return { events: messages.map(({ attributes }) => decodeTrace(parseAttributes(attributes))), lost };
  }
  close() {
    this.#socket.close();
  }
};
function decodeTrace(attributes) {
  const network = attributes.get(NFTA_TRACE_NETWORK_HEADER);
  const verdict = attributes.get(NFTA_TRACE_VERDICT);
  const code = verdict === void 0 ? void 0 : parseAttributes(verdict).get(NFTA_VERDICT_CODE);
  const policy = attributes.get(NFTA_TRACE_POLICY);
  const handle = attributes.get(NFTA_TRACE_RULE_HANDLE);
  return {
    family: FAMILIES2[attributes.get(NFTA_TRACE_NFPROTO)?.readUInt32BE(0) ?? 0] ?? "ipv4",
    table: readText(attributes, NFTA_TRACE_TABLE),
    chain: readText(attributes, NFTA_TRACE_CHAIN),
    type: TYPES2[attributes.get(NFTA_TRACE_TYPE)?.readUInt32BE(0) ?? 0] ?? "rule",
    rule: handle === void 0 ? null : { handle: handle.readBigUInt64BE(0).toString() },
    verdict: policy === void 0 ? VERDICTS[code?.readInt32BE(0) ?? -1] ?? "continue" : policy.readUInt32BE(0) === 0 ? "drop" : "accept",
    id: attributes.get(NFTA_TRACE_ID)?.readUInt32BE(0) ?? 0,
    hook: null,
    headers: network === void 0 ? null : { network, transport: attributes.get(NFTA_TRACE_TRANSPORT_HEADER) ?? new Uint8Array() }
  };
}

// dist/kernel/open-trace.js
var BUFFER_BYTES = 1 << 25;
var READERS = { nft: NftTraceSocket, legacy: NflogTraceSocket };
function openTrace(backend) {
  return new READERS[backend](BUFFER_BYTES);
}

// dist/world/read-iptables-version.js
async function readIptablesVersion(backend, commands) {
  const said = await commands.run(IPTABLES_COMMANDS[backend].ipv4.restore, ["--version"]);
  return /v\d.*$/m.exec(said)?.[0] ?? null;
}

// dist/kernel/write-sysctls.js
import { writeFileSync } from "node:fs";
function writeSysctls(settings) {
  for (const [name, value] of Object.entries(settings)) {
    writeSysctl(name, value);
  }
}
function writeSysctl(name, value) {
  try {
    writeFileSync(getPath(name), value);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
    if (code === "EROFS") {
      throw new EnvironmentError(`sysctl ${name} cannot be set, for /proc/sys is read-only: in a container, docker run --privileged or --security-opt systempaths=unconfined`);
    }
    const reason = code === "ENOENT" ? "this kernel has no such setting in a network namespace" : code;
    throw new InternalError(`sysctl ${name} cannot be set to ${value}: ${reason}`);
  }
}
function getPath(name) {
  const [, before, device, key] = /^(net\.ipv[46]\.(?:conf|neigh))\.(.+)\.([a-z_]+)$/.exec(name) ?? [];
  const parts = device === void 0 ? name.split(".") : [...(before ?? "").split("."), device, key];
  return `/proc/sys/${parts.join("/")}`;
}

// dist/world/make-network.js
import { closeSync as closeSync2 } from "node:fs";

// dist/kernel/interface-request.js
var AF_INET = 2;
var SOCK_DGRAM_CLOEXEC = 2 | 524288;
var IFREQ_SIZE = 40;
var IFNAMSIZ = 16;
function requestOfInterface(name, work) {
  const socket = call("socket", AF_INET, SOCK_DGRAM_CLOEXEC, 0);
  try {
    const ifreq = Buffer.alloc(IFREQ_SIZE);
    ifreq.write(name, 0, IFNAMSIZ - 1, "latin1");
    return work((request2) => call("ioctl", socket, request2, ifreq), ifreq);
  } finally {
    call("close", socket);
  }
}

// dist/kernel/get-interface-index.js
var SIOCGIFINDEX = 35123;
function getInterfaceIndex(name) {
  return requestOfInterface(name, (send2, ifreq) => {
    send2(SIOCGIFINDEX);
    return ifreq.readInt32LE(IFNAMSIZ);
  });
}

// dist/kernel/add-address.js
var RTM_NEWADDR = 20;
var IFA_ADDRESS = 1;
var IFA_LOCAL = 2;
var IFA_LABEL = 3;
var IFA_FLAGS = 8;
var RT_SCOPE_UNIVERSE = 0;
var RT_SCOPE_HOST = 254;
var IFA_F_NODAD = 2;
function addAddress({ address, interface: name, label }, socket) {
  const { family, bytes, length } = parsePrefix(address);
  const header = Buffer.alloc(8);
  header.writeUInt8(ADDRESS_FAMILIES[family], 0);
  header.writeUInt8(length, 1);
  header.writeUInt8(family === "ipv4" && bytes[0] === 127 ? RT_SCOPE_HOST : RT_SCOPE_UNIVERSE, 3);
  header.writeUInt32LE(getInterfaceIndex(name), 4);
  socket.add(RTM_NEWADDR, header, [
    [IFA_LOCAL, bytes],
    [IFA_ADDRESS, bytes],
    ...label === null ? [] : [[IFA_LABEL, Buffer.from(`${label}\0`, "latin1")]],
    ...family === "ipv6" ? [[IFA_FLAGS, makeInt(IFA_F_NODAD)]] : []
  ]);
}

// dist/kernel/add-route.js
var RTM_NEWROUTE = 24;
var RTA_DST = 1;
var RTA_OIF = 4;
var RTA_GATEWAY = 5;
var RTA_PRIORITY = 6;
var RTA_PREFSRC = 7;
var RTNH_F_ONLINK = 4;
var RTPROT_BOOT = 3;
var TABLES = { main: 254, local: 255 };
var SCOPES = { universe: 0, link: 253, host: 254 };
var TYPES3 = { unicast: 1, local: 2, blackhole: 6, unreachable: 7, prohibit: 8 };
function addRoute(route, socket) {
  const { family, bytes, length } = parsePrefix(route.prefix);
  const header = Buffer.alloc(12);
  header.writeUInt8(ADDRESS_FAMILIES[family], 0);
  header.writeUInt8(length, 1);
  header.writeUInt8(route.type === "local" ? TABLES.local : TABLES.main, 4);
  header.writeUInt8(RTPROT_BOOT, 5);
  header.writeUInt8(SCOPES[getScope(route)], 6);
  header.writeUInt8(TYPES3[route.type], 7);
  header.writeUInt32LE(route.onlink ? RTNH_F_ONLINK : 0, 8);
  const attributes = length === 0 ? [] : [[RTA_DST, bytes]];
  if (route.device !== null) {
    attributes.push([RTA_OIF, makeInt(getInterfaceIndex(route.device))]);
  }
  if (route.via !== null) {
    attributes.push([RTA_GATEWAY, parsePrefix(route.via).bytes]);
  }
  if (route.source !== null) {
    attributes.push([RTA_PREFSRC, parsePrefix(route.source).bytes]);
  }
  if (route.metric !== null) {
    attributes.push([RTA_PRIORITY, makeInt(route.metric | 0)]);
  }
  socket.add(RTM_NEWROUTE, header, attributes);
}
function getScope({ family, type, via }) {
  if (family === "ipv4" && type === "local") {
    return "host";
  }
  return family === "ipv4" && type === "unicast" && via === null ? "link" : "universe";
}

// dist/kernel/interface-flags.js
var SIOCGIFFLAGS = 35091;
var SIOCSIFFLAGS = 35092;
var IFF_UP = 1;
var IFF_RUNNING = 64;
function bringUp(interfaceName) {
  changeFlags(interfaceName, (flags) => flags | IFF_UP);
}
function takeDown(interfaceName) {
  changeFlags(interfaceName, (flags) => flags & ~IFF_UP);
}
function changeFlags(interfaceName, change) {
  requestOfInterface(interfaceName, (send2, ifreq) => {
    send2(SIOCGIFFLAGS);
    ifreq.writeUInt16LE(change(ifreq.readUInt16LE(IFNAMSIZ)), IFNAMSIZ);
    send2(SIOCSIFFLAGS);
  });
}
function isRunning(interfaceName) {
  return requestOfInterface(interfaceName, (send2, ifreq) => {
    send2(SIOCGIFFLAGS);
    return (ifreq.readUInt16LE(IFNAMSIZ) & IFF_RUNNING) !== 0;
  });
}

// dist/world/add-interface.js
import { isIPv6 as isIPv62 } from "node:net";

// dist/kernel/add-neighbour.js
var RTM_NEWNEIGH2 = 28;
var NDA_DST2 = 1;
var NDA_LLADDR = 2;
var NDMSG_SIZE2 = 12;
var NUD_PERMANENT = 128;
function addNeighbour(prefix, device, mac, socket) {
  const { family, bytes } = parsePrefix(prefix);
  const header = Buffer.alloc(NDMSG_SIZE2);
  header.writeUInt8(ADDRESS_FAMILIES[family], 0);
  header.writeInt32LE(getInterfaceIndex(device), 4);
  header.writeUInt16LE(NUD_PERMANENT, 8);
  socket.add(RTM_NEWNEIGH2, header, [
    [NDA_DST2, bytes],
    [NDA_LLADDR, parseMac(mac)]
  ]);
}

// dist/world/apply-settings.js
function applySettings(settings) {
  const isThere = ([name]) => !name.startsWith("net.ipv6.") || hasIPv6();
  writeSysctls(Object.fromEntries(Object.entries(settings).filter(isThere)));
}

// dist/world/settings.js
import { isIPv6 } from "node:net";
var NO_RATE_LIMITS = {
  "net.ipv4.icmp_ratemask": "0",
  "net.ipv4.icmp_ratelimit": "0",
  "net.ipv6.icmp.ratelimit": "0"
};
var NOT_THE_HOSTS = Object.fromEntries(["accept_local", "arp_ignore", "route_localnet", "rp_filter", "src_valid_mark"].flatMap((key) => ["all", "default"].map((device) => [`net.ipv4.conf.${device}.${key}`, "0"])));
var QUIET = {
  "net.ipv6.conf.default.disable_ipv6": "1",
  "net.ipv6.conf.default.accept_ra": "0",
  // 1: no link-local address of the kernel's own
  "net.ipv6.conf.default.addr_gen_mode": "1",
  // Groups are reported at once, and then again after a part of eleven days.
  "net.ipv6.conf.default.force_mld_version": "1",
  "net.ipv6.conf.default.mldv1_unsolicited_report_interval": "1000000000"
};
var REACHABLE_MS = "86400000";
function getWorldSettings({ interfaces, loopback }) {
  const forwarding = interfaces.length > 1 ? "1" : "0";
  return {
    // 127.0.0.0/8 and ::1 are nobody's while lo is down. Clients can bind them all the same, and see what one sees who binds nothing.
    ...loopback === "down" ? { "net.ipv4.ip_nonlocal_bind": "1", "net.ipv6.ip_nonlocal_bind": "1" } : {},
    ...interfaces.length === 0 ? {} : { ...NO_RATE_LIMITS, "net.ipv4.ip_forward": forwarding, "net.ipv6.conf.all.forwarding": forwarding, ...NOT_THE_HOSTS, ...QUIET }
  };
}
var OUTSIDE_SETTINGS = { ...NO_RATE_LIMITS, "net.ipv4.ip_forward": "0", ...NOT_THE_HOSTS, ...QUIET };
function getLinkSettings(name, addresses) {
  const hasIPv62 = addresses.some((address) => isIPv6(address.split("/")[0] ?? ""));
  return {
    [`net.ipv4.neigh.${name}.base_reachable_time_ms`]: REACHABLE_MS,
    ...hasIPv62 ? { [`net.ipv6.conf.${name}.disable_ipv6`]: "0", [`net.ipv6.neigh.${name}.base_reachable_time_ms`]: REACHABLE_MS } : {}
  };
}

// dist/world/add-interface.js
var PEER = "world";
var MACS = { world: "02:00:00:00:00:01", outside: "02:00:00:00:00:02" };
var LINK_LOCAL = { world: "fe80::1/64", outside: "fe80::2/64" };
function addInterface({ name, addresses, outside }, world, callersNamespace) {
  const others = outside.map(toPrefix);
  const namespace = within(world, () => makeOutside(callersNamespace));
  withRoutes((socket) => addVeth({ name, mac: MACS.world }, { name: PEER, mac: MACS.outside, namespace }, socket));
  const hasIPv62 = addresses.some(isOfIPv6);
  setUp(name, [...addresses, ...hasIPv62 ? [LINK_LOCAL.world] : []]);
  within(world, () => {
    enterNetworkNamespace(namespace);
    setUp(PEER, [...others, ...hasIPv62 ? [LINK_LOCAL.outside] : []]);
    withRoutes((socket) => getFirstOfEachFamily(addresses).forEach((via) => addRoute(makeDefaultRoute(via), socket)));
    addNeighbours(addresses, PEER, MACS.world);
  });
  withRoutes((socket) => others.forEach((prefix) => addRoute(makeRoute(prefix, name), socket)));
  addNeighbours(others, name, MACS.outside);
  return namespace;
}
function within(world, work) {
  try {
    return work();
  } finally {
    enterNetworkNamespace(world);
  }
}
function withRoutes(work) {
  const socket = new RouteSocket();
  try {
    work(socket);
  } finally {
    socket.close();
  }
}
function makeOutside(callersNamespace) {
  enterNewNetworkNamespace();
  assertOutsideNetworkNamespace(callersNamespace);
  applySettings(OUTSIDE_SETTINGS);
  bringUp("lo");
  return openNetworkNamespace();
}
function setUp(name, addresses) {
  applySettings(getLinkSettings(name, addresses));
  withRoutes((socket) => addresses.forEach((address) => addAddress({ address, interface: name, label: null }, socket)));
  bringUp(name);
}
function addNeighbours(prefixes, device, mac) {
  withRoutes((socket) => prefixes.filter((prefix) => !isOfIPv6(prefix)).forEach((prefix) => addNeighbour(prefix, device, mac, socket)));
}
function makeRoute(prefix, device) {
  const family = isOfIPv6(prefix) ? "ipv6" : "ipv4";
  return { type: "unicast", family, prefix, via: null, device, source: null, metric: null, onlink: false, text: "" };
}
function makeDefaultRoute(via) {
  return { ...makeRoute(isOfIPv6(via) ? "::/0" : "0.0.0.0/0", PEER), via: via.split("/")[0] ?? via, onlink: true };
}
function getFirstOfEachFamily(addresses) {
  return [addresses.find((address) => !isOfIPv6(address)), addresses.find(isOfIPv6)].filter((address) => address !== void 0);
}
function isOfIPv6(prefix) {
  return isIPv62(prefix.split("/")[0] ?? "");
}
function toPrefix(address) {
  return isIPv62(address) ? `${address}/128` : `${address}/32`;
}

// dist/world/places.js
import { closeSync } from "node:fs";
import { setImmediate as nextTurn } from "node:timers/promises";
var Places = class {
  #world;
  #outsides;
  #last = Promise.resolve();
  /** @param world a descriptor of its network namespace, in which the calling thread is and stays; and those of the outsides, by the interface's name */
  constructor(world, outsides) {
    this.#world = world;
    this.#outsides = outsides;
  }
  /** Whether there is another place than the world itself. */
  get areMany() {
    return this.#outsides.size > 0;
  }
  /** Starts something at a place. Not to be called by what it starts. */
  run(place, start2) {
    if (!this.areMany) {
      return Promise.resolve(start2());
    }
    const result = this.#last.then(() => this.#runAt(this.#outsides.get(place ?? "") ?? this.#world, start2));
    this.#last = result.catch(() => {
    });
    return result;
  }
  /** Does something at every place. */
  async runEverywhere(work) {
    for (const place of [null, ...this.#outsides.keys()]) {
      await this.run(place, work);
    }
  }
  async #runAt(namespace, start2) {
    enterNetworkNamespace(namespace);
    try {
      const result = await start2();
      await nextTurn();
      return result;
    } finally {
      enterNetworkNamespace(this.#world);
    }
  }
  /** Lets go of the network namespaces: an outside ends with its last socket. */
  close() {
    [this.#world, ...this.#outsides.values()].forEach((namespace) => closeSync(namespace));
  }
};

// dist/world/wait-for-carrier.js
import { setTimeout as sleep2 } from "node:timers/promises";
var LIMIT_MS = 1e4;
async function waitForCarrier(names) {
  const started = performance.now();
  for (const name of names) {
    while (!isRunning(name)) {
      if (performance.now() - started > LIMIT_MS) {
        throw new InternalError(`interface ${name} was not ready after ${LIMIT_MS} ms`);
      }
      await sleep2(1);
    }
    bringUp(name);
  }
}

// dist/world/make-network.js
async function makeNetwork(spec, callersNamespace) {
  const names = spec.interfaces.map(({ name }) => name);
  const settings = Object.entries(spec.sysctl);
  const isOfInterface = ([name]) => names.some((own) => name.includes(`.conf.${own}.`));
  applySettings(getWorldSettings(spec));
  writeSysctls(Object.fromEntries(settings.filter((each) => !isOfInterface(each))));
  if (spec.loopback === "up") {
    bringUp("lo");
  }
  const world = openNetworkNamespace();
  const outsides = /* @__PURE__ */ new Map();
  try {
    for (const each of spec.interfaces) {
      outsides.set(each.name, attempt(`interface ${each.name}`, () => addInterface(each, world, callersNamespace)));
    }
    writeSysctls(Object.fromEntries(settings.filter(isOfInterface)));
    addAddressesAndRoutes(spec);
    await waitForCarrier(names);
    spec.interfaces.filter(({ link }) => link === "down").forEach(({ name }) => takeDown(name));
  } catch (error) {
    [world, ...outsides.values()].forEach((namespace) => closeSync2(namespace));
    throw error;
  }
  return new Places(world, outsides);
}
function addAddressesAndRoutes({ addresses, routes }) {
  if (addresses.length + routes.length === 0) {
    return;
  }
  const socket = new RouteSocket();
  try {
    for (const each of addresses) {
      attempt(`address ${each.address} of ${each.interface}`, () => addAddress(each, socket));
    }
    for (const route of routes) {
      attempt(`route "${route.text}"`, () => addRoute(route, socket));
    }
  } finally {
    socket.close();
  }
}
function attempt(what, work) {
  try {
    return work();
  } catch (error) {
    throw new InternalError(`${what} cannot be added: ${error instanceof Error ? error.message : String(error)}`);
  }
}

// dist/world/start-command-server.js
import { accessSync, constants } from "node:fs";

// dist/kernel/output-tail.js
var LIMIT = 1 << 16;
var OutputTail = class {
  #wanted;
  #bytes = Buffer.alloc(0);
  hasWanted = false;
  constructor(streams, wanted) {
    this.#wanted = wanted;
    for (const stream of streams) {
      stream.on("data", (chunk) => this.#add(chunk));
    }
  }
  #add(chunk) {
    const bytes = Buffer.concat([this.#bytes, chunk]);
    this.hasWanted ||= this.#wanted !== null && bytes.includes(this.#wanted);
    this.#bytes = bytes.subarray(-LIMIT);
  }
  /** The last of its lines that are not empty. */
  getLastLines(count) {
    return this.#bytes.toString().split(/\r?\n/).filter((line) => line.trim() !== "").slice(-count);
  }
};

// dist/kernel/port-table.js
import { closeSync as closeSync3, existsSync, openSync, readSync } from "node:fs";

// dist/kernel/is-port-held.js
var import_ipaddr2 = __toESM(require_ipaddr(), 1);
import { endianness } from "node:os";
var STATES = { tcp: "0A", udp: "07" };
function isPortHeld(table, protocol, address, port) {
  const places = listPlaces(address).map((place) => `${place}:${port.toString(16).toUpperCase().padStart(4, "0")}`);
  return table.split("\n").some((line) => {
    const [, local = "", , state] = line.trim().split(/\s+/);
    return state === STATES[protocol] && places.includes(local);
  });
}
function listPlaces(address) {
  const parsed = import_ipaddr2.default.parse(address);
  const addresses = parsed instanceof import_ipaddr2.default.IPv4 ? [parsed, import_ipaddr2.default.IPv4.parse("0.0.0.0"), parsed.toIPv4MappedAddress()] : [parsed];
  return [...addresses, import_ipaddr2.default.IPv6.parse("::")].map((each) => toHex(each.toByteArray()));
}
function toHex(bytes) {
  const words = Array.from({ length: bytes.length / 4 }, (_, place) => bytes.slice(place * 4, place * 4 + 4));
  return words.flatMap((word) => endianness() === "LE" ? word.toReversed() : word).map((byte) => byte.toString(16).toUpperCase().padStart(2, "0")).join("");
}

// dist/kernel/port-table.js
var CHUNK = 1 << 16;
var PortTable = class {
  #protocol;
  /** An open file stays with its namespace, whatever the thread enters later. */
  #descriptors;
  constructor(protocol) {
    this.#protocol = protocol;
    const paths = [protocol, `${protocol}6`].map((name) => `/proc/thread-self/net/${name}`);
    this.#descriptors = paths.filter((path) => existsSync(path)).map((path) => openSync(path, "r"));
  }
  /** Whether somebody listens there (tcp) or has bound it (udp), if need be on every address. */
  isHeld(address, port) {
    return this.#descriptors.some((descriptor) => isPortHeld(readAll(descriptor), this.#protocol, address, port));
  }
  close() {
    this.#descriptors.splice(0).forEach((descriptor) => closeSync3(descriptor));
  }
};
function readAll(descriptor) {
  const chunks = [];
  for (let position = 0; ; ) {
    const chunk = Buffer.alloc(CHUNK);
    const length = readSync(descriptor, chunk, 0, CHUNK, position);
    if (length === 0) {
      return Buffer.concat(chunks).toString("latin1");
    }
    chunks.push(chunk.subarray(0, length));
    position += length;
  }
}

// dist/world/command-server.js
import { setTimeout as sleep3 } from "node:timers/promises";
var READY_LIMIT_MS = 1e4;
var PAUSE_MS = 5;
var STOP_GRACE_MS = 1e3;
var END_LAG_MS = 1e3;
var LAST_WORDS_MS = 50;
var LINES = 20;
var REFUSAL = /^setpriv: failed to execute (.*): ([^:]*)$/;
var CommandServer = class {
  #server;
  #command;
  #running;
  #output;
  #ports;
  #wasHeld = false;
  constructor(server, command, running, output, ports) {
    this.#server = server;
    this.#command = command;
    this.#running = running;
    this.#output = output;
    this.#ports = ports;
  }
  /** @throws UsageError where it ends, or is not ready in time */
  async waitUntilReady() {
    const started = performance.now();
    while (!this.#isReady()) {
      if (this.#running.end !== null) {
        throw await this.#makeError(`ended before it was ready (${this.#running.end})`);
      }
      if (performance.now() - started > READY_LIMIT_MS) {
        throw await this.#makeError(`was not ready after ${READY_LIMIT_MS / 1e3} s: ${this.#describeWaiting()}`);
      }
      await sleep3(PAUSE_MS);
    }
    this.#wasHeld = this.#isPortHeld();
  }
  /**
   * To be asked when clients have seen something: what they see of a program that has died is no outcome.
   * @throws UsageError where it has ended
   */
  async assertRuns() {
    const isHeld = this.#isPortHeld();
    if (this.#wasHeld && !isHeld) {
      await Promise.race([this.#running.ended, sleep3(END_LAG_MS, void 0, { ref: false })]);
    }
    this.#wasHeld = isHeld;
    if (this.#running.end !== null) {
      throw await this.#makeError(`ended while probes ran (${this.#running.end}), so nothing that the clients saw is a verdict`);
    }
  }
  async stop() {
    this.#ports.close();
    await this.#running.stop(STOP_GRACE_MS);
  }
  #isReady() {
    return this.#command.ready === null ? this.#isPortHeld() : this.#output.hasWanted;
  }
  #isPortHeld() {
    return this.#ports.isHeld(this.#server.address, this.#server.port);
  }
  #describeWaiting() {
    const { protocol, address, port } = this.#server;
    return this.#command.ready === null ? `nothing ${protocol === "udp" ? "has bound" : "listens on"} ${address} port ${port}` : `its output did not say ${JSON.stringify(this.#command.ready)} (many programs keep what they print into a pipe to themselves: stdbuf -oL may help, or leave "ready" out)`;
  }
  async #makeError(what) {
    await sleep3(LAST_WORDS_MS);
    const name = `server ${JSON.stringify(this.#server.name)}`;
    const lines = this.#output.getLastLines(LINES);
    const refusal = REFUSAL.exec(lines.at(-1) ?? "");
    if (refusal !== null) {
      return new UsageError(`${name}: ${describeRefusal(refusal[1] ?? "", refusal[2] ?? "")}`);
    }
    const advice = this.#running.end === "exit code 0" ? "; it must stay in the foreground, and serve more than one client" : "";
    const said = lines.length === 0 ? "It printed nothing." : `Its output ends with:
${lines.join("\n")}`;
    return new UsageError(`${name}: ${this.#command.args[0]} ${what}${advice}. ${said}`);
  }
};
function describeRefusal(program, reason) {
  const isMissing = reason === "No such file or directory";
  const isSought = !program.includes("/");
  const where = isMissing ? "it is not in PATH" : "it is not in PATH, or closed to this user there";
  return `${program} cannot be run (${isSought ? where : reason})${isMissing ? "" : explainUser()}`;
}

// dist/world/start-command-server.js
var WITHOUT_PRIVILEGE = ["--no-new-privs", "--bounding-set", "-all", "--inh-caps", "-all", "--ambient-caps", "-all", "--"];
var ENVIRONMENT2 = { PATH: getCommandPath(), LC_ALL: "C", HOME: "/nonexistent", PYTHONUNBUFFERED: "1" };
async function startCommandServer(server, command, commands) {
  assertOpen(command.folder, server);
  const ports = new PortTable(server.protocol === "udp" ? "udp" : "tcp");
  const options2 = { cwd: command.folder, env: ENVIRONMENT2 };
  const running = await commands.start(findCommand("setpriv"), [...WITHOUT_PRIVILEGE, ...command.args], options2);
  const started = new CommandServer(server, command, running, new OutputTail([running.stdout, running.stderr], command.ready), ports);
  try {
    await started.waitUntilReady();
    return started;
  } catch (error) {
    await started.stop();
    throw error;
  }
}
function assertOpen(folder, { name }) {
  try {
    accessSync(folder, constants.X_OK);
  } catch (error) {
    const { code = "" } = error;
    throw new EnvironmentError(`server ${JSON.stringify(name)} cannot start in the folder ${folder} (${code})${explainUser()}`);
  }
}

// dist/world/start-server.js
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { createServer as createHttpServer } from "node:http";
import { createServer } from "node:net";
var BACKLOG = 4096;
var SERVERS = {
  tcp: startTcpServer,
  udp: startUdpServer,
  http: startHttpServer
};
function startServer(server, port) {
  return SERVERS[server.protocol](server, port);
}
async function startTcpServer(server, port) {
  const listener = createServer((connection) => {
    if (server.banner !== null) {
      connection.write(server.banner);
    }
    connection.pipe(connection);
  });
  return listen(listener, server.address, port);
}
async function startHttpServer(server, port) {
  const listener = createHttpServer((request2, response) => {
    if (request2.method === "POST") {
      request2.pipe(response);
    } else {
      response.end(server.banner ?? "loopfw\n");
    }
  });
  return listen(listener, server.address, port);
}
async function startUdpServer({ address, banner }, port) {
  const socket = address.includes(":") ? createSocket({ type: "udp6", ipv6Only: true }) : createSocket("udp4");
  socket.on("message", (message, { address: client, port: clientPort }) => socket.send(banner ?? message, clientPort, client));
  socket.bind({ address, port, exclusive: true });
  await once(socket, "listening");
  socket.on("error", () => {
  });
  return {
    async stop() {
      socket.close();
      await once(socket, "close");
    }
  };
}
async function listen(listener, address, port) {
  const connections = /* @__PURE__ */ new Set();
  listener.on("connection", (connection) => {
    connections.add(connection);
    connection.on("close", () => connections.delete(connection));
    connection.on("error", () => connection.destroy());
  });
  listener.listen({ host: address, port, backlog: BACKLOG, ipv6Only: true });
  await once(listener, "listening");
  return {
    async stop() {
      for (const connection of connections) {
        connection.destroy();
      }
      listener.close();
      await once(listener, "close");
    }
  };
}

// dist/world/open-world.js
var FIRST_UNPRIVILEGED_PORT = 1024;
var LO_ALONE = { loopback: "up", interfaces: [], addresses: [], routes: [], sysctl: {} };
async function openWorld(spec, servers, callersNamespace, commands) {
  enterNewNetworkNamespace();
  assertOutsideNetworkNamespace(callersNamespace);
  const places = await makeNetwork(spec ?? LO_ALONE, callersNamespace);
  const running = [];
  const world = { places, assertServersRun: () => assertAllRun(running), takeDown: () => stopAll(running) };
  try {
    for (const { port, server } of servers.flatMap(listStarts)) {
      running.push(await places.run(server.via, () => start(server, port, commands)));
    }
  } catch (error) {
    await world.takeDown();
    places.close();
    throw error;
  }
  return world;
}
function listStarts(server) {
  const count = server.command === null ? server.lastPort - server.port + 1 : 1;
  return Array.from({ length: count }, (_, place) => ({ port: server.port + place, server }));
}
function start(server, port, commands) {
  const { command } = server;
  if (command === null) {
    return startListening(server, port);
  }
  if (port < FIRST_UNPRIVILEGED_PORT) {
    writeSysctls({ "net.ipv4.ip_unprivileged_port_start": "0" });
  }
  return startCommandServer(server, command, commands);
}
async function startListening(server, port) {
  try {
    return await startServer(server, port);
  } catch (error) {
    throw new InternalError(`server ${server.name} cannot listen on ${server.address}:${port}: ${String(error)}`);
  }
}
async function assertAllRun(running) {
  for (const server of running) {
    await server.assertRuns?.();
  }
}
async function stopAll(running) {
  const failures = [];
  for (const server of running.splice(0).reverse()) {
    try {
      await server.stop();
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) {
    throw new InternalError(`the world could not be taken down: ${failures.map(String).join("; ")}`);
  }
}

// dist/trace/hooks.js
var BUILT_IN = {
  OUTPUT: "output",
  POSTROUTING: "postrouting",
  PREROUTING: "prerouting",
  INPUT: "input",
  FORWARD: "forward"
};
var ORDER = { output: 0, postrouting: 1, prerouting: 2, input: 3, forward: 3 };
var POSTROUTING_OF_FORWARDED = 4;
var MOST_CHAINS = 1024;
var TABLES2 = ["raw", "mangle", "nat", "filter"];
var TABLES_AT_INPUT = ["raw", "mangle", "filter", "nat"];
function getStation(table, chain) {
  const hook = BUILT_IN[chain];
  return hook === void 0 ? null : getStationAt(hook, table);
}
function getStationAt(hook, table) {
  return { hook, order: (hook === "input" ? TABLES_AT_INPUT : TABLES2).indexOf(table) };
}
function getRank({ hook, order }, reached) {
  const isForwarded = hook === "postrouting" && reached >= ORDER.prerouting * MOST_CHAINS;
  return (isForwarded ? POSTROUTING_OF_FORWARDED : ORDER[hook]) * MOST_CHAINS + order;
}

// dist/trace/know-iptables.js
function knowIptables(firewalls, handles) {
  const names = /* @__PURE__ */ new Map();
  for (const { family, table, chain, handle } of handles) {
    const key = `${family} ${table} ${chain}`;
    const own = names.get(key) ?? [];
    own.push(handle);
    names.set(key, own);
  }
  return firewalls.flatMap(({ chains }) => chains).map((chain) => knowChain(chain, names.get(`${chain.family} ${chain.table} ${chain.name}`) ?? []));
}
function knowChain({ family, table, name, policy, lines }, handles) {
  return {
    kind: "iptables",
    families: [family],
    ...{ table, name },
    isOwn: false,
    station: getStation(table, name),
    policy: policy && { verdict: policy.verdict === "DROP" ? "drop" : "accept", entry: policy.entry },
    rules: lines.map(({ entry, text, rule: { target } }, place) => ({
      ...{ entry, text, target },
      handle: handles[place] ?? null,
      rejects: target?.name === "REJECT"
    }))
  };
}

// dist/trace/know-nft.js
var FAMILIES3 = { ip: ["ipv4"], ip6: ["ipv6"], inet: ["ipv4", "ipv6"] };
var NAT_PRIORITIES = { prerouting: -100, output: -100, input: 100, postrouting: 100, forward: 0 };
function knowNft({ chains }, ownTable) {
  return chains.map(({ family, table, name, base, rules }) => ({
    kind: "nft",
    families: FAMILIES3[family],
    ...{ table, name },
    isOwn: table === ownTable,
    station: base && { hook: base.hook, order: getOrder(base, chains) },
    policy: base && { verdict: base.policy, entry: null },
    rules: rules.map(({ handle, index, text, rejects }) => ({ handle, entry: index, text, rejects, target: null }))
  }));
}
function getOrder(base, chains) {
  return chains.filter((other) => other.base?.hook === base.hook && isBefore(other.base, base)).length;
}
function isBefore(one, other) {
  const [first, second] = [getAskedAt(one), getAskedAt(other)];
  return first === second && one.type === "nat" && other.type === "nat" ? one.priority < other.priority : first < second;
}
function getAskedAt({ type, hook, priority }) {
  return type === "nat" ? NAT_PRIORITIES[hook] : priority;
}

// dist/trace/read-nft-counter.js
var COUNTS = /"[^"]*"|[ \t](?:packets \d+ bytes \d+|used (?:never|\d+ ?\w+)|expires \w+)/g;
var UNCONDITIONAL = [
  "accept|drop|return|continue|notrack",
  String.raw`(?:jump|goto) \S+`,
  String.raw`reject(?: with (?:tcp reset|icmp(?:x|v6)?(?: type)? \S+))?`,
  String.raw`log(?: (?:prefix ""|(?:level|group|snaplen|queue-threshold) \w+|flags (?:all|skuid|ether|ip options|tcp \S+)))*`,
  String.raw`(?:(?:[sd]nat|masquerade|redirect)(?: ip6?)?(?: to [^\s@]+)?(?: (?:random|fully-random|persistent)(?:,\S+)*)?)`,
  'comment ""'
];
var REST = new RegExp(`^(?: (?:${UNCONDITIONAL.join("|")}))*$`);
function withoutCounts(text) {
  return text.replaceAll(COUNTS, (found) => found.startsWith('"') ? found : "");
}
function readNftCounter(rule) {
  const bare = rule.replaceAll(/"[^"]*"/g, '""');
  const found = [...bare.matchAll(/\bcounter packets (\d+) bytes (\d+)/g)].at(-1);
  return found === void 0 ? null : { packets: Number(found[1]), bytes: Number(found[2]), isLast: REST.test(bare.slice(found.index + found[0].length)) };
}

// dist/trace/parse-nft-listing.js
var TABLE = /^table (ip6?|inet) (\S+) \{/;
var CHAIN = /^\tchain (\S+) \{/;
var BASE = /^\t\ttype (\w+) hook (\w+) priority (-?\d+); policy (accept|drop);/;
var RULE = /^\t\t(.*) # handle (\d+)$/s;
function parseNftListing(text, ownTable) {
  const chains = [];
  const lasting = [];
  let table = null;
  let chain = null;
  let count = 0;
  let object = [];
  for (const line of text.match(/(?:"[^"]*"|[^"\n])+/g) ?? []) {
    object.push(withoutCounts(line));
    const [opened, name] = [TABLE.exec(line), CHAIN.exec(line)?.[1]];
    if (opened?.[1] !== void 0 && opened[2] !== void 0) {
      table = { family: opened[1], table: opened[2] };
    } else if (name !== void 0 && table !== null) {
      chain = { ...table, name, base: null, rules: [] };
      chains.push(chain);
    } else if (chain !== null) {
      chain.base ??= readBase(line);
      const rule = readRule(line);
      if (rule !== null) {
        chain.rules.push({ ...rule, index: chain.table === ownTable ? null : count++ });
      }
    }
    if (line.trim() === "}") {
      chain = null;
      lasting.push(...isChangedByPackets(object) ? withoutElements(object) : object);
      object = [];
    }
  }
  return { chains, lasting: lasting.join("\n") };
}
function readBase(line) {
  const [, type, hook, priority, policy] = BASE.exec(line) ?? [];
  return type === void 0 ? null : { type, hook, priority: Number(priority), policy };
}
function readRule(line) {
  const [, listed, handle] = RULE.exec(line) ?? [];
  if (listed === void 0 || handle === void 0) {
    return null;
  }
  return {
    handle,
    text: withoutCounts(listed),
    comment: /(?:^| )comment "([^"]*)"$/.exec(listed)?.[1] ?? null,
    rejects: /(?:^| )reject(?: |$)/.test(listed.replaceAll(/"[^"]*"/g, '""')),
    counter: readNftCounter(listed)
  };
}
function isChangedByPackets(object) {
  return object.some((line) => /^\t\tflags .*\b(?:dynamic|timeout)\b/.test(line));
}
function withoutElements(object) {
  const start2 = object.findIndex((line) => line.startsWith("		elements = "));
  return start2 === -1 ? object : [...object.slice(0, start2), "	}"];
}

// dist/kernel/list-rules.js
var NLM_F_REQUEST2 = 1;
var NLM_F_DUMP = 768;
var NLMSG_ERROR3 = 2;
var NLMSG_DONE = 3;
var NFT_MSG_NEWRULE = NFNL_SUBSYS_NFTABLES << 8 | 6;
var NFT_MSG_GETRULE = NFNL_SUBSYS_NFTABLES << 8 | 7;
var NFTA_RULE_TABLE = 1;
var NFTA_RULE_CHAIN = 2;
var NFTA_RULE_HANDLE = 3;
var NFTA_RULE_EXPRESSIONS = 4;
var NFTA_EXPR_NAME = 1;
var NFTA_EXPR_DATA = 2;
var NFTA_COUNTER_BYTES = 1;
var NFTA_COUNTER_PACKETS = 2;
var NFPROTO = { ipv4: 2, ipv6: 10 };
function listRules(family) {
  const socket = new NetlinkSocket();
  try {
    socket.send(makeRequest(NFT_MSG_GETRULE, NLM_F_REQUEST2 | NLM_F_DUMP, NFPROTO[family]));
    const rules = [];
    for (; ; ) {
      const received = socket.receive();
      if (received === "empty" || received === "overrun") {
        throw new InternalError(`the kernel's list of rules ended early (${received})`);
      }
      for (const message of received) {
        if (message.type === NLMSG_DONE) {
          return rules;
        }
        if (message.type === NLMSG_ERROR3) {
          throw new InternalError("the kernel refused to list its rules");
        }
        if (message.type === NFT_MSG_NEWRULE) {
          const attributes = parseAttributes(message.attributes);
          rules.push({
            family,
            table: readText(attributes, NFTA_RULE_TABLE),
            chain: readText(attributes, NFTA_RULE_CHAIN),
            handle: attributes.get(NFTA_RULE_HANDLE)?.readBigUInt64BE(0).toString() ?? "",
            ...readCounter(attributes)
          });
        }
      }
    }
  } finally {
    socket.close();
  }
}
function readCounter(rule) {
  const counter = listNested(rule.get(NFTA_RULE_EXPRESSIONS)).map(parseAttributes).find((expression) => readText(expression, NFTA_EXPR_NAME) === "counter")?.get(NFTA_EXPR_DATA);
  const values = parseAttributes(counter ?? Buffer.alloc(0));
  const read = (type) => Number(values.get(type)?.readBigUInt64BE(0) ?? 0);
  return { packets: read(NFTA_COUNTER_PACKETS), bytes: read(NFTA_COUNTER_BYTES) };
}

// dist/world/split-restore.js
function splitRestore(restore, size) {
  const [tables, lines] = readSections(restore);
  const isHeader = ({ line }) => line.startsWith(":");
  const ordered = [...lines.filter(isHeader), ...lines.filter((section) => !isHeader(section))];
  const chunks = Array.from({ length: Math.ceil(ordered.length / size) }, (_, place) => ordered.slice(place * size, (place + 1) * size));
  return chunks.map((chunk, place) => tables.map((table) => printSection(table, chunk, place === 0)).join(""));
}
function readSections(restore) {
  const tables = [];
  const lines = [];
  for (const line of restore.split("\n")) {
    if (line.startsWith("*")) {
      tables.push(line);
    } else if (line !== "" && line !== "COMMIT") {
      lines.push({ table: tables.at(-1) ?? "", line });
    }
  }
  return [tables, lines];
}
function printSection(table, chunk, isFirst) {
  const own = chunk.filter((section) => section.table === table).map(({ line }) => line);
  return own.length === 0 && !isFirst ? "" : [table, ...own, "COMMIT", ""].join("\n");
}

// dist/world/run-restore.js
var FIRST_SIZE = 500;
var TOO_LONG = "Message too long";
async function runRestore(command, restore, commands) {
  if (await fits(() => commands.run(command, [], restore))) {
    return;
  }
  for (let size = FIRST_SIZE; ; size = Math.floor(size / 2)) {
    const isLast = size === 1;
    if (await fits(() => runChunks(command, splitRestore(restore, size), commands), isLast)) {
      return;
    }
  }
}
async function runChunks(command, chunks, commands) {
  for (const [place, chunk] of chunks.entries()) {
    await commands.run(command, place === 0 ? [] : ["--noflush"], chunk);
  }
}
async function fits(run, isLast = false) {
  try {
    await run();
    return true;
  } catch (error) {
    if (isLast || !(error instanceof CommandError) || !error.message.includes(TOO_LONG)) {
      throw error;
    }
    return false;
  }
}

// dist/world/apply-firewall.js
async function applyFirewall(firewall, commands) {
  const { backend, family, restore, chains } = firewall;
  await runRestore(IPTABLES_COMMANDS[backend][family].restore, restore, commands);
  if (backend === "legacy") {
    return [];
  }
  const held = listRules(family);
  const found = countByChain(held);
  for (const { table, name, lines } of chains) {
    const count = found.get(`${table} ${name}`) ?? 0;
    if (count !== lines.length) {
      throw new InternalError(`chain ${name} of table ${table} should hold ${lines.length} rules, and the kernel holds ${count}`);
    }
  }
  return held;
}
function countByChain(held) {
  const counts = /* @__PURE__ */ new Map();
  for (const { table, chain } of held) {
    const key = `${table} ${chain}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

// dist/world/apply-nft.js
var FLUSH = "flush ruleset; ";
async function applyNft({ file, text, trace }, commands) {
  try {
    await commands.run("nft", ["-f", "-"], `${FLUSH}${text}
${trace.text}`);
  } catch (error) {
    throw error instanceof CommandError ? explain(error, file) : error;
  }
}
function listNft(commands) {
  return commands.run("nft", ["-a", "-y", "list", "ruleset"]);
}
var GAP = "table inet loopfw_gap";
async function replaceNft(commands, apply) {
  const chains = ["prerouting", "output"].map((hook) => `chain ${hook} { type filter hook ${hook} priority -2147483648; policy drop; }`);
  await commands.run("nft", ["-f", "-"], `flush ruleset
${GAP} {
${chains.join("\n")}
}
`);
  const applied = await apply();
  await commands.run("nft", ["-f", "-"], `delete ${GAP}
`);
  return applied;
}
function explain(error, file) {
  if (error.message.includes("Message too long")) {
    return new EnvironmentError(`${file} is too large for an ordinary user to hand to the kernel at once: run loopfw as root`);
  }
  const problems = listProblems(error.message, file);
  return problems.length === 0 ? error : new UsageError(problems.join("; "));
}
function listProblems(message, file) {
  return [...message.matchAll(/^(?:.*: )?\/dev\/stdin:(\d+):(\d+)(?:-\d+)?: Error: (.*)$/gm)].map(([, line, column, problem]) => {
    const shift = line === "1" ? FLUSH.length : 0;
    return `${file}:${line}:${Number(column) - shift}: nft refuses this: ${problem}`;
  });
}

// dist/world/read-back.js
async function readBack(firewall, applied, commands) {
  if (firewall.backend === "nft" && firewall.isPlain) {
    const rules = listRules(firewall.family);
    if (rules.length === applied.length && rules.every(({ handle }, place) => handle === applied[place]?.handle)) {
      return { rules };
    }
  }
  return { text: await save(firewall, commands) };
}
async function save({ backend, family, chains }, commands) {
  const { save: save2 } = IPTABLES_COMMANDS[backend][family];
  if (backend === "nft") {
    return commands.run(save2, ["-c"]);
  }
  const tables = [...new Set(chains.map((chain) => chain.table))];
  return (await Promise.all(tables.map((table) => commands.run(save2, ["-c", "-t", table])))).join("");
}

// dist/session/apply-rule-set.js
function applyRuleSet(firewalls, before, commands) {
  const [first] = firewalls;
  return first?.kind === "nft" ? applyNative(first, commands) : applyIptables(firewalls.filter((firewall) => firewall.kind === "iptables"), before, commands);
}
async function applyNative(firewall, commands) {
  const { table } = firewall.trace;
  await applyNft(firewall, commands);
  const applied = parseNftListing(await listNft(commands), table);
  if (firewall.hasRules && !applied.chains.some((chain) => chain.rules.some(({ index }) => index !== null))) {
    throw new UsageError(`${firewall.file}: nft took this, but the kernel holds none of its rules: it flushes or deletes them itself`);
  }
  return {
    firewalls: [firewall],
    chains: knowNft(applied, table),
    readBack: async () => ({ found: [], native: { applied, found: parseNftListing(await listNft(commands), table) } })
  };
}
async function applyIptables(firewalls, before, commands) {
  const apply = () => Promise.all(firewalls.map((firewall) => applyFirewall(firewall, commands)));
  const isAfterNative = before?.firewalls.some(({ kind }) => kind === "nft") ?? false;
  const applied = await (isAfterNative ? replaceNft(commands, apply) : apply());
  return {
    firewalls,
    chains: knowIptables(firewalls, applied.flat()),
    readBack: async () => ({
      found: await Promise.all(firewalls.map((firewall, place) => readBack(firewall, applied[place] ?? [], commands))),
      native: null
    })
  };
}

// dist/trace/hit-counter.js
var HitCounter = class {
  #rules;
  #hits = /* @__PURE__ */ new Map();
  constructor(rules) {
    this.#rules = rules;
  }
  add(events) {
    for (const event of events) {
      const met = this.#find(event);
      if (met !== null) {
        const { table, name: chain } = met.chain;
        const key = `${event.family} ${table} ${chain} ${met.place}`;
        const hits = this.#hits.get(key) ?? { family: event.family, table, chain, place: met.place, packets: 0, packetsBefore: 0 };
        hits.packets++;
        this.#hits.set(key, hits);
      }
    }
  }
  /** Notes how far the counts are before the kernel's counters are read. */
  mark() {
    for (const hits of this.#hits.values()) {
      hits.packetsBefore = hits.packets;
    }
  }
  getHits() {
    return [...this.#hits.values()];
  }
  #find(event) {
    const indexed = this.#rules.getRule(event);
    if (indexed !== null) {
      return indexed;
    }
    const chain = event.type === "policy" ? this.#rules.getChain(event, event.chain) : null;
    return chain === null ? null : { chain, place: null };
  }
};

// dist/trace/parse-headers.js
var import_ipaddr3 = __toESM(require_ipaddr(), 1);

// dist/trace/icmp-names.js
var TYPES4 = {
  ipv4: {
    echoRequest: 8,
    echoReply: 0,
    unreachable: 3,
    names: {
      0: "net-unreachable",
      1: "host-unreachable",
      2: "proto-unreachable",
      3: "port-unreachable",
      9: "net-prohibited",
      10: "host-prohibited",
      13: "admin-prohibited"
    }
  },
  ipv6: {
    echoRequest: 128,
    echoReply: 129,
    unreachable: 1,
    names: { 0: "no-route", 1: "adm-prohibited", 3: "addr-unreachable", 4: "port-unreachable", 5: "policy-fail", 6: "reject-route" }
  }
};
var DISCOVERY = { 135: "solicitation", 136: "advertisement" };
function getIcmpKind(family, type) {
  const { echoRequest, echoReply } = TYPES4[family];
  if (type === echoRequest) {
    return "echo-request";
  }
  if (type === echoReply) {
    return "echo-reply";
  }
  if (family === "ipv6" && type in DISCOVERY) {
    return DISCOVERY[type] ?? "other";
  }
  return family === "ipv6" ? type < 128 ? "error" : "other" : [3, 4, 5, 11, 12].includes(type) ? "error" : "other";
}
function getIcmpName(family, type, code) {
  const { unreachable, names } = TYPES4[family];
  return type === unreachable ? names[code] ?? null : null;
}

// dist/trace/parse-headers.js
var TCP_FIN = 1;
var TCP_SYN = 2;
var TCP_RST = 4;
var TCP_ACK = 16;
var MORE_FRAGMENTS = 8192;
var FRAGMENT_OFFSET = 8191;
var TRANSPORT_BYTES = 20;
var PROTOCOLS = { 6: "tcp", 17: "udp", 1: "icmp", 58: "icmp" };
function parseHeaders(family, raw) {
  const network = toView(raw.network);
  const ip = family === "ipv4" ? parseIpv4(network) : parseIpv6(network);
  if (ip === null) {
    return null;
  }
  const isHeadless = ip.fragment !== null && !ip.fragment.isFirst;
  const transport = toView(isHeadless ? new Uint8Array() : raw.transport.subarray(0, TRANSPORT_BYTES));
  const protocol = PROTOCOLS[ip.protocol] ?? ip.protocol;
  const tcp = protocol === "tcp" && transport.byteLength >= 20 ? parseTcp(transport) : null;
  const icmp = protocol === "icmp" && transport.byteLength >= 8 ? parseIcmp(family, transport) : null;
  return {
    family,
    protocol,
    source: ip.source,
    destination: ip.destination,
    ...getPorts(protocol, icmp, transport),
    payloadLength: getPayloadLength(protocol, ip.length, transport),
    fingerprint: ip.fingerprint,
    tcp,
    icmp,
    // The transport header tells apart what the IP header cannot: the kernel sends SYN-ACK and RST with identification 0.
    key: `${ip.constant} ${toHex2(transport)}`,
    // NAT comes to no parts: connection tracking puts them together first.
    looseKey: isHeadless ? ip.constant : getLooseKey(ip, tcp, icmp, transport),
    fragment: ip.fragment
  };
}
function parseIpv4(view) {
  if (view.byteLength < 20) {
    return null;
  }
  return {
    protocol: view.getUint8(9),
    source: readAddress(view, 12, 4),
    destination: readAddress(view, 16, 4),
    length: view.getUint16(2) - (view.getUint8(0) & 15) * 4,
    fingerprint: getFingerprint("ipv4", view),
    constant: [slice(view, 0, 8), slice(view, 9, 10), slice(view, 12)].map(toHex2).join(""),
    identification: view.getUint16(4),
    fragment: getFragment(view)
  };
}
function getFragment(ip) {
  const place = ip.getUint16(6) & (MORE_FRAGMENTS | FRAGMENT_OFFSET);
  const whole = [slice(ip, 4, 6), slice(ip, 9, 10), slice(ip, 12, 20)].map(toHex2).join(" ");
  return place === 0 ? null : { whole, isFirst: (place & FRAGMENT_OFFSET) === 0 };
}
function parseIpv6(view) {
  if (view.byteLength < 40) {
    return null;
  }
  return {
    protocol: view.getUint8(6),
    source: readAddress(view, 8, 16),
    destination: readAddress(view, 24, 16),
    length: view.getUint16(4),
    fingerprint: getFingerprint("ipv6", view),
    constant: [slice(view, 0, 7), slice(view, 8)].map(toHex2).join(""),
    identification: view.getUint32(0) & 1048575,
    fragment: null
  };
}
function getFingerprint(family, ip) {
  return family === "ipv4" ? `${getLooseFingerprint(family, ip)}/${getSumOfConstant(ip)}` : getLooseFingerprint(family, ip);
}
function getLooseFingerprint(family, ip) {
  return family === "ipv4" ? [ip.getUint8(9), ip.getUint16(2), ip.getUint16(4)].join("/") : [ip.getUint8(6), ip.getUint16(4), ip.getUint32(0)].join("/");
}
function getSumOfConstant(ip) {
  const sum = ~ip.getUint16(10) & 65535;
  return (sum + 65535 - (ip.getUint8(8) << 8)) % 65535;
}
function getLooseKey({ protocol, length, identification }, tcp, icmp, transport) {
  return [protocol, length, identification, getLooseContent(tcp, icmp, transport)].join("/");
}
function getLooseContent(tcp, icmp, transport) {
  if (tcp !== null) {
    return String(Object.values(tcp));
  }
  return [icmp?.type, icmp?.code, icmp?.looseEmbedded ?? toHex2(slice(transport, 8))].join("/");
}
function parseTcp(view) {
  const flags = view.getUint8(13);
  return {
    sequence: view.getUint32(4),
    acknowledged: view.getUint32(8),
    syn: (flags & TCP_SYN) !== 0,
    ack: (flags & TCP_ACK) !== 0,
    rst: (flags & TCP_RST) !== 0,
    fin: (flags & TCP_FIN) !== 0
  };
}
function parseIcmp(family, view) {
  const [type, code] = [view.getUint8(0), view.getUint8(1)];
  const kind = getIcmpKind(family, type);
  const embedded = kind === "error" && view.byteLength >= 20 ? new DataView(view.buffer, view.byteOffset + 8, 12) : null;
  return {
    ...{ kind, type, code },
    name: getIcmpName(family, type, code),
    embedded: embedded && getFingerprint(family, embedded),
    looseEmbedded: embedded && getLooseFingerprint(family, embedded)
  };
}
function getPorts(protocol, icmp, view) {
  if ((protocol === "tcp" || protocol === "udp") && view.byteLength >= 4) {
    return { sourcePort: view.getUint16(0), destinationPort: view.getUint16(2) };
  }
  const identifier = icmp?.kind === "echo-request" || icmp?.kind === "echo-reply" ? view.getUint16(4) : 0;
  return { sourcePort: identifier, destinationPort: identifier };
}
function getPayloadLength(protocol, length, view) {
  if (protocol === "tcp") {
    return view.byteLength < 13 ? 0 : length - (view.getUint8(12) >> 4) * 4;
  }
  return Math.max(0, length - 8);
}
function readAddress(view, offset, length) {
  const bytes = Array.from({ length }, (_, place) => view.getUint8(offset + place));
  return length === 4 ? bytes.join(".") : import_ipaddr3.default.fromByteArray(bytes).toString();
}
function toView(bytes) {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
function slice(view, from, to = view.byteLength) {
  const [first, last2] = [Math.min(from, view.byteLength), Math.min(to, view.byteLength)];
  return new DataView(view.buffer, view.byteOffset + first, last2 - first);
}
function toHex2(view) {
  return Buffer.from(view.buffer, view.byteOffset, view.byteLength).toString("hex");
}

// dist/trace/read-step.js
var TRANSLATES = /^(?!.*\baccept\b).*\b(?:dnat|snat|masquerade|redirect)\b/;
var VERDICTS2 = {
  accept: "accept",
  drop: "drop",
  continue: "continue",
  break: "continue",
  jump: "jump",
  goto: "goto",
  return: "return"
};
var TARGET_VERDICTS = {
  ACCEPT: "accept",
  DROP: "drop",
  RETURN: "return",
  SNAT: "accept",
  DNAT: "accept",
  MASQUERADE: "accept",
  REDIRECT: "accept",
  NETMAP: "accept"
};
function readStep(event, hook, rules) {
  const indexed = rules.getRule(event);
  if (indexed !== null) {
    return readRule2(event, indexed, hook, rules);
  }
  if (event.type === "policy") {
    return readPolicy(event, hook, rules);
  }
  return event.type === "return" ? readReturn(event, hook, rules) : null;
}
function readRule2(event, { chain, rule }, hook, rules) {
  if (rule.entry === null) {
    return null;
  }
  const verdict = getVerdict(event, rule, rules);
  return {
    step: { hook, table: chain.table, chain: chain.name, rule: rule.entry, verdict },
    rule: { entry: rule.entry, table: chain.table, chain: chain.name, text: rule.text },
    passes: verdict !== "accept" ? null : isTranslation(rule) ? "translated" : "accepted"
  };
}
function isTranslation({ target, text }) {
  return target === null ? TRANSLATES.test(text.replace(/"[^"]*"/g, "")) : target.name !== "ACCEPT";
}
function getVerdict(event, { rejects, target }, rules) {
  if (rejects) {
    return "reject";
  }
  if (event.verdict !== null) {
    return VERDICTS2[event.verdict];
  }
  if (target === null) {
    return "continue";
  }
  return TARGET_VERDICTS[target.name] ?? (rules.getChain(event, target.name) === null ? "continue" : target.how);
}
function readPolicy(event, hook, rules) {
  const chain = rules.getChain(event, event.chain);
  if (chain?.isOwn) {
    return null;
  }
  const verdict = (event.verdict ?? chain?.policy?.verdict) === "drop" ? "drop" : "accept";
  const entry = chain?.policy?.entry ?? null;
  const place = { table: event.table, chain: event.chain };
  return {
    step: { hook, ...place, rule: entry, verdict },
    rule: { entry, ...place, text: chain?.kind === "nft" ? `policy ${verdict}` : `-P ${event.chain} ${verdict.toUpperCase()}` },
    passes: null
  };
}
function readReturn(event, hook, rules) {
  const chain = rules.getChain(event, event.chain);
  if (chain === null || chain.policy !== null) {
    return null;
  }
  const place = { table: event.table, chain: event.chain };
  return {
    step: { hook, ...place, rule: null, verdict: "return" },
    rule: { entry: null, ...place, text: `end of ${event.chain}` },
    passes: null
  };
}

// dist/trace/journey-log.js
var JourneyLog = class {
  #rules;
  #visits = /* @__PURE__ */ new Map();
  #latest = /* @__PURE__ */ new Map();
  #alike = /* @__PURE__ */ new Map();
  #ends = /* @__PURE__ */ new Map();
  #printed = /* @__PURE__ */ new Map();
  #heads = /* @__PURE__ */ new Map();
  /** IPv6's questions for neighbours, and the answers, oldest first. */
  discovery = [];
  #packets = 0;
  constructor(rules) {
    this.#rules = rules;
  }
  /** How many packets there are. */
  get size() {
    return this.#packets;
  }
  add(events) {
    for (const event of events) {
      const visit = event.headers === null ? this.#visits.get(event.id) : this.#visit(event, event.headers);
      const met = visit && readStep(event, visit.hook, this.#rules);
      if (visit && met) {
        meet(visit.packet, met);
      }
    }
  }
  /** Packets from and to a client, and the ICMP errors that answer them; oldest first. */
  getPackets(client) {
    const found = this.#ends.get(getEndKey(client.address, client.port)) ?? [];
    return [.../* @__PURE__ */ new Set([...found, ...found.flatMap((packet) => packet.errors)])].sort((a, b) => a.number - b.number);
  }
  #visit(event, raw) {
    const station = this.#rules.getStation(event);
    const headers = parseHeaders(event.family, raw);
    if (station === null || headers === null) {
      this.#visits.delete(event.id);
      return void 0;
    }
    const packet = this.#find(event, headers, station) ?? this.#addPacket(headers);
    const rank = getRank(station, packet.rank);
    packet.visited = packet.rank === rank ? [...packet.visited, getChainKey(event)] : [getChainKey(event)];
    packet.rank = rank;
    const visit = { packet, hook: station.hook };
    if (event.id !== null) {
      this.#visits.set(event.id, visit);
    }
    return visit;
  }
  /** The packet that goes on here: it looks the same, or the same but for what NAT rewrites, and has not come as far yet. */
  #find(event, headers, station) {
    const isThere = ({ rank }) => rank === getRank(station, rank) && event.id === null;
    const same = this.#latest.get(headers.key);
    if (same !== void 0 && (canComeTo(same, station, event) || isThere(same))) {
      return same;
    }
    const alike = this.#alike.get(headers.looseKey);
    if (alike === void 0 || !canComeTo(alike, station, event) || alike.headers.key === headers.key) {
      return null;
    }
    alike.rewritten = headers;
    this.#index(alike, headers);
    return alike;
  }
  #addPacket(headers) {
    const number = this.#packets++;
    const packet = {
      number,
      headers,
      rewritten: null,
      fingerprints: [],
      head: null,
      errors: [],
      steps: [],
      end: null,
      accept: null,
      rank: -1,
      visited: []
    };
    this.#alike.set(headers.looseKey, packet);
    if (headers.fragment?.isFirst === false) {
      packet.head = this.#heads.get(headers.fragment.whole) ?? null;
      this.#latest.set(headers.key, packet);
      return packet;
    }
    if (headers.fragment !== null) {
      this.#heads.set(headers.fragment.whole, packet);
    }
    if (headers.icmp?.kind === "solicitation" || headers.icmp?.kind === "advertisement") {
      this.discovery.push(packet);
    }
    this.#index(packet, headers);
    return packet;
  }
  #index(packet, headers) {
    const { key, fingerprint, source, sourcePort, destination, destinationPort, icmp } = headers;
    this.#latest.set(key, packet);
    packet.fingerprints.push(fingerprint);
    push(this.#ends, getEndKey(source, sourcePort), packet);
    push(this.#ends, getEndKey(destination, destinationPort), packet);
    const answered = icmp?.embedded ? this.#printed.get(icmp.embedded) : void 0;
    if (answered !== void 0 && answered !== packet) {
      answered.errors.push(packet);
    }
    this.#printed.set(fingerprint, packet);
  }
};
function canComeTo({ rank: reached, visited }, station, event) {
  const rank = getRank(station, reached);
  return reached < rank || reached === rank && event.id !== null && !visited.includes(getChainKey(event));
}
function getChainKey({ table, chain }) {
  return `${table} ${chain}`;
}
function meet(packet, met) {
  const { step, rule, passes } = met;
  packet.steps.push(step);
  if (step.verdict === "drop" || step.verdict === "reject") {
    packet.end = { verdict: step.verdict, rule };
    if (packet.head?.end === null) {
      meet(packet.head, met);
    }
  } else if (passes === "accepted" || passes === "translated" && packet.accept === null) {
    packet.accept = rule;
  }
}
function getEndKey(address, port) {
  return `${address} ${port}`;
}
function push(lists, key, value) {
  const list = lists.get(key);
  if (list === void 0) {
    lists.set(key, [value]);
  } else {
    list.push(value);
  }
}

// dist/trace/rule-index.js
var RuleIndex = class {
  #rules = /* @__PURE__ */ new Map();
  #chains = /* @__PURE__ */ new Map();
  constructor(chains) {
    for (const chain of chains) {
      for (const family of chain.families) {
        this.#chains.set(getKey({ family, table: chain.table }, chain.name), chain);
        for (const [place, rule] of chain.rules.entries()) {
          this.#rules.set(getKey({ family, table: chain.table }, rule.handle ?? ""), { chain, place, rule });
        }
      }
    }
  }
  getRule(event) {
    if (event.rule === null) {
      return null;
    }
    if ("handle" in event.rule) {
      return this.#rules.get(getKey(event, event.rule.handle)) ?? null;
    }
    const { place } = event.rule;
    const chain = this.getChain(event, event.chain);
    const rule = chain?.rules[place];
    return chain === null || rule === void 0 ? null : { chain, place, rule };
  }
  getChain(event, name) {
    return this.#chains.get(getKey(event, name)) ?? null;
  }
  /** Where a packet is that comes to a chain. iptables has made chains of which the plan need not know. */
  getStation(event) {
    if (event.hook !== null) {
      return getStationAt(event.hook, event.table);
    }
    const chain = this.getChain(event, event.chain);
    return chain === null ? getStation(event.table, event.chain) : chain.station;
  }
};
function getKey({ family, table }, name) {
  return `${family} ${table} ${name}`;
}

// dist/session/observer.js
var SOURCES = { nft: "trace", legacy: "nflog" };
var Observer = class {
  #backend;
  #reader;
  #journeys;
  #hits;
  #lost;
  #messages = 0;
  /** Messages that came while these rules took the place of others: nobody can tell whose they are. */
  unattributed;
  /** @param reader was opened before the rules were there */
  constructor(reader, backend, chains) {
    this.#backend = backend;
    this.#reader = reader;
    const rules = new RuleIndex(chains);
    this.#journeys = new JourneyLog(rules);
    this.#hits = new HitCounter(rules);
    const { events, lost } = reader.drain();
    this.unattributed = events.length;
    this.#lost = lost;
  }
  /** How many packets have been seen up to this moment: what comes later has that number, or a higher one. */
  countPackets() {
    this.#read();
    return this.#journeys.size;
  }
  /** How many messages the kernel has sent up to this moment. */
  countMessages() {
    this.#read();
    return this.#messages;
  }
  /** What has become of the packets from and to a client, up to this moment: of those from the given number on. */
  getPackets(client, since) {
    this.#read();
    return this.#journeys.getPackets(client).filter(({ number }) => number >= since);
  }
  /** IPv6's questions for neighbours, and the answers, up to this moment. */
  getDiscovery() {
    this.#read();
    return this.#journeys.discovery;
  }
  /** To be called before the kernel's counters are read, as getHits() after. */
  markHits() {
    this.#read();
    this.#hits.mark();
  }
  /** How often each rule has matched, up to this moment. */
  getHits() {
    this.#read();
    return this.#hits.getHits();
  }
  /** Where this evidence comes from. */
  get source() {
    return SOURCES[this.#backend];
  }
  /** Whether the kernel has had to throw trace messages away. */
  get hasLost() {
    return this.#lost;
  }
  close() {
    this.#reader.close();
  }
  #read() {
    const { events, lost } = this.#reader.drain();
    this.#lost ||= lost;
    this.#messages += events.length;
    this.#journeys.add(events);
    this.#hits.add(events);
  }
};

// dist/session/open-connections.js
var OpenConnections = class {
  #held = /* @__PURE__ */ new Map();
  #refusals = /* @__PURE__ */ new Map();
  keep(name, held) {
    this.#held.set(name, held);
  }
  /** There is no such connection, for the probe that was to open it saw something else. */
  noteRefusal(name, saw) {
    this.#refusals.set(name, saw);
  }
  /** @throws InternalError where it was never opened */
  get(name) {
    const held = this.#held.get(name);
    if (held === void 0) {
      throw new InternalError(`there is no connection "${name}" to send on: the probe that was to open it saw ${this.#refusals.get(name) ?? "an error"}`);
    }
    return held;
  }
  closeAll() {
    for (const { connection } of this.#held.values()) {
      connection.close();
    }
    this.#held.clear();
    this.#refusals.clear();
  }
};

// dist/kernel/packet-socket.js
var AF_PACKET = 17;
var SOCK_DGRAM = 2;
var SOCK_CLOEXEC2 = 524288;
var SOCK_NONBLOCK2 = 2048;
var SOL_SOCKET2 = 1;
var SO_RCVBUF2 = 8;
var SO_ATTACH_FILTER = 26;
var SO_RCVBUFFORCE2 = 33;
var SOL_PACKET = 263;
var PACKET_STATISTICS = 6;
var MSG_TRUNC = 32;
var SIOCGSTAMPNS = 35079;
var ETH_P_ALL = 768;
var ADDRESS_SIZE = 20;
var BUFFER_BYTES2 = 1 << 26;
var LARGEST_PACKET = 1 << 18;
var LEAVE_OUT_DOUBLES = makeFilter([
  [32, 0, 0, 4294963204],
  // its pkttype
  [21, 0, 2, 4],
  // is PACKET_OUTGOING
  [32, 0, 0, 4294963208],
  // its interface
  [21, 1, 0, 1],
  // is lo, the first of every namespace
  [6, 0, 0, LARGEST_PACKET],
  [6, 0, 0, 0]
]);
var PacketSocket = class {
  #fd;
  #buffer = Buffer.alloc(LARGEST_PACKET);
  constructor() {
    this.#fd = call("socket", AF_PACKET, SOCK_DGRAM | SOCK_CLOEXEC2 | SOCK_NONBLOCK2, 0);
    const size = Buffer.alloc(4);
    size.writeInt32LE(BUFFER_BYTES2);
    if (callUnless(["EPERM"], "setsockopt", this.#fd, SOL_SOCKET2, SO_RCVBUFFORCE2, size, size.length) === null) {
      call("setsockopt", this.#fd, SOL_SOCKET2, SO_RCVBUF2, size, size.length);
    }
    call("setFilter", this.#fd, SOL_SOCKET2, SO_ATTACH_FILTER, { length: LEAVE_OUT_DOUBLES.length / 8, filter: LEAVE_OUT_DOUBLES }, 16);
    callUnless(["ENOENT"], "ioctl", this.#fd, SIOCGSTAMPNS, Buffer.alloc(16));
    const address = Buffer.alloc(ADDRESS_SIZE);
    address.writeUInt16LE(AF_PACKET, 0);
    address.writeUInt16LE(ETH_P_ALL, 2);
    call("bind", this.#fd, address, address.length);
  }
  /** The packets since the last call. Never waits. */
  drain() {
    const packets = [];
    for (; ; ) {
      const link = Buffer.alloc(ADDRESS_SIZE);
      const size = Buffer.alloc(4);
      size.writeInt32LE(ADDRESS_SIZE);
      const length = callUnless(["EAGAIN"], "recvfrom", this.#fd, this.#buffer, this.#buffer.length, MSG_TRUNC, link, size);
      if (length === null) {
        return packets;
      }
      const time = Buffer.alloc(16);
      call("ioctl", this.#fd, SIOCGSTAMPNS, time);
      packets.push({
        seconds: Number(time.readBigInt64LE(0)),
        nanoseconds: Number(time.readBigInt64LE(8)),
        link,
        bytes: Buffer.from(this.#buffer.subarray(0, length))
        // a copy: the buffer is used again
      });
    }
  }
  /** How many packets there was no room for, since the last call. */
  countDropped() {
    const counts = Buffer.alloc(8);
    const size = Buffer.alloc(4);
    size.writeInt32LE(counts.length);
    call("getsockopt", this.#fd, SOL_PACKET, PACKET_STATISTICS, counts, size);
    return counts.readUInt32LE(4);
  }
  close() {
    call("close", this.#fd);
  }
};
function makeFilter(instructions) {
  return Buffer.concat(instructions.map(([code, jt, jf, k]) => {
    const instruction = Buffer.alloc(8);
    instruction.writeUInt16LE(code, 0);
    instruction.writeUInt8(jt, 2);
    instruction.writeUInt8(jf, 3);
    instruction.writeUInt32LE(k, 4);
    return instruction;
  }));
}

// dist/session/print-pcap.js
var MAGIC = 2712812621;
var LINKTYPE_LINUX_SLL2 = 276;
var LINK_SIZE = 20;
function printPcapHeader() {
  const header = Buffer.alloc(24);
  header.writeUInt32LE(MAGIC, 0);
  header.writeUInt16LE(2, 4);
  header.writeUInt16LE(4, 6);
  header.writeUInt32LE(LARGEST_PACKET, 16);
  header.writeUInt32LE(LINKTYPE_LINUX_SLL2, 20);
  return header;
}
function printPcapRecord({ seconds, nanoseconds, link, bytes }) {
  const header = Buffer.alloc(16);
  header.writeUInt32LE(seconds, 0);
  header.writeUInt32LE(nanoseconds, 4);
  header.writeUInt32LE(LINK_SIZE + bytes.length, 8);
  header.writeUInt32LE(LINK_SIZE + bytes.length, 12);
  return Buffer.concat([header, toCookedHeader(link), bytes]);
}
function toCookedHeader(link) {
  const header = Buffer.alloc(LINK_SIZE);
  link.copy(header, 0, 2, 4);
  header.writeInt32BE(link.readInt32LE(4), 4);
  header.writeUInt16BE(link.readUInt16LE(8), 8);
  link.copy(header, 10, 10, LINK_SIZE);
  return header;
}

// dist/session/packet-capture.js
var LIMIT_BYTES = 1 << 26;
var PAUSE_MS2 = 1;
var PacketCapture = class {
  #socket = new PacketSocket();
  #parts = [printPcapHeader()];
  #timer = setInterval(() => this.#read(), PAUSE_MS2);
  #size = 0;
  #isCut = false;
  /** What a packet socket is given, it has been given when the sender's system call is over: nothing is on its way. */
  end() {
    this.#read();
    const missing = this.#socket.countDropped();
    this.close();
    return { base64: Buffer.concat(this.#parts).toString("base64"), isCut: this.#isCut, missing };
  }
  close() {
    clearInterval(this.#timer);
    this.#socket.close();
  }
  #read() {
    for (const packet of this.#socket.drain()) {
      const record = printPcapRecord(packet);
      this.#isCut ||= this.#size + record.length > LIMIT_BYTES;
      if (!this.#isCut) {
        this.#size += record.length;
        this.#parts.push(record);
      }
    }
  }
};

// dist/session/port-allocator.js
var FIRST = 32768;
var LAST = 60999;
var PortAllocator = class {
  /** Those of servers, and those that a client has for its own. */
  #taken;
  #next = /* @__PURE__ */ new Map();
  constructor(servers) {
    this.#taken = new Set(servers.flatMap(({ port, lastPort }) => Array.from({ length: lastPort - port + 1 }, (_, place) => port + place)));
  }
  /** Leaves out the ports that clients have for their own. */
  reserve(probes) {
    for (const { clientPort } of probes) {
      if (clientPort !== null) {
        this.#taken.add(clientPort);
      }
    }
  }
  /** @throws InternalError when the address has had all its ports */
  take(address, target) {
    let port = this.#next.get(address) ?? FIRST;
    while (this.#taken.has(port) || port === target) {
      port++;
    }
    if (port > LAST) {
      throw new InternalError(`client address ${address} has no port left: a port is used once, and there are ${LAST - FIRST + 1}; spread the probes over more addresses`);
    }
    this.#next.set(address, port + 1);
    return port;
  }
};

// dist/session/read-settled-counters.js
import { setTimeout as sleep4 } from "node:timers/promises";

// dist/kernel/read-interface-counters.js
import { readFileSync } from "node:fs";
var RX_PACKETS = 1;
var TX_PACKETS = 9;
function readInterfaceCounters() {
  const lines = readFileSync("/proc/thread-self/net/dev", "utf8").trimEnd().split("\n").slice(2);
  return lines.map((line) => {
    const colon = line.lastIndexOf(":");
    const name = line.slice(0, colon).trim();
    const numbers = line.slice(colon + 1).trim().split(/\s+/).map(Number);
    const multicast = readMulticast(name);
    return { interface: name, rx: (numbers[RX_PACKETS] ?? 0) - multicast.rx, tx: (numbers[TX_PACKETS] ?? 0) - multicast.tx };
  });
}
function readMulticast(name) {
  const text = readIfThere(`/proc/thread-self/net/dev_snmp6/${name}`);
  const find = (counter) => Number(new RegExp(`^${counter}\\s+(\\d+)$`, "m").exec(text)?.[1] ?? 0);
  return { rx: find("Ip6InMcastPkts"), tx: find("Ip6OutMcastPkts") };
}
function readIfThere(path) {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

// dist/session/read-settled-counters.js
var QUIET_MS = 2;
var MOST_LOOKS = 20;
async function readSettledCounters() {
  let counters = readInterfaceCounters();
  for (let look = 0; look < MOST_LOOKS; look++) {
    await sleep4(QUIET_MS);
    const later = readInterfaceCounters();
    const isQuiet = later.every(({ rx, tx }, place) => rx === counters[place]?.rx && tx === counters[place].tx);
    counters = later;
    if (isQuiet) {
      break;
    }
  }
  return counters;
}

// dist/probe/http.js
import { request } from "node:http";

// dist/probe/errno-outcomes.js
var ERRNO_OUTCOMES = {
  ECONNREFUSED: "refused",
  EHOSTUNREACH: "unreachable",
  ENETUNREACH: "unreachable",
  ENOPROTOOPT: "unreachable",
  EADDRNOTAVAIL: "unreachable",
  EINVAL: "unreachable",
  EPERM: "denied",
  EACCES: "denied",
  ECONNRESET: "reset",
  EPIPE: "reset",
  ETIMEDOUT: "timeout"
};
function getErrnoOutcome(errno) {
  return ERRNO_OUTCOMES[errno] ?? null;
}

// dist/probe/client-log.js
var REPLY_LIMIT = 1 << 20;
var ClientLog = class {
  view;
  #plan;
  #name;
  #started = performance.now();
  #timer;
  #received = Buffer.alloc(0);
  #isConnected = false;
  #resolve = () => {
  };
  #reject = () => {
  };
  constructor(plan, port) {
    this.#plan = plan;
    this.#name = `${plan.from} port ${port}`;
    this.view = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    this.view.catch(() => {
    });
    this.#timer = setTimeout(() => this.#finishAtLimit(), plan.timeoutMs);
  }
  /** The connection stands, or there is none to wait for. */
  noteConnected() {
    this.#isConnected = true;
    if (this.#isAnswered() && this.#plan.reply === null) {
      this.#finish("connected", null);
    }
  }
  noteReceived(bytes) {
    this.#received = Buffer.concat([this.#received, bytes]);
    const isWhole = this.#plan.reply === null || this.#received.includes(this.#plan.reply) || this.#received.length > REPLY_LIMIT;
    if (this.#isAnswered() && isWhole) {
      this.#finish("connected", null);
    }
  }
  /** Nothing more will come. */
  noteEnd() {
    this.#finish("connected", null);
  }
  /** What a socket reported. An errno that speaks of the machine, or of bind(2), is no outcome: `view` rejects. */
  noteError({ code, syscall, message }) {
    const outcome = syscall === "bind" ? null : getErrnoOutcome(code ?? "");
    if (outcome === null) {
      clearTimeout(this.#timer);
      this.#reject(new InternalError(`the client ${this.#name} could not be made: ${message}`));
    } else {
      this.#finish(outcome, code ?? null);
    }
  }
  /** Stops waiting; `view` may then stay unsettled. */
  stop() {
    clearTimeout(this.#timer);
  }
  /**
   * Without anything to send, the handshake alone means connected. A banner comes by itself: to have sent something and have had
   * the banner is not to have been answered.
   */
  #isAnswered() {
    return !this.#plan.needsAnswer || this.#received.length > this.#plan.bannerBytes;
  }
  /** What the client has seen when its time is over. */
  getViewAtLimit() {
    const outcome = this.#isConnected && this.#isAnswered() ? "connected" : "timeout";
    return { outcome, errno: null, elapsedMs: this.#getElapsedMs(), reply: this.#getReply() };
  }
  #finishAtLimit() {
    const leftMs = this.#plan.timeoutMs - this.#getElapsedMs();
    if (leftMs > 0) {
      this.#timer = setTimeout(() => this.#finishAtLimit(), Math.ceil(leftMs));
    } else {
      this.#resolve(this.getViewAtLimit());
    }
  }
  #finish(outcome, errno) {
    clearTimeout(this.#timer);
    this.#resolve({ outcome, errno, elapsedMs: this.#getElapsedMs(), reply: this.#getReply() });
  }
  #getElapsedMs() {
    return Math.round((performance.now() - this.#started) * 1e3) / 1e3;
  }
  #getReply() {
    return this.#received.length === 0 ? null : this.#received.toString("utf8");
  }
};

// dist/probe/http.js
function startHttpProbe(plan, port) {
  const log = new ClientLog(plan, port);
  const client = request({
    host: plan.to.address,
    port: plan.to.port,
    localAddress: plan.from,
    localPort: port,
    method: plan.send === null ? "GET" : "POST",
    agent: false
  }, (response) => {
    const body = [];
    response.on("data", (chunk) => body.push(chunk));
    response.on("error", (error) => log.noteError(error));
    response.on("end", () => {
      log.noteReceived(Buffer.concat(body));
      log.noteEnd();
    });
  });
  client.on("error", (error) => log.noteError(error));
  client.end(plan.send ?? void 0);
  const close = () => {
    log.stop();
    client.socket?.resetAndDestroy();
    client.destroy();
  };
  return { view: log.view, getViewAtLimit: () => log.getViewAtLimit(), close };
}

// dist/probe/icmp.js
import { setImmediate as nextTurn2, setTimeout as sleep5 } from "node:timers/promises";

// dist/kernel/icmp-socket.js
var SOCK_RAW_NONBLOCK_CLOEXEC = 3 | 2048 | 524288;
var NUMBERS = {
  ipv4: { protocol: 1, level: 0, receiveErrors: 11, echoRequest: 8, echoReply: 0, hasIpHeader: true },
  ipv6: { protocol: 58, level: 41, receiveErrors: 25, echoRequest: 128, echoReply: 129, hasIpHeader: false }
};
var IcmpSocket = class {
  #fd;
  #numbers;
  #identifier;
  #buffer = Buffer.alloc(1 << 16);
  /** @throws SystemCallError where the source cannot be bound */
  constructor(family, source, identifier) {
    this.#numbers = NUMBERS[family];
    this.#identifier = identifier;
    this.#fd = call("socket", ADDRESS_FAMILIES[family], SOCK_RAW_NONBLOCK_CLOEXEC, this.#numbers.protocol);
    try {
      const one = Buffer.from([1, 0, 0, 0]);
      call("setsockopt", this.#fd, this.#numbers.level, this.#numbers.receiveErrors, one, one.length);
      const local = makeSocketAddress(family, source, 0);
      call("bind", this.#fd, local, local.length);
    } catch (error) {
      this.close();
      throw error;
    }
  }
  /** Sends one echo request. Gives the errno by its name where the stack refuses, else null. */
  send(family, destination, data) {
    const remote = makeSocketAddress(family, destination, 0);
    const message = Buffer.concat([Buffer.alloc(8), Buffer.from(data)]);
    message.writeUInt8(this.#numbers.echoRequest, 0);
    message.writeUInt16BE(this.#identifier, 4);
    message.writeUInt16BE(1, 6);
    message.writeUInt16BE(getChecksum(message), 2);
    try {
      call("connect", this.#fd, remote, remote.length);
      call("send", this.#fd, message, message.length, 0);
      return null;
    } catch (error) {
      return toErrno(error);
    }
  }
  /** What has come for this client; null where nothing has. */
  receive() {
    for (; ; ) {
      let length;
      try {
        length = call("recv", this.#fd, this.#buffer, this.#buffer.length, 0);
      } catch (error) {
        const errno = toErrno(error);
        return errno === "EAGAIN" ? null : { errno };
      }
      const packet = this.#buffer.subarray(0, length);
      const message = packet.subarray(this.#numbers.hasIpHeader ? (packet.readUInt8(0) & 15) * 4 : 0);
      if (message.readUInt8(0) === this.#numbers.echoReply && message.readUInt16BE(4) === this.#identifier) {
        return { reply: message.subarray(8).toString("utf8") };
      }
    }
  }
  close() {
    call("close", this.#fd);
  }
};
function toErrno(error) {
  if (error instanceof SystemCallError) {
    return error.errno;
  }
  throw error;
}
function getChecksum(message) {
  let sum = 0;
  for (let offset = 0; offset < message.length; offset += 2) {
    sum += message.readUInt8(offset) << 8 | (message[offset + 1] ?? 0);
  }
  while (sum > 65535) {
    sum = (sum & 65535) + (sum >>> 16);
  }
  return ~sum & 65535;
}

// dist/probe/default-data.js
var DEFAULT_DATA = "loopfw";

// dist/probe/icmp.js
var FIRST_PAUSE_MS = 1;
var LONGEST_PAUSE_MS = 20;
function startIcmpProbe(plan, identifier) {
  const log = new ClientLog(plan, identifier);
  let socket;
  try {
    socket = new IcmpSocket(plan.family, plan.from, identifier);
  } catch (error) {
    log.noteError({ syscall: "bind", message: String(error) });
    return { view: log.view, getViewAtLimit: () => log.getViewAtLimit(), close: () => log.stop() };
  }
  let isOpen2 = true;
  log.noteConnected();
  const errno = socket.send(plan.family, plan.to.address, plan.send ?? DEFAULT_DATA);
  if (errno === null) {
    listen2(socket, log, () => isOpen2).catch((error) => log.noteError({ message: String(error) }));
  } else {
    log.noteError({ code: errno, message: errno });
  }
  const close = () => {
    log.stop();
    if (isOpen2) {
      isOpen2 = false;
      socket.close();
    }
  };
  return { view: log.view, getViewAtLimit: () => log.getViewAtLimit(), close };
}
async function listen2(socket, log, isOpen2) {
  for (let pauseMs = FIRST_PAUSE_MS; isOpen2(); pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
    const heard = socket.receive();
    if (heard === null) {
      await (pauseMs === FIRST_PAUSE_MS ? nextTurn2() : sleep5(pauseMs));
    } else if ("errno" in heard) {
      log.noteError({ code: heard.errno, message: heard.errno });
      return;
    } else {
      log.noteReceived(Buffer.from(heard.reply));
    }
  }
}

// dist/probe/tcp.js
import { connect } from "node:net";

// dist/probe/tcp-blocking.js
import { Socket } from "node:net";

// dist/kernel/blocking-connection.js
var SOCK_STREAM_CLOEXEC = 1 | 524288;
var SOL_SOCKET3 = 1;
var SO_REUSEADDR = 2;
var SO_SNDTIMEO = 21;
var SHUT_RDWR = 2;
var BlockingConnection = class {
  #fd;
  #family;
  /** @throws SystemCallError where the address cannot be bound */
  constructor(family, address, port, timeoutMs) {
    this.#family = family;
    this.#fd = call("socket", ADDRESS_FAMILIES[family], SOCK_STREAM_CLOEXEC, 0);
    try {
      const one = Buffer.from([1, 0, 0, 0]);
      call("setsockopt", this.#fd, SOL_SOCKET3, SO_REUSEADDR, one, one.length);
      const limit = Buffer.alloc(16);
      limit.writeBigInt64LE(BigInt(Math.floor(timeoutMs / 1e3)), 0);
      limit.writeBigInt64LE(BigInt(timeoutMs % 1e3 * 1e3), 8);
      call("setsockopt", this.#fd, SOL_SOCKET3, SO_SNDTIMEO, limit, limit.length);
      const local = makeSocketAddress(family, address, port);
      call("bind", this.#fd, local, local.length);
    } catch (error) {
      this.close();
      throw error;
    }
  }
  /** Gives the errno by its name, or null when the connection stands. */
  connect(address, port) {
    const remote = makeSocketAddress(this.#family, address, port);
    return callBlocking("connect", this.#fd, remote, remote.length);
  }
  /** Ends a connect() under way; without one it does nothing. */
  interrupt() {
    callUnless(["ENOTCONN"], "shutdown", this.#fd, SHUT_RDWR);
  }
  /** Hands the descriptor over: whoever takes it must close it. */
  release() {
    return this.#fd;
  }
  close() {
    call("close", this.#fd);
  }
};

// dist/probe/tcp-connection.js
import { setImmediate as nextTurn3 } from "node:timers/promises";
var TcpConnection = class {
  #socket;
  #port;
  /** Whoever listens now: the client that opened it, or the one that has spoken last. */
  #log;
  #failure = null;
  /** What the server says by itself, and what it has been told. */
  #bannerBytes;
  #saidBytes = 0;
  #heardBytes = 0;
  /** How much of what comes next is owed to those who have spoken before. */
  #bytesToSkip = 0;
  #timesSpoken = 0;
  #isAwaited = false;
  #hasEnded = false;
  /** Says what the client that has opened it has to say, and listens. */
  constructor(socket, plan, port, log) {
    this.#socket = socket;
    this.#port = port;
    this.#log = log;
    this.#bannerBytes = plan.bannerBytes;
    socket.setNoDelay(plan.open !== null);
    socket.on("data", (chunk) => this.#hear(chunk));
    socket.on("end", () => this.#hearEnd());
    socket.on("error", (error) => this.#fail(error));
    if (plan.send !== null) {
      this.#say(plan.send);
    }
    log.noteConnected();
  }
  get hasFailed() {
    return this.#failure !== null;
  }
  /**
   * What is not given is numbered: what was blocked earlier arrives by itself once it may, and people must be able to tell. Where the
   * server echoes, counting tells: all that was ever said comes back in its order.
   */
  speak(plan) {
    this.#log.stop();
    const text = plan.send ?? `loopfw ${++this.#timesSpoken}
`;
    const owedBytes = plan.isEcho ? Buffer.byteLength(text) : 1;
    if (this.#saidBytes === 0) {
      this.#bannerBytes = Math.max(this.#bannerBytes, this.#heardBytes);
    }
    this.#bytesToSkip = plan.isEcho ? Math.max(0, this.#bannerBytes + this.#saidBytes - this.#heardBytes) : 0;
    this.#isAwaited = true;
    const log = new ClientLog({ ...plan, bannerBytes: plan.reply === null ? owedBytes - 1 : 0 }, this.#port);
    this.#log = log;
    log.noteConnected();
    if (this.#failure !== null) {
      log.noteError(this.#failure);
    } else {
      this.#say(text);
      if (this.#hasEnded) {
        void nextTurn3().then(() => this.#socket.write(""));
      }
    }
    return { view: log.view, getViewAtLimit: () => log.getViewAtLimit(), getConnection: () => this, close: () => log.stop() };
  }
  /** A RST instead of a FIN: no TIME_WAIT and no late packets. */
  close() {
    this.#socket.resetAndDestroy();
  }
  #say(text) {
    this.#saidBytes += Buffer.byteLength(text);
    this.#socket.write(text);
  }
  #hear(chunk) {
    this.#heardBytes += chunk.length;
    const skipped = Math.min(this.#bytesToSkip, chunk.length);
    this.#bytesToSkip -= skipped;
    if (skipped < chunk.length) {
      this.#isAwaited = false;
      this.#log.noteReceived(chunk.subarray(skipped));
    }
  }
  /** Nothing more will come. To whoever waits for an answer that is none. */
  #hearEnd() {
    this.#hasEnded = true;
    if (!this.#isAwaited) {
      this.#log.noteEnd();
    }
  }
  #fail(error) {
    this.#failure = error;
    this.#log.noteError(error);
  }
};

// dist/probe/tcp-blocking.js
var POOL_SLACK_MS = 100;
var GIVEN_UP = ["EINPROGRESS", "EALREADY", "ECONNABORTED"];
function startBlockingTcpProbe(plan, port) {
  const log = new ClientLog(plan, port);
  let call2;
  try {
    call2 = new BlockingConnection(plan.family, plan.from, port, plan.timeoutMs + POOL_SLACK_MS);
  } catch (error) {
    log.noteError({ syscall: "bind", message: String(error) });
    return { view: log.view, getViewAtLimit: () => log.getViewAtLimit(), close: () => log.stop() };
  }
  let connection = null;
  let isConnecting = true;
  let isClosed = false;
  const settle = (errno) => {
    isConnecting = false;
    if (errno !== null) {
      call2.close();
      if (!GIVEN_UP.includes(errno)) {
        log.noteError({ code: errno, message: errno });
      }
      return;
    }
    const socket = new Socket({ fd: call2.release(), allowHalfOpen: plan.open !== null });
    if (isClosed) {
      socket.resetAndDestroy();
    } else {
      connection = new TcpConnection(socket, plan, port, log);
    }
  };
  call2.connect(plan.to.address, plan.to.port).then(settle).catch((error) => log.noteError({ message: String(error) }));
  const close = () => {
    isClosed = true;
    log.stop();
    if (isConnecting) {
      call2.interrupt();
    }
    connection?.close();
  };
  return { view: log.view, getViewAtLimit: () => log.getViewAtLimit(), getConnection: () => connection, close };
}

// dist/probe/tcp.js
function startTcpProbe(plan, port) {
  return plan.blocking ? startBlockingTcpProbe(plan, port) : startNonblockingTcpProbe(plan, port);
}
function startNonblockingTcpProbe(plan, port) {
  const log = new ClientLog(plan, port);
  const to = { host: plan.to.address, port: plan.to.port };
  const socket = connect({ ...to, localAddress: plan.from, localPort: port, allowHalfOpen: plan.open !== null });
  let connection = null;
  socket.on("connect", () => connection = new TcpConnection(socket, plan, port, log));
  socket.on("error", (error) => log.noteError(error));
  const close = () => {
    log.stop();
    if (connection === null) {
      socket.destroy();
    } else {
      connection.close();
    }
  };
  return { view: log.view, getViewAtLimit: () => log.getViewAtLimit(), getConnection: () => connection, close };
}

// dist/probe/udp.js
import { createSocket as createSocket2 } from "node:dgram";
function startUdpProbe(plan, port) {
  const log = new ClientLog(plan, port);
  const socket = createSocket2(plan.family === "ipv4" ? "udp4" : "udp6");
  socket.on("error", (error) => log.noteError(error));
  socket.on("message", (message) => log.noteReceived(message));
  socket.bind({ address: plan.from, port, exclusive: true }, () => {
    socket.connect(plan.to.port, plan.to.address, (error) => {
      if (error) {
        log.noteError(error);
        return;
      }
      log.noteConnected();
      socket.send(plan.send ?? DEFAULT_DATA, (failure) => {
        if (failure) {
          log.noteError(failure);
        }
      });
    });
  });
  let isClosed = false;
  const close = () => {
    log.stop();
    if (!isClosed) {
      isClosed = true;
      socket.close();
    }
  };
  return { view: log.view, getViewAtLimit: () => log.getViewAtLimit(), close };
}

// dist/probe/start-probe.js
var PROBES = {
  tcp: startTcpProbe,
  udp: startUdpProbe,
  icmp: startIcmpProbe,
  http: startHttpProbe
};
function startProbe(plan, port) {
  return PROBES[plan.protocol](plan, port);
}

// dist/session/run-controls.js
var CONTROL_LIMIT_MS = 1e3;
async function runControls(probes, surroundings) {
  const outcomes = /* @__PURE__ */ new Map();
  const queues = getQueues(probes);
  for (let start2 = 0; start2 < queues.length; start2 += BURST) {
    const batch = queues.slice(start2, start2 + BURST);
    if (start2 > 0) {
      await letServersAccept(queues.slice(start2 - BURST, start2).flat());
    }
    const blocking = Math.min(THREADS, batch.filter((queue) => queue.some((probe) => probe.blocking)).length);
    const used = await surroundings.allowance.use({ probes: batch.length, blocking, isKept: false }, () => Promise.all(batch.map(async (queue) => {
      for (const probe of queue) {
        outcomes.set(probe, await runControl(probe, surroundings));
      }
    })));
    if ("problem" in used) {
      throw new InternalError(used.problem);
    }
  }
  return probes.flatMap((probe) => outcomes.get(probe) ?? []);
}
function getQueues(probes) {
  const shared = /* @__PURE__ */ new Map();
  const queues = [];
  for (const probe of probes) {
    const key = `${probe.protocol} ${probe.from} ${probe.clientPort}`;
    const queue = probe.clientPort === null ? void 0 : shared.get(key);
    if (queue === void 0) {
      queues.push([probe]);
      shared.set(key, queues.at(-1) ?? []);
    } else {
      queue.push(probe);
    }
  }
  return queues;
}
async function runControl(probe, { ports, places }) {
  const port = probe.clientPort ?? ports.take(probe.from, probe.to.port);
  const running = await places.run(probe.via, () => startProbe({ ...probe, reply: null, timeoutMs: CONTROL_LIMIT_MS }, port));
  try {
    return (await running.view).outcome;
  } finally {
    running.close();
  }
}

// dist/session/run-in-turn.js
import { setImmediate as nextTurn5 } from "node:timers/promises";

// dist/session/run-probe.js
import { setImmediate as nextTurn4, setTimeout as sleep6 } from "node:timers/promises";

// dist/trace/conversation.js
function getExchanges(client, packets) {
  const exchanges = /* @__PURE__ */ new Map();
  for (const packet of packets) {
    if (isFromClient(client, packet.headers)) {
      const question = getQuestion(packet);
      if (question !== null) {
        const exchange = exchanges.get(question) ?? { requests: [], answers: [] };
        exchange.requests.push(packet);
        exchanges.set(question, exchange);
      }
    } else {
      [...exchanges.values()].findLast(({ requests }) => requests.some((request2) => isAnswer(packet, request2)))?.answers.push(packet);
    }
  }
  return [...exchanges.values()];
}
function isFromClient({ address, port }, { source, sourcePort, icmp }) {
  return source === address && sourcePort === port && (icmp === null || icmp.kind === "echo-request");
}
function getQuestion({ number, end, headers: { tcp, payloadLength } }) {
  if (tcp === null) {
    return `packet ${number}`;
  }
  const isEndedAck = end !== null && !tcp.rst && !tcp.fin;
  return tcp.syn || payloadLength > 0 || isEndedAck ? `sequence ${tcp.sequence}` : null;
}
function isAnswer(packet, { headers: request2, fingerprints, errors }) {
  const answer2 = packet.headers;
  if (answer2.icmp !== null) {
    return answer2.icmp.kind === "error" ? errors.includes(packet) || fingerprints.includes(answer2.icmp.embedded ?? "") : request2.icmp !== null;
  }
  if (answer2.tcp === null || request2.tcp === null) {
    return answer2.protocol === request2.protocol;
  }
  return answer2.tcp.rst || (answer2.tcp.syn || answer2.payloadLength > 0) && acknowledges(answer2.tcp.acknowledged, request2);
}
function acknowledges(acknowledged, { tcp, payloadLength }) {
  const end = (tcp?.sequence ?? 0) + payloadLength + (tcp?.syn ? 1 : 0);
  return (acknowledged - end | 0) >= 0;
}
function isSilenced(exchanges, provable) {
  const last2 = exchanges.at(-1);
  if (last2 === void 0 || provable === "nothing") {
    return false;
  }
  if (last2.requests.every((request2) => request2.end?.verdict === "drop")) {
    return last2.answers.length === 0 || provable === "all";
  }
  return provable === "all" && last2.answers.length > 0 && last2.answers.every((answer2) => answer2.end !== null);
}

// dist/trace/settle-outcome.js
function settleOutcome(seen, client, packets) {
  const wasTold = () => getExchanges(client, packets).some(({ answers }) => answers.some(({ headers, end }) => headers.icmp?.kind === "error" && end === null));
  return seen.errno === "EACCES" && wasTold() ? "unreachable" : seen.outcome;
}

// dist/trace/describe-packet.js
function describePacket({ headers, rewritten }) {
  const [way, later] = [describeWay(headers), describeWay(rewritten ?? headers)];
  return `${describeKind(headers)} ${way}${later === way ? "" : `, rewritten to ${later}`}`;
}
function describeKind({ family, protocol, tcp, icmp, payloadLength, fragment }) {
  if (tcp !== null) {
    return `tcp ${describeTcp(tcp, payloadLength)}`;
  }
  if (icmp !== null) {
    return `${family === "ipv6" ? "icmpv6" : "icmp"} ${describeIcmp(icmp)}`;
  }
  return protocol === "udp" ? `udp (${payloadLength} bytes${fragment === null ? "" : ", a fragment"})` : `protocol ${protocol}`;
}
function describeWay({ protocol, source, sourcePort, destination, destinationPort }) {
  return protocol === "tcp" || protocol === "udp" ? `${showEndpoint(source, sourcePort)} \u2192 ${showEndpoint(destination, destinationPort)}` : `${source} \u2192 ${destination}`;
}
function showEndpoint(address, port) {
  return address.includes(":") ? `[${address}]:${port}` : `${address}:${port}`;
}
function describeTcp({ syn, ack, rst, fin }, payloadLength) {
  if (rst) {
    return "rst";
  }
  if (syn) {
    return ack ? "syn-ack" : "syn";
  }
  if (payloadLength > 0) {
    return `data (${payloadLength} bytes)`;
  }
  return fin ? "fin" : "ack";
}
var KINDS = {
  "echo-request": "echo-request",
  "echo-reply": "echo-reply",
  solicitation: "neighbour-solicitation",
  advertisement: "neighbour-advertisement"
};
function describeIcmp({ kind, type, code, name }) {
  return name ?? KINDS[kind] ?? `type ${type} code ${code}`;
}

// dist/trace/find-cause.js
var UNEXPLAINED = { cause: "unexplained", rule: null, icmp: null };
function findCause(outcome, exchanges) {
  const exchange = outcome === "connected" ? findServed(exchanges) : exchanges.at(-1);
  if (exchange === void 0) {
    return findCauseWithoutPacket(outcome);
  }
  const [first] = exchange.requests;
  if (first === void 0) {
    return UNEXPLAINED;
  }
  const answers = exchange.answers;
  const heard = answers.filter((answer2) => answer2.end === null);
  if (outcome === "connected") {
    const accept = exchange.requests.findLast((packet) => packet.accept)?.accept ?? null;
    return heard.length > 0 ? decide("service", accept) : UNEXPLAINED;
  }
  if (outcome === "timeout") {
    return findCauseOfSilence(first, answers, heard);
  }
  return findCauseOfRefusal(outcome, exchange.requests.findLast((packet) => packet.end !== null) ?? first, heard);
}
function findServed(exchanges) {
  const isHeard = ({ answers }) => answers.some(({ end }) => end === null);
  return exchanges.find(({ requests }) => requests[0]?.headers.tcp?.syn) ?? exchanges.findLast(isHeard) ?? exchanges.at(-1);
}
function findCauseWithoutPacket(outcome) {
  return outcome === "unreachable" || outcome === "denied" || outcome === "reset" ? decide("local", null) : UNEXPLAINED;
}
function findCauseOfSilence(request2, answers, heard) {
  if (request2.end?.verdict === "drop") {
    return decide("dropped", request2.end.rule);
  }
  const eaten = answers.find((answer2) => answer2.end !== null);
  if (eaten?.end && heard.length === 0) {
    return decide("answer-eaten", eaten.end.rule);
  }
  if (request2.end?.verdict === "reject") {
    return decide("rejected", request2.end.rule, heard.map(getRefusal).find((icmp) => icmp !== null) ?? null);
  }
  return answers.length === 0 ? decide("silent", null) : UNEXPLAINED;
}
function findCauseOfRefusal(outcome, request2, heard) {
  const refusal = heard.find(({ headers: { tcp, icmp } }) => tcp?.rst || icmp?.kind === "error");
  if (request2.end?.verdict === "reject") {
    return decide("rejected", request2.end.rule, refusal ? getRefusal(refusal) : null);
  }
  if (request2.end !== null) {
    return outcome === "denied" ? decide("dropped", request2.end.rule) : UNEXPLAINED;
  }
  if (refusal === void 0) {
    return UNEXPLAINED;
  }
  return decide(outcome === "reset" ? "service" : "no-listener", request2.accept, refusal.headers.icmp?.name ?? null);
}
function decide(cause, rule, icmp = null) {
  return { cause, rule, icmp };
}
function getRefusal({ headers: { tcp, icmp } }) {
  return icmp?.name ?? (tcp?.rst ? "tcp-reset" : null);
}

// dist/trace/find-neighbour-problem.js
var import_ipaddr4 = __toESM(require_ipaddr(), 1);
var OPEN = ["silent", "local", "unexplained"];
function isNewsOfNeighbour({ headers }) {
  return headers.icmp?.name === "addr-unreachable";
}
function isOpen(cause) {
  return OPEN.includes(cause);
}
function findNeighbourProblem(addresses, discovery) {
  const parties = /* @__PURE__ */ new Set([...addresses, ...addresses.filter((address) => address.includes(":")).map(getSolicitedNode)]);
  const related = discovery.filter(({ headers }) => parties.has(headers.source) || parties.has(headers.destination));
  const ended = related.findLast(({ end }) => end !== null);
  if (!ended?.end) {
    return null;
  }
  if (ended.headers.icmp?.kind === "solicitation") {
    return {
      decision: { cause: ended.end.verdict === "reject" ? "rejected" : "dropped", rule: ended.end.rule, icmp: null },
      packets: [ended]
    };
  }
  const question = related.findLast(({ number, headers }) => number < ended.number && headers.icmp?.kind === "solicitation");
  return { decision: { cause: "answer-eaten", rule: ended.end.rule, icmp: null }, packets: [...question ? [question] : [], ended] };
}
function getSolicitedNode(address) {
  const bytes = import_ipaddr4.default.parse(address).toByteArray();
  return import_ipaddr4.default.fromByteArray([255, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 255, ...bytes.slice(13)]).toString();
}

// dist/trace/make-finding.js
function makeFinding(outcome, client, own, source, { server, discovery } = { server: client.address, discovery: [] }) {
  const isLost = outcome === "timeout" || outcome === "unreachable";
  const problem = isLost ? findNeighbourProblem([client.address, server, ...getRewritten(own)], discovery) : null;
  const withoutNews = problem === null ? own : own.filter((packet) => !isNewsOfNeighbour(packet));
  const known = findCause(outcome, getExchanges(client, withoutNews));
  const isExplained = problem !== null && isOpen(known.cause);
  const decision = isExplained ? problem.decision : known;
  const packets = isExplained ? [...problem.packets, ...own].toSorted((a, b) => a.number - b.number) : own;
  return {
    ...decision,
    evidence: decision.cause === "unexplained" ? "none" : source,
    journey: packets.map((packet) => ({ packet: describePacket(packet), steps: packet.steps }))
  };
}
function getRewritten(packets) {
  return packets.flatMap(({ rewritten }) => rewritten === null ? [] : [rewritten.source, rewritten.destination]);
}

// dist/session/run-probe.js
var GRACE_MS = 5;
var FIRST_PAUSE_MS2 = 1;
var LONGEST_PAUSE_MS2 = 50;
var QUIET_MS2 = 1;
var MOST_LOOKS2 = 20;
async function runProbe(plan, surroundings) {
  const { connections, observer, places } = surroundings;
  let close = () => {
  };
  try {
    const held = plan.use === null ? null : connections.get(plan.use);
    const started = held === null ? await startOwn(plan, surroundings) : startOn(held, plan, observer);
    close = () => started.running.close();
    const report = await decide2(plan, started, observer, places.areMany);
    const connection = started.running.getConnection?.() ?? null;
    const name = plan.open ?? plan.use;
    if (name !== null && connection !== null) {
      close = () => {
      };
      const isKnownGone = report.observed.outcome === "reset" || (held?.isKnownGone ?? false);
      connections.keep(name, { connection, client: started.client, isKnownGone, seen: { observer, packets: observer.countPackets() } });
    } else if (name !== null) {
      connections.noteRefusal(name, report.observed.outcome);
    }
    return { reply: { report }, close };
  } catch (error) {
    return { reply: { problem: error instanceof Error ? error.message : String(error) }, close };
  }
}
async function startOwn(plan, { ports, observer, places }) {
  const client = { address: plan.from, port: plan.clientPort ?? ports.take(plan.from, plan.to.port) };
  const since = observer.countPackets();
  return { running: await places.run(plan.via, () => startProbe(plan, client.port)), client, since };
}
function startOn({ connection, client, isKnownGone, seen }, plan, observer) {
  const isNews = connection.hasFailed && !isKnownGone;
  const since = isNews ? seen.observer === observer ? seen.packets : 0 : observer.countPackets();
  return { running: connection.speak(plan), client, since };
}
async function decide2(plan, { running, client, since }, observer, isTraceLate) {
  const isProved = () => isSilenced(getExchanges(client, observer.getPackets(client, since)), plan.provable) && !observer.hasLost;
  const seen = await Promise.race([running.view, ...plan.provable === "nothing" ? [] : [waitForProof(running.view, isProved)]]);
  await (isTraceLate ? waitForQuiet(observer) : nextTurn4());
  const own = observer.getPackets(client, since);
  const view = seen ?? { ...running.getViewAtLimit(), elapsedMs: null };
  const outcome = settleOutcome(view, client, own);
  const isHeldUp = plan.use !== null && outcome === "timeout" && getExchanges(client, own).length === 0;
  const packets = isHeldUp ? observer.getPackets(client, 0) : own;
  const { icmp, ...finding } = makeFinding(outcome, client, packets, observer.source, {
    server: plan.to.address,
    discovery: observer.getDiscovery()
  });
  return {
    observed: { outcome, errno: view.errno, elapsedMs: view.elapsedMs, icmp, reply: view.reply },
    decided: seen === null ? "proved" : "observed",
    ...finding,
    traceLost: observer.hasLost
  };
}
async function waitForQuiet(observer) {
  for (let look = 0; look < MOST_LOOKS2; look++) {
    const messages = observer.countMessages();
    await sleep6(QUIET_MS2);
    if (observer.countMessages() === messages) {
      return;
    }
  }
}
async function waitForProof(view, isProved) {
  let settled = false;
  const settle = () => settled = true;
  view.then(settle, settle);
  await nextTurn4();
  for (let pauseMs = FIRST_PAUSE_MS2; !settled; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS2)) {
    await nextTurn4();
    if (isProved()) {
      return Promise.race([view, sleep6(GRACE_MS, null)]);
    }
    await sleep6(pauseMs);
  }
  return view;
}

// dist/session/run-in-turn.js
var MOST_UNDER_WAY = 256;
var MOST_BLOCKING = 16;
async function runInTurn(probes, surroundings) {
  const replies = [];
  let underWay = 0;
  let blocking = 0;
  let onEnd = () => {
  };
  const run = async (probe, place) => {
    underWay++;
    blocking += probe.blocking ? 1 : 0;
    const { reply, close } = await runProbe(probe, surroundings);
    close();
    replies[place] = reply;
    underWay--;
    blocking -= probe.blocking ? 1 : 0;
    onEnd();
  };
  const waitUntil = async (isSo) => {
    while (!isSo()) {
      await new Promise((resolve) => onEnd = resolve);
    }
  };
  for (const [place, probe] of probes.entries()) {
    await waitUntil(() => underWay < MOST_UNDER_WAY && !(probe.blocking && blocking >= MOST_BLOCKING));
    void run(probe, place);
    await nextTurn5();
  }
  await waitUntil(() => underWay === 0);
  return replies;
}

// dist/session/run-together.js
import { setImmediate as nextTurn6 } from "node:timers/promises";
var SIP = 16;
async function runTogether(probes, surroundings) {
  const running = [];
  for (const [place, probe] of probes.entries()) {
    if (place > 0 && place % BURST === 0) {
      await letServersAccept(probes.slice(place - BURST, place));
    }
    running.push(runProbe(probe, surroundings));
    await sip(place, surroundings);
  }
  const decided = await Promise.all(running);
  for (const [place, probe] of decided.entries()) {
    probe.close();
    await sip(place, surroundings);
  }
  return decided.map(({ reply }) => reply);
}
async function sip(place, { observer }) {
  if (place % SIP === SIP - 1) {
    await nextTurn6();
    observer.countPackets();
  }
}

// dist/session/run-flow.js
var PACES = { together: runTogether, "in turn": runInTurn };
var DRAIN_MS = 5;
async function runFlow({ probes, pace }, surroundings) {
  const blocking = probes.filter((probe) => probe.blocking).length;
  const isInTurn = pace === "in turn";
  const need = {
    probes: isInTurn ? Math.min(probes.length, MOST_UNDER_WAY) : probes.length,
    blocking: isInTurn ? Math.min(blocking, MOST_BLOCKING) : blocking,
    isKept: probes.some(({ open }) => open !== null)
  };
  const used = await surroundings.allowance.use(need, async () => {
    const drain = setInterval(() => surroundings.observer.countPackets(), DRAIN_MS);
    try {
      return await PACES[pace](probes, surroundings);
    } finally {
      clearInterval(drain);
    }
  });
  return "problem" in used ? probes.map(() => ({ problem: used.problem })) : used.value;
}

// dist/session/world-session.js
var WorldSession = class {
  #means;
  #world = null;
  #ports = new PortAllocator([]);
  #connections = new OpenConnections();
  #ruleSet = null;
  #observer = null;
  #capture = null;
  #failure = null;
  constructor(means) {
    this.#means = means;
  }
  /** Requests may be made without waiting for the answers to those before them: after a failure all fail as it did, up to the close. */
  async handle(request2) {
    const handler = this.#handlers[request2.type];
    if (request2.type === "close") {
      this.#failure = null;
      return handler(request2);
    }
    if (this.#failure !== null) {
      throw this.#failure;
    }
    try {
      return await handler(request2);
    } catch (error) {
      this.#failure = error;
      throw error;
    }
  }
  #handlers = {
    open: async ({ world, servers }) => {
      this.#ports = new PortAllocator(servers);
      this.#world = await openWorld(world, servers, this.#means.callersNamespace, this.#means.commands);
      return null;
    },
    control: ({ probes }) => {
      this.#ports.reserve(probes);
      return runControls(probes, { ports: this.#ports, places: this.#getWorld().places, allowance: this.#means.allowance });
    },
    apply: async ({ firewalls }) => {
      this.#observer?.close();
      const backend = firewalls[0]?.backend ?? "nft";
      const reader = openTrace(backend);
      this.#ruleSet = await applyRuleSet(firewalls, this.#ruleSet, this.#means.commands);
      const { places } = this.#getWorld();
      if (places.areMany) {
        await places.runEverywhere(forgetNeighbours);
      }
      this.#observer = new Observer(reader, backend, this.#ruleSet.chains);
      return null;
    },
    probe: async ({ probes, pace }) => {
      const world = this.#getWorld();
      const surroundings = {
        ports: this.#ports,
        connections: this.#connections,
        observer: this.#getObserver(),
        places: world.places,
        allowance: this.#means.allowance
      };
      const replies = await runFlow({ probes, pace }, surroundings);
      await world.assertServersRun();
      return replies;
    },
    capture: () => {
      this.#capture = new PacketCapture();
      return Promise.resolve(null);
    },
    "capture-end": () => {
      const capture = this.#capture;
      this.#capture = null;
      if (capture === null) {
        throw new InternalError("packets were asked for that nobody has captured");
      }
      return Promise.resolve(capture.end());
    },
    exec: ({ program }) => this.#means.startProgram(program),
    evidence: async ({ isLast }) => {
      if (isLast) {
        this.#connections.closeAll();
        await this.#world?.takeDown();
      }
      const observer = this.#getObserver();
      observer.markHits();
      const { found = [], native = null } = await this.#ruleSet?.readBack() ?? {};
      return { found, native, hits: observer.getHits(), unattributed: observer.unattributed, traceLost: observer.hasLost };
    },
    version: ({ backend }) => readIptablesVersion(backend, this.#means.commands),
    counters: () => readSettledCounters(),
    veth: () => {
      this.#getWorld();
      const socket = new RouteSocket();
      try {
        addVeth({ name: "loopfw0" }, { name: "loopfw1" }, socket);
      } finally {
        socket.close();
      }
      return Promise.resolve(null);
    },
    close: async () => {
      const world = this.#world;
      this.#world = null;
      this.#ruleSet = null;
      this.#observer?.close();
      this.#observer = null;
      this.#connections.closeAll();
      this.#capture?.close();
      this.#capture = null;
      try {
        await world?.takeDown();
      } finally {
        world?.places.close();
      }
      return null;
    }
  };
  #getWorld() {
    if (this.#world === null) {
      throw new InternalError("no world is open");
    }
    return this.#world;
  }
  #getObserver() {
    if (this.#observer === null) {
      throw new InternalError("a probe was asked for before the rules were applied");
    }
    return this.#observer;
  }
};

// dist/sandbox/worker.js
var { worker, options, ledger, allowance } = workerData;
__m("    worker loaded");if (options.dropPrivilege) {
  dropPrivilege();
}
var session = new WorldSession({
  callersNamespace: options.callersNamespace,
  commands: new CommandRunner(new ChildLedger(ledger)),
  allowance: new Allowance(allowance),
  startProgram
});
var LONG_ANSWER = 1 << 16;
var last = Promise.resolve();
var onProgramEnd = () => {
};
parentPort?.on("message", (message) => {
  if (typeof message === "string") {
    last = last.then(() => answerAll(JSON.parse(message)));
  } else {
    onProgramEnd(message);
  }
});
__m("    worker ready");send(toLine({ type: "ready", worker }));
async function answerAll(messages) {
  let lines = "";
  for (const message of messages) {
    lines += toLine(await answer(message));
    if (lines.length > LONG_ANSWER) {
      send(lines);
      lines = "";
    }
  }
  send(lines);
}
async function answer({ id, request: request2 }) {
  try {
    return { type: "reply", id, reply: await session.handle(request2) };
  } catch (error) {
    return { type: "failure", id, failure: toFailure(error) };
  }
}
function toLine(message) {
  return `${JSON.stringify(message)}
`;
}
function send(lines) {
  parentPort?.postMessage(lines);
}
function startProgram(program) {
  const start2 = { program, namespace: openNetworkNamespace() };
  parentPort?.postMessage(start2);
  return new Promise((resolve) => onProgramEnd = resolve);
}
