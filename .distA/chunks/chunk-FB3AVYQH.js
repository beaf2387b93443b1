import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);

// dist/report/wrap.js
var WIDTH = 110;
function wrap(text, indent) {
  const lines = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && line.length + 1 + word.length > WIDTH) {
      lines.push(line);
      line = word;
    } else {
      line = line === "" ? word : `${line} ${word}`;
    }
  }
  return [...lines, line].map((part) => indent + part).join("\n");
}

export {
  WIDTH,
  wrap
};
