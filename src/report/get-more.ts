import type { ProbeResult } from '../model/result.js';

/** The command that explains a probe that did not pass: its cause if it failed, otherwise its status. */
export function getMore({ status, cause }: Pick<ProbeResult, 'status' | 'cause'>): string {
  return `loopfw explain ${status === 'failed' && cause !== null ? cause : status}`;
}
