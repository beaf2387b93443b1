// Loaded first into the processes of a run (node --require). Writes V8's compiled code of each script into the folder LOOPFW_RECORD: the
// functions that the process has used so far.
const { ftruncateSync, openSync, writeFileSync, writeSync } = require('node:fs');
const { basename, join } = require('node:path');
const { setFlagsFromString } = require('node:v8');
const vm = require('node:vm');

/** The inside ends without notice, so each process writes again and again. */
const WRITE_AGAIN_MS = 100;

const folder = process.env.LOOPFW_RECORD;
const recorded = [];

// Otherwise V8 throws away the code of functions that have not run for some time.
setFlagsFromString('--no-flush-bytecode');

/** Compiles anew, function by function. The file is opened before the inside gives up the right to write it. */
vm.Script = class extends vm.Script {
  constructor(text, { filename }) {
    super(text, { filename });
    const file = openSync(join(folder, `${basename(filename)}.${process.versions.v8}-${process.arch}`), 'w');
    recorded.push({ script: this, file });
  }
};

function write() {
  // Restores the default option. V8 accepts compiled code only if its options are those that were set when the code was written.
  setFlagsFromString('--flush-bytecode');
  for (const { script, file } of recorded) {
    const code = script.createCachedData();
    ftruncateSync(file);
    writeSync(file, code, 0, code.length, 0);
  }
  setFlagsFromString('--no-flush-bytecode');
}

setInterval(write, WRITE_AGAIN_MS).unref();
process.on('exit', write);

// The inside is started as process.execPath, with an environment of its own.
const launcher = join(folder, 'node');
if (!process.argv[1].endsWith('pid1.js')) {
  writeFileSync(launcher, `#!/bin/sh\nLOOPFW_RECORD='${folder}' exec '${process.execPath}' --require '${__filename}' "$@"\n`, {
    mode: 0o755,
  });
  process.execPath = launcher;
}
