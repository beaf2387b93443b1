import type { TARGETS } from '../../rules/extensions/target-table.js';
import type { TargetModel } from '../rule/action.js';
import { dscp, hl, tcpmss, tcpoptstrip, tos, ttl } from './headers.js';
import { connmark, ct, hmark, mark, notrack } from './marks.js';
import { dnat, masquerade, netmap, redirect, snat } from './nat.js';
import { dnpt, snpt } from './prefixes.js';
import { set } from './sets.js';
import { accept, drop, harmless, reject, returnTarget } from './verdicts.js';

/** What each target of the rule language does with a packet. No client asks for ECN, so ECN has nothing to remove. */
export const TARGET_MODELS: Record<keyof typeof TARGETS, TargetModel> = {
  ACCEPT: accept,
  CHECKSUM: harmless,
  CLASSIFY: harmless,
  CONNMARK: connmark,
  CONNSECMARK: harmless,
  CT: ct,
  DNAT: dnat,
  DNPT: dnpt,
  DROP: drop,
  DSCP: dscp,
  ECN: harmless,
  HL: hl,
  HMARK: hmark,
  LOG: harmless,
  MARK: mark,
  MASQUERADE: masquerade,
  NETMAP: netmap,
  NFLOG: harmless,
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
  TRACE: harmless,
  TTL: ttl,
};
