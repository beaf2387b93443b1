import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);

// dist/report/paint.js
import { styleText } from "node:util";
var style = styleText;
var STATUSES = {
  passed: { mark: "\u2714", format: "green" },
  failed: { mark: "\u2716", format: "red" },
  inconclusive: { mark: "?", format: "yellow" },
  error: { mark: "!", format: "magenta" }
};
function getMark(status) {
  return STATUSES[status].mark;
}
function makePaint(color) {
  const paint = (format, text) => color ? style(format, text, { validateStream: false }) : text;
  return {
    bold: (text) => paint("bold", text),
    dim: (text) => paint("dim", text),
    fail: (text) => paint("red", text),
    warn: (text) => paint("yellow", text),
    mark: (status) => paint(STATUSES[status].format, getMark(status)),
    status: (status, text = status) => paint(STATUSES[status].format, text)
  };
}

export {
  getMark,
  makePaint
};
