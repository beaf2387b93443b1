import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);globalThis.__m=(l)=>{try{require('node:fs').appendFileSync('/tmp/p/marks',(performance.timeOrigin+performance.now()).toFixed(1)+' '+l+'\n')}catch{}};globalThis.__m=(l)=>{try{require('node:fs').appendFileSync('/tmp/p/marks',(performance.timeOrigin+performance.now()).toFixed(1)+' '+l+'\n')}catch{}};
import {
  readLines
} from "./chunk-JFR324MA.js";
import {
  UNPRIVILEGED_ID,
  findCommand,
  getCommandPath
} from "./chunk-VXGCHMP6.js";
import {
  FIRST_WORKER,
  getNetworkNamespace,
  readSurroundings
} from "./chunk-ATPREQCW.js";
import {
  EnvironmentError,
  InternalError,
  UsageError
} from "./chunk-PBR43GQL.js";

// dist/sandbox/launch.js
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

// dist/kernel/is-unprivileged-id-mapped.js
import { readFileSync } from "node:fs";
function isUnprivilegedIdMapped() {
  return readFileSync("/proc/self/uid_map", "utf8").split("\n").map((line) => line.trim().split(/\s+/).map(Number)).some(([first = 0, , count = 0]) => UNPRIVILEGED_ID >= first && UNPRIVILEGED_ID < first + count);
}

// dist/sandbox/find-remedies.js
var NEEDED_NET_NAMESPACES = 2;
var ENOUGH = 1e4;
var REMEDIES = {
  "net-namespace-limit": {
    isThere: ({ settings }) => (settings["user.max_net_namespaces"] ?? NEEDED_NET_NAMESPACES) < NEEDED_NET_NAMESPACES,
    isCertain: true,
    getText: ({ settings }) => raise("user.max_net_namespaces", settings["user.max_net_namespaces"], "network")
  },
  "user-namespace-limit": {
    isThere: ({ isRoot, settings }) => !isRoot && settings["user.max_user_namespaces"] === 0,
    isCertain: true,
    getText: ({ settings }) => raise("user.max_user_namespaces", settings["user.max_user_namespaces"], "user")
  },
  "user-namespaces-off": {
    isThere: ({ isRoot, settings }) => !isRoot && settings["kernel.unprivileged_userns_clone"] === 0,
    isCertain: true,
    getText: () => "kernel.unprivileged_userns_clone is 0, so only root may make user namespaces: as root on the host, sysctl --write kernel.unprivileged_userns_clone=1; or run loopfw as root"
  },
  apparmor: {
    isThere: ({ isRoot, settings }) => !isRoot && settings["kernel.apparmor_restrict_unprivileged_userns"] === 1,
    isCertain: false,
    getText: ({ isGitHub, container }) => isGitHub && container === null ? `GitHub's ubuntu-24.04 restricts user namespaces by AppArmor: put a step before, - run: sudo sysctl --write kernel.apparmor_restrict_unprivileged_userns=0; or run loopfw by sudo env "PATH=$PATH" \u2026` : "AppArmor restricts user namespaces, as on Ubuntu 24.04 (kernel.apparmor_restrict_unprivileged_userns is 1): as root on the host, sysctl --write kernel.apparmor_restrict_unprivileged_userns=0; or run loopfw as root"
  },
  "github-container": {
    isThere: (s) => s.container === "docker" && s.isGitHub && isWeak(s),
    isCertain: false,
    getText: () => "a job in a container on GitHub has not the rights: in the workflow, container: { image: \u2026, options: --privileged }"
  },
  kubernetes: {
    isThere: (s) => s.container === "kubernetes" && isWeak(s),
    isCertain: false,
    getText: () => "a pod has not the rights unless it is given them: in the container's spec, securityContext: { privileged: true }; or, in the pod's, hostUsers: false and, in the container's, securityContext: { runAsUser: 0, capabilities: { add: [SYS_ADMIN, NET_ADMIN] } }"
  },
  podman: {
    isThere: (s) => s.container === "podman" && isWeak(s),
    isCertain: false,
    getText: () => "podman gives a container too few capabilities: podman run --init --cap-add SYS_ADMIN --cap-add NET_ADMIN --cap-add NET_RAW \u2026, and loopfw as root in it; or podman run --init --privileged \u2026"
  },
  docker: {
    isThere: (s) => s.container === "docker" && !s.isGitHub && isWeak(s),
    isCertain: false,
    getText: () => "Docker's default denies namespaces: docker run --init --cap-add SYS_ADMIN --cap-add NET_ADMIN \u2026, and loopfw as root in it; or as an ordinary user, docker run --init --security-opt seccomp=unconfined \u2026; or docker run --init --privileged \u2026"
  },
  capabilities: {
    isThere: ({ isRoot, container, missingCapabilities }) => isRoot && container === null && missingCapabilities.length > 0,
    isCertain: false,
    getText: ({ missingCapabilities }) => `this root lacks ${missingCapabilities.join(", ")}: run loopfw as an ordinary user, or where root has them (a systemd service: CapabilityBoundingSet=)`
  },
  seccomp: {
    isThere: ({ isFiltered }) => isFiltered,
    isCertain: false,
    getText: () => "a seccomp filter is in force (Seccomp: 2 in /proc/self/status) and may deny unshare(2): in a container, --security-opt seccomp=unconfined; in Kubernetes, securityContext: { seccompProfile: { type: Unconfined } }; in a systemd service, RestrictNamespaces=no and no SystemCallFilter= without unshare; else start loopfw outside the program that set the filter"
  }
};
var UNKNOWN = "nothing that loopfw knows of stands in the way: the kernel may be without CONFIG_USER_NS, CONFIG_PID_NS or CONFIG_NET_NS, or a security module denies it (journalctl --dmesg says which); run loopfw as root, or in a virtual machine";
function findRemedies(surroundings) {
  const there = Object.values(REMEDIES).filter((remedy) => remedy.isThere(surroundings));
  const certain = there.filter(({ isCertain }) => isCertain);
  const texts = (certain.length > 0 ? certain : there).map((remedy) => remedy.getText(surroundings));
  return texts.length > 0 ? texts : [UNKNOWN];
}
function isWeak({ isRoot, missingCapabilities }) {
  return !isRoot || missingCapabilities.length > 0;
}
function raise(setting, value, what) {
  return `${setting} is ${value}, so too few ${what} namespaces can be made: as root, in the namespace that set it or on the host, sysctl --write ${setting}=${ENOUGH}`;
}

