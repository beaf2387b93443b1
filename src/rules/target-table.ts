import type { TargetExtension } from './extension.js';
import { checksum } from './targets/checksum.js';
import { classify } from './targets/classify.js';
import { connmark } from './targets/connmark.js';
import { ct, notrack } from './targets/ct.js';
import { dscp } from './targets/dscp.js';
import { ecn } from './targets/ecn.js';
import { hl } from './targets/hl.js';
import { log } from './targets/log.js';
import { mark } from './targets/mark.js';
import { dnat, masquerade, redirect, snat } from './targets/nat.js';
import { netmap } from './targets/netmap.js';
import { nflog } from './targets/nflog.js';
import { reject } from './targets/reject.js';
import { tcpmss } from './targets/tcpmss.js';
import { tos } from './targets/tos.js';
import { trace } from './targets/trace.js';
import { ttl } from './targets/ttl.js';
import { accept, drop, returnTarget } from './targets/verdicts.js';

/** Every target of the rule language that is not a chain. */
export const TARGETS = {
  ACCEPT: accept,
  CHECKSUM: checksum,
  CLASSIFY: classify,
  CONNMARK: connmark,
  CT: ct,
  DNAT: dnat,
  DROP: drop,
  DSCP: dscp,
  ECN: ecn,
  HL: hl,
  LOG: log,
  MARK: mark,
  MASQUERADE: masquerade,
  NETMAP: netmap,
  NFLOG: nflog,
  NOTRACK: notrack,
  REDIRECT: redirect,
  REJECT: reject,
  RETURN: returnTarget,
  SNAT: snat,
  TCPMSS: tcpmss,
  TOS: tos,
  TRACE: trace,
  TTL: ttl,
} satisfies Record<string, TargetExtension>;

/**
 * A Map, because V8 must intern a string before it looks up a property of that name. This is slow for a string that was just cut out of a
 * text.
 */
const BY_NAME = new Map<string, TargetExtension>(Object.entries(TARGETS));

export function getTarget(name: string): TargetExtension | null {
  return BY_NAME.get(name) ?? null;
}
