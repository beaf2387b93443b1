import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);

// dist/run/get-version.js
import { readFileSync } from "node:fs";
function getVersion() {
  const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
  return version;
}

export {
  getVersion
};
