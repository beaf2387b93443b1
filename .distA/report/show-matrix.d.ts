import type { ProbeResult } from '../model/result.js';
import type { Paint } from './paint.js';
/** A truth table: a row for each client, a column for each server, in each cell what was seen. A wide one is shown in parts. */
export declare function showMatrix(probes: ProbeResult[], indent: string, paint: Paint): string[];
