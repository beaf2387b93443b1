import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);
import {
  SystemCallError,
  call
} from "./chunk-Z7H4GLYA.js";
import {
  EnvironmentError
} from "./chunk-PBR43GQL.js";

// dist/kernel/network-namespace.js
import { openSync } from "node:fs";
var CLONE_NEWNET = 1073741824;
function enterNewNetworkNamespace() {
  try {
    call("unshare", CLONE_NEWNET);
  } catch (error) {
    if (error instanceof SystemCallError) {
      throw new EnvironmentError(`cannot make a network namespace: ${error.message}`);
    }
    throw error;
  }
}
function openNetworkNamespace() {
  return openSync("/proc/thread-self/ns/net", "r");
}
function enterNetworkNamespace(descriptor) {
  call("setns", descriptor, CLONE_NEWNET);
}

export {
  enterNewNetworkNamespace,
  openNetworkNamespace,
  enterNetworkNamespace
};
