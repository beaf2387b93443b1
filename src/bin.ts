#!/usr/bin/env node
import { main } from './cli/main.js';

// Not process.exit(): it would cut a report off in a pipe at 64 KiB.
process.exitCode = await main(process.argv.slice(2));