// dist/sandbox/session-client.js
var SessionClient = class {
  #stream;
  #waiting = /* @__PURE__ */ new Map();
  /** What is asked in one go is written in one go. */
  #outgoing = /* @__PURE__ */ new Map();
  #nextId = 0;
  #lastWorker = FIRST_WORKER;
  #failure = null;
  /** Settles when the inside is ready for requests, or will never be. */
  ready;
  constructor(stream) {
    this.#stream = stream;
    this.ready = this.#waitFor(FIRST_WORKER);
    readLines(stream, (line) => this.#receive(JSON.parse(line)));
    stream.on("error", () => {
    });
  }
  request(request) {
    return this.#request(FIRST_WORKER, request);
  }
  /** Starts another worker, and gives its client when it is ready. */
  async addWorker() {
    if (this.#failure !== null) {
      throw this.#failure;
    }
    const worker = ++this.#lastWorker;
    this.#stream.write(`${worker}
`);
    await this.#waitFor(worker);
    return { request: (request) => this.#request(worker, request) };
  }
  #waitFor(worker) {
    return new Promise((resolve, reject) => this.#waiting.set(getReadyId(worker), { resolve, reject }));
  }
  #request(worker, request) {
    if (this.#failure !== null) {
      return Promise.reject(this.#failure);
    }
    const message = { id: this.#nextId++, request };
    return new Promise((resolve, reject) => {
      this.#waiting.set(message.id, { resolve, reject });
      this.#send(worker, message);
    });
  }
  #send(worker, message) {
    const others = this.#outgoing.get(worker);
    if (others !== void 0) {
      others.push(message);
      return;
    }
    const messages = [message];
    this.#outgoing.set(worker, messages);
    queueMicrotask(() => {
      this.#outgoing.delete(worker);
      this.#stream.write(`${worker} ${JSON.stringify(messages)}
`);
    });
  }
  /** Signals the program that the world runs; without one nothing happens. */
  signal(signal) {
    const message = { signal };
    this.#stream.write(`${JSON.stringify(message)}
`);
  }
  /** Whether the sandbox has ended or is not to be used any more. */
  get hasFailed() {
    return this.#failure !== null;
  }
  /** Rejects what waits, and whatever is asked from now on. The first failure counts. */
  fail(error) {
    this.#failure ??= error;
    for (const waiting of this.#waiting.values()) {
      waiting.reject(this.#failure);
    }
    this.#waiting.clear();
  }
  #receive(message) {
    if (message.type === "fatal") {
      this.fail(toError(message.failure));
      return;
    }
    const id = message.type === "ready" ? getReadyId(message.worker) : message.id;
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (message.type === "failure") {
      waiting?.reject(toError(message.failure));
    } else {
      waiting?.resolve(message.type === "reply" ? message.reply : void 0);
    }
  }
};
function getReadyId(worker) {
  return -1 - worker;
}
var ERRORS = {
  usage: UsageError,
  environment: EnvironmentError,
  internal: InternalError
};
function toError({ code, message }) {
  return new ERRORS[code](message);
}

// dist/sandbox/launch.js
var END_LIMIT_MS = 2e3;
var START_LIMIT_MS = 3e4;
var LAST_WORDS_MS = 200;
var LOG_LIMIT = 1 << 16;
async function launchSandbox(options = {}) {
  return (await startSandbox(options)).ready;
}
async function startSandbox({ terminal = false, signal } = {}) {
  const { execa } = await import("./execa-3VYBL4FS.js");
  const rootless = process.getuid?.() !== 0;
  __m("execa loaded");const child = execa(findCommand("setpriv"), makeArguments(rootless), {
    stdio: terminal ? ["inherit", "inherit", "inherit", "pipe"] : ["ignore", "ignore", "pipe", "pipe"],
    buffer: false,
    // Neither the caller's NODE_OPTIONS nor anything else that changes how a program runs.
    // Blocking clients wait in libuv's thread pool; of the four threads that it has else, the fifth client would wait for the first.
    env: { PATH: getCommandPath(), LC_ALL: "C", UV_THREADPOOL_SIZE: "64" },
    extendEnv: false,
    // The caller's own folder may be gone, or closed to the sandbox; a program wants it all the same.
    ...terminal ? {} : { cwd: "/" },
    // A process group of its own: Ctrl-C in the terminal must not reach the helpers. A program must hear of it.
    detached: !terminal,
    reject: false,
    cleanup: false
  });
  const stream = child.stdio[3];
  let log = "";
  child.stderr?.on("data", (chunk) => log = `${log}${String(chunk)}`.slice(-LOG_LIMIT));
  const session = new SessionClient(stream);
  let isReady = false;
  const ended = new Promise((resolve) => {
    child.once("exit", (exitCode, signal2) => {
      stream.destroy();
      void Promise.race([child, sleep(LAST_WORDS_MS, void 0, { ref: false })]).then(() => {
        session.fail(toError2({ exitCode, signal: signal2 }, terminal ? null : log, isReady));
        resolve();
      });
    });
  });
  const giveUp = (error) => {
    session.fail(error);
    child.kill("SIGKILL");
  };
  const abort = () => giveUp(new InternalError("aborted"));
  signal?.addEventListener("abort", abort, { once: true });
  const deadline = setTimeout(() => giveUp(new InternalError(`the sandbox was not ready after ${START_LIMIT_MS} ms`)), START_LIMIT_MS);
  const becomeReady = async () => {
    try {
      await session.ready;
      isReady = true;__m("ready");
    } catch (error) {
      throw error instanceof EnvironmentError ? new EnvironmentError(error.message, findRemedies(readSurroundings())) : error;
    } finally {
      clearTimeout(deadline);
      signal?.removeEventListener("abort", abort);
    }
    return {
      rootless,
      session,
      async end(reason = new InternalError("the sandbox was ended")) {
        session.fail(reason);
        stream.end();
        const deadline2 = setTimeout(() => child.kill("SIGKILL"), END_LIMIT_MS);
        await ended;
        clearTimeout(deadline2);
      }
    };
  };
  const ready = becomeReady();
  ready.catch(() => {
  });
  return { ready };
}
function makeArguments(rootless) {
  const options = { callersNamespace: getNetworkNamespace(), dropPrivilege: !rootless && isUnprivilegedIdMapped() };
  return [
    ...["--pdeathsig", "KILL", "--"],
    ...[findCommand("unshare"), "--net", "--pid", "--fork", "--kill-child"],
    ...rootless ? ["--user", "--map-root-user"] : [],
    ...["--", process.execPath, fileURLToPath(new URL("../sandbox/inside.js", import.meta.url)), JSON.stringify(options)]
  ];
}
function toError2({ exitCode, signal }, log, wasReady) {
  const denied = /^(setpriv|unshare): (?!sigprocmask).*$/m.exec(log ?? "");
  if (denied !== null && !wasReady) {
    return new EnvironmentError(`cannot start the sandbox: ${denied[0]}`);
  }
  if (log === null && !wasReady && signal === null) {
    return new EnvironmentError("cannot start the sandbox, for the reason given above");
  }
  const how = signal === null ? `exit code ${exitCode}` : `signal ${signal}`;
  return new InternalError(`the sandbox died (${how})${(log ?? "").trim() === "" ? "" : `: ${log?.trim()}`}`);
}

export {
  findRemedies,
  launchSandbox,
  startSandbox
};
