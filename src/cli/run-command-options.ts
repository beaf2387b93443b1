import type { Patience } from '../model/plan.js';
import type { Backend } from '../model/result.js';

/** The values of the options in add-run-options. */
export interface RunCommandOptions {
  reporter?: string[];
  backend?: Backend[];
  ruleset?: string;
  patience: Patience;
  tag?: string[];
  grep?: RegExp;
  list?: boolean;
  bail?: boolean;
  jobs?: number;
  shard?: string;
  allowCommands?: boolean;
  pcap?: string;
  minCoverage?: number;
}
