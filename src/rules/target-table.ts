import type { TargetExtension } from './extension.js';
import { reject } from './targets/reject.js';
import { trace } from './targets/trace.js';
import { accept, drop, returnTarget } from './targets/verdicts.js';

export type TargetName = 'ACCEPT' | 'DROP' | 'REJECT' | 'RETURN' | 'TRACE';

/** Every target of the rule language that is not a chain. */
export const TARGETS = {
  ACCEPT: accept,
  DROP: drop,
  REJECT: reject,
  RETURN: returnTarget,
  TRACE: trace,
} satisfies Record<TargetName, TargetExtension>;

export function getTarget(name: string): TargetExtension | null {
  return Object.hasOwn(TARGETS, name) ? TARGETS[name as TargetName] : null;
}
