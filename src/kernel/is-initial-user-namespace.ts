import { readFileSync } from 'node:fs';

/** Whether root here is the machine's root (user_namespaces(7)). In another user namespace root is an ordinary user already. */
export function isInitialUserNamespace(): boolean {
  return /^\s*0\s+0\s+4294967295\s*$/.test(readFileSync('/proc/self/uid_map', 'utf8'));
}
