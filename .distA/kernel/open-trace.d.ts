import type { Backend } from '../model/result.js';
import type { TraceReader } from './trace-reader.js';
/** Starts to read what the kernel traces in the calling thread's network namespace. */
export declare function openTrace(backend: Backend): TraceReader;
