import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);

// dist/report/make-harmless.js
var HARMFUL = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;
function makeHarmless(text) {
  return text.replace(HARMFUL, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}

export {
  makeHarmless
};
