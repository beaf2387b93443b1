import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);
import {
  REPORTERS
} from "./chunk-XYBDU37T.js";
import {
  UsageError
} from "./chunk-PBR43GQL.js";

// dist/cli/write-reports.js
import { access, constants } from "node:fs/promises";
import { dirname } from "node:path";

// dist/cli/write-whole.js
import { chmod, realpath, rename, rm, stat, writeFile } from "node:fs/promises";
async function writeWhole(file, content) {
  try {
    const target = await realpath(file).catch(() => file);
    const known = await stat(target).catch(() => null);
    if (known !== null && !known.isFile()) {
      await writeFile(target, content);
    } else {
      await replace(target, content, known?.mode ?? null);
    }
  } catch (error) {
    throw new UsageError(`cannot write ${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
async function writeOwnWhole(file, content) {
  try {
    await replace(file, content, null);
  } catch (error) {
    throw new UsageError(`cannot write ${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
async function replace(target, content, mode) {
  const beside = `${target}.${process.pid}.tmp`;
  try {
    await writeFile(beside, content, { flag: "wx" });
    if (mode !== null) {
      await chmod(beside, mode & 4095);
    }
    await rename(beside, target);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
}

// dist/cli/write-reports.js
async function assertWritable(requests) {
  for (const { file } of requests) {
    const folder = dirname(file ?? ".");
    await access(folder, constants.W_OK | constants.X_OK).catch(() => {
      if (file !== null && !file.startsWith("/dev/")) {
        throw new UsageError(`cannot write ${file}: the folder ${folder} is not there or may not be written to`);
      }
    });
  }
}
async function writeReports(result, requests, hasColors) {
  const tapVersion = process.env["TAP_VERSION"] === "13" ? 13 : 14;
  const failures = [];
  for (const { name, file } of requests) {
    const text = REPORTERS[name](result, { color: file === null && hasColors, tapVersion });
    if (file === null) {
      process.stdout.write(text);
    } else {
      await writeWhole(file, text).catch((error) => failures.push(error));
    }
  }
  if (failures.length > 0) {
    throw failures[0];
  }
}

export {
  writeOwnWhole,
  assertWritable,
  writeReports
};
