#!/usr/bin/env node
import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);globalThis.__m=(l)=>{try{require('node:fs').appendFileSync('/tmp/p/marks',(performance.timeOrigin+performance.now()).toFixed(1)+' '+l+'\n')}catch{}};

// dist/bin.js
__m("bin start (origin "+performance.timeOrigin.toFixed(1)+")");var { main } = await import("./chunks/main-VKN5OMOH.js");
__m("main loaded");var exitCode = await main(process.argv.slice(2));
__m("main done");process.on("exit",()=>__m("exit"));process.exitCode = Math.max(exitCode, Number(process.exitCode ?? 0));
