import type { CommandRunner } from '../kernel/run-command.js';
import type { Backend } from '../model/result.js';
/** What the iptables of a back end says of its version: "v1.8.9 (nf_tables)". @throws as CommandRunner.run() does */
export declare function readIptablesVersion(backend: Backend, commands: CommandRunner): Promise<string | null>;
