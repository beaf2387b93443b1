#!/usr/bin/env node
// Imported late, so that the bundle keeps this file apart from what it calls: relative URLs are one folder below dist.
const { main } = await import('./cli/main.js');

const exitCode = await main(process.argv.slice(2));
// Not process.exit(): it would cut a report off in a pipe at 64 KiB. What failed meanwhile (a full disk) has set a code already.
process.exitCode = Math.max(exitCode, Number(process.exitCode ?? 0));

export {};
