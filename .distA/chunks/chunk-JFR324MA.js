import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);

// dist/sandbox/read-lines.js
function readLines(stream, onLine) {
  let pending = [];
  stream.setEncoding("utf8");
  stream.on("data", (chunk) => {
    const parts = chunk.split("\n");
    const last = parts.pop() ?? "";
    for (const part of parts) {
      onLine(pending.join("") + part);
      pending = [];
    }
    pending.push(last);
  });
}

export {
  readLines
};
