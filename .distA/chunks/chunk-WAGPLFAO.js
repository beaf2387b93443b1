import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);

// dist/report/count-noun.js
function countNoun(number, noun) {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

export {
  countNoun
};
