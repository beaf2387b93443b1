import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);

// dist/sandbox/wire.js
var SIGNAL_LINE = '{"signal":';
var FIRST_WORKER = 0;
function toFailure(error) {
  const code = error instanceof Error && "code" in error ? error.code : null;
  const message = error instanceof Error ? error.message : String(error);
  return { code: code === "environment" || code === "usage" ? code : "internal", message };
}

// dist/kernel/get-network-namespace.js
import { readlinkSync } from "node:fs";
function getNetworkNamespace() {
  return readlinkSync("/proc/thread-self/ns/net");
}

// dist/kernel/capabilities.js
var CAPABILITIES = {
  CAP_SETGID: 6,
  CAP_SETUID: 7,
  CAP_SETPCAP: 8,
  CAP_NET_BIND_SERVICE: 10,
  CAP_NET_ADMIN: 12,
  CAP_NET_RAW: 13,
  CAP_SYS_ADMIN: 21
};

// dist/kernel/read-surroundings.js
import { existsSync, readFileSync } from "node:fs";
var SETTINGS = [
  "kernel.apparmor_restrict_unprivileged_userns",
  "kernel.unprivileged_userns_clone",
  "net.core.rmem_max",
  "user.max_net_namespaces",
  "user.max_user_namespaces"
];
var NEEDED = ["CAP_SYS_ADMIN", "CAP_NET_ADMIN", "CAP_NET_RAW", "CAP_SETPCAP", "CAP_SETUID", "CAP_SETGID"];
var CONTAINERS = [
  ["kubernetes", () => process.env["KUBERNETES_SERVICE_HOST"] !== void 0],
  ["podman", () => existsSync("/run/.containerenv")],
  ["docker", () => existsSync("/.dockerenv")]
];
function readSurroundings() {
  const status = readText("/proc/self/status") ?? "";
  const effective = BigInt(`0x${readField(status, "CapEff") ?? "0"}`);
  return {
    isRoot: process.getuid?.() === 0,
    container: CONTAINERS.find(([, isIn]) => isIn())?.[0] ?? null,
    isGitHub: process.env["GITHUB_ACTIONS"] === "true",
    isFiltered: readField(status, "Seccomp") === "2",
    missingCapabilities: NEEDED.filter((name) => (effective >> BigInt(CAPABILITIES[name]) & 1n) === 0n),
    settings: Object.fromEntries(SETTINGS.map((name) => [name, readSetting(name)]))
  };
}
function readOpenFilesLimit() {
  const [, limit] = /^Max open files\s+(\d+)/m.exec(readText("/proc/self/limits") ?? "") ?? [];
  return limit === void 0 ? null : Number(limit);
}
function hasIPv6() {
  return existsSync("/proc/net/if_inet6");
}
function readSetting(name) {
  const text = readText(`/proc/sys/${name.replaceAll(".", "/")}`);
  return text === null ? null : Number(text);
}
function readField(status, name) {
  return new RegExp(`^${name}:\\s*(\\S+)`, "m").exec(status)?.[1] ?? null;
}
function readText(path) {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
}

export {
  getNetworkNamespace,
  CAPABILITIES,
  readSurroundings,
  readOpenFilesLimit,
  hasIPv6,
  SIGNAL_LINE,
  FIRST_WORKER,
  toFailure
};
