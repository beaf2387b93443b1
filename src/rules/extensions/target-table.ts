import type { TargetExtension } from '../extension.js';
import { checksum, dscp, ecn, hl, tcpmss, tcpoptstrip, tos, ttl } from './targets/headers.js';
import { hmark } from './targets/hmark.js';
import { log, nflog } from './targets/logs.js';
import { classify, connmark, connsecmark, ct, mark, notrack } from './targets/marks.js';
import { dnat, masquerade, netmap, redirect, snat } from './targets/nat.js';
import { dnpt, snpt } from './targets/prefixes.js';
import { set } from './targets/sets.js';
import { accept, drop, reject, returnTarget, trace } from './targets/verdicts.js';

/** Every target of the rule language that is not a chain. */
export const TARGETS = {
  ACCEPT: accept,
  CHECKSUM: checksum,
  CLASSIFY: classify,
  CONNMARK: connmark,
  CONNSECMARK: connsecmark,
  CT: ct,
  DNAT: dnat,
  DNPT: dnpt,
  DROP: drop,
  DSCP: dscp,
  ECN: ecn,
  HL: hl,
  HMARK: hmark,
  LOG: log,
  MARK: mark,
  MASQUERADE: masquerade,
  NETMAP: netmap,
  NFLOG: nflog,
  NOTRACK: notrack,
  REDIRECT: redirect,
  REJECT: reject,
  RETURN: returnTarget,
  SET: set,
  SNAT: snat,
  SNPT: snpt,
  TCPMSS: tcpmss,
  TCPOPTSTRIP: tcpoptstrip,
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
