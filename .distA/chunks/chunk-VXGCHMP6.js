import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);
import {
  EnvironmentError
} from "./chunk-PBR43GQL.js";

// dist/kernel/find-command.js
import { accessSync, constants } from "node:fs";
import { join } from "node:path";
var SYSTEM_FOLDERS = ["/usr/sbin", "/sbin", "/usr/local/sbin", "/usr/bin", "/bin"];
var PACKAGES = {
  "iptables-nft-restore": "iptables",
  "iptables-nft-save": "iptables",
  "ip6tables-nft-restore": "iptables",
  "ip6tables-nft-save": "iptables",
  "iptables-legacy-restore": "iptables",
  "iptables-legacy-save": "iptables",
  "ip6tables-legacy-restore": "iptables",
  "ip6tables-legacy-save": "iptables",
  nft: "nftables",
  setpriv: "util-linux",
  unshare: "util-linux"
};
function getCommandPath() {
  return [.../* @__PURE__ */ new Set([...(process.env["PATH"] ?? "").split(":"), ...SYSTEM_FOLDERS])].filter((folder) => folder.startsWith("/")).join(":");
}
function findCommand(name) {
  const path = lookUp(name);
  if (path === null) {
    throw new EnvironmentError(`${name} is not in PATH, /usr/sbin or /sbin: ${adviseToInstall(name)}`);
  }
  return path;
}
function hasCommand(name) {
  return lookUp(name) !== null;
}
function adviseToInstall(name) {
  return `install the package ${PACKAGES[name]} (Debian: apt-get install ${PACKAGES[name]})`;
}
function lookUp(name) {
  for (const folder of getCommandPath().split(":")) {
    const path = join(folder, name);
    try {
      accessSync(path, constants.X_OK);
      return path;
    } catch {
    }
  }
  return null;
}

// dist/kernel/unprivileged-id.js
var UNPRIVILEGED_ID = 60999;
function explainUser() {
  const isOther = process.getuid?.() === UNPRIVILEGED_ID;
  return isOther ? `: where loopfw runs as root, a scenario's program runs as user ${UNPRIVILEGED_ID}, to whom what is root's alone is closed` : "";
}

export {
  getCommandPath,
  findCommand,
  hasCommand,
  adviseToInstall,
  UNPRIVILEGED_ID,
  explainUser
};
