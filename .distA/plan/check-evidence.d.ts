import type { ClosingEvidence } from '../model/evidence.js';
import type { Firewall } from '../model/plan.js';
import type { CheckedEvidence } from './checked-evidence.js';
/** Holds what the kernel says in the end against the plan, and its counters against the trace. */
export declare function checkEvidence(firewalls: Firewall[], evidence: ClosingEvidence): CheckedEvidence;
