import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);globalThis.__m=(l)=>{try{require('node:fs').appendFileSync('/tmp/p/marks',(performance.timeOrigin+performance.now()).toFixed(1)+' '+l+'\n')}catch{}};
import {
  assertReadOnce
} from "./chunk-O2GIKVHM.js";
import {
  catchSignals,
  parseReporters
} from "./chunk-TKRXHJGD.js";
import {
  assertWritable,
  writeOwnWhole
} from "./chunk-ACYNNIX4.js";
import "./chunk-XYBDU37T.js";
import {
  countNoun
} from "./chunk-WAGPLFAO.js";
import "./chunk-FB3AVYQH.js";
import "./chunk-XVINQOOH.js";
import {
  startSandbox
} from "./chunk-QGEKNBS5.js";
import "./chunk-JFR324MA.js";
import "./chunk-VXGCHMP6.js";
import "./chunk-ATPREQCW.js";
import {
  InternalError,
  UsageError
} from "./chunk-PBR43GQL.js";
import {
  makeHarmless
} from "./chunk-43F4W77O.js";
import "./chunk-LL3SQHP3.js";

// dist/cli/capture-writer.js
import { access, constants, mkdir } from "node:fs/promises";
import { basename, extname, join } from "node:path";
var LONGEST_STEM_BYTES = 180;
var REASONS = {
  EACCES: "permission denied",
  EEXIST: "it is a file",
  ENOTDIR: "a part of the path is no folder",
  EROFS: "its file system is read-only"
};
var CaptureWriter = class _CaptureWriter {
  #folder;
  #names = /* @__PURE__ */ new Set();
  #files = [];
  #failure = null;
  constructor(folder) {
    this.#folder = folder;
  }
  /**
   * Makes the folder, if it is not there.
   * @throws UsageError where nothing can be written into it
   */
  static async make(folder) {
    if (folder === "") {
      throw new UsageError("--pcap: the folder's name is missing");
    }
    try {
      await mkdir(folder, { recursive: true });
      await access(folder, constants.W_OK | constants.X_OK);
    } catch (error) {
      throw new UsageError(`--pcap: nothing can be written into ${folder}: ${describe(error)}`);
    }
    return new _CaptureWriter(folder);
  }
  /** Names the files of all runs, in their order: they may come in another. */
  expect(runs) {
    this.#files = runs.map(({ scenario: { name, file }, backend }) => join(this.#folder, this.#takeName({ file, name, backend })));
  }
  /**
   * What cannot be written does not end the run: assertWritten() tells.
   * @param place among those that were expected
   */
  async write({ pcap, isCut, missing }, place) {
    const file = this.#files[place];
    if (file === void 0) {
      throw new InternalError("packets came of a scenario that nobody has expected");
    }
    await writeOwnWhole(file, pcap).catch((error) => this.#failure ??= error);
    if (isCut) {
      warn(`${file} ends before the last packet: it would be larger than 64 MiB`);
    }
    if (missing > 0) {
      warn(`${file} lacks ${countNoun(missing, "packet")}, which came faster than they could be read`);
    }
  }
  /** @throws UsageError the first of what went wrong */
  assertWritten() {
    if (this.#failure !== null) {
      throw this.#failure;
    }
  }
  /** By file, scenario and back end; a number where two would have the same. */
  #takeName({ file, name, backend }) {
    const stem = toSlug(`${basename(file, extname(file))}-${name}`);
    for (let number = 1; ; number++) {
      const own = `${[stem, ...number === 1 ? [] : [number]].join("-")}.${backend}.pcap`;
      if (!this.#names.has(own)) {
        this.#names.add(own);
        return own;
      }
    }
  }
};
function toSlug(text) {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  const bytes = Buffer.from(words.join("-")).subarray(0, LONGEST_STEM_BYTES);
  return bytes.toString().replace(/\uFFFD$/, "");
}
function describe(error) {
  const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
  return REASONS[code] ?? code;
}
function warn(message) {
  process.stderr.write(`loopfw: ${makeHarmless(message)}
`);
}

// dist/cli/run.js
async function runCommand(paths, options, hasColors) {
  const requests = parseReporters(options.reporter ?? [], process.env);
  assertReadOnce(paths, options.ruleset);
  if (options.list) {
    const { listSelected } = await import("./run-selected-SDFIF6CY.js");
    return await listSelected(paths, options);
  }
  await assertWritable(requests);
  const captures = options.pcap === void 0 ? null : await CaptureWriter.make(options.pcap);
  const signals = catchSignals();
  try {
    __m("run loaded");const starting = startSandbox({ signal: signals.aborted });
    const launching = starting.then(({ ready }) => ready);
    launching.catch(() => {
    });
    await starting.catch(() => {
    });
    __m("spawned");const { runSelected } = await import("./run-selected-SDFIF6CY.js");
    __m("run-selected loaded");return await runSelected({ paths, options, requests, hasColors, captures, signals, launching });
  } finally {
    signals.release();
  }
}
export {
  runCommand
};
