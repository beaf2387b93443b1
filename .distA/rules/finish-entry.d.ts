import type { Entry } from '../model/rule.js';
import type { Draft } from './draft.js';
/** Checks what can only be known at the end, and expands lists of addresses as iptables does. */
export declare function finishEntry(draft: Draft): Entry;
