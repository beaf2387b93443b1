import type { TARGETS } from '../../rules/extensions/target-table.js';
import type { TargetModel } from '../rule/action.js';
import { dscp, hl, tcpmss, tos, ttl } from './headers.js';
import { connmark, ct, mark, notrack } from './marks.js';
import { dnat, masquerade, netmap, redirect, snat } from './nat.js';
import { set } from './sets.js';
import { accept, drop, harmless, reject, returnTarget, unmodelled } from './verdicts.js';

/** What each target of the rule language does with a packet. No client asks for ECN, so ECN has nothing to remove. */
export const TARGET_MODELS: Record<keyof typeof TARGETS, TargetModel> = {
  ACCEPT: accept,
  CHECKSUM: harmless,
  CLASSIFY: harmless,
  CONNMARK: connmark,
  CONNSECMARK: harmless,
  CT: ct,
  DNAT: dnat,
  DNPT: unmodelled('DNPT'),
  DROP: drop,
  DSCP: dscp,
  ECN: harmless,
  HL: hl,
  HMARK: unmodelled('HMARK'),
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
  SNPT: unmodelled('SNPT'),
  TCPMSS: tcpmss,
  TCPOPTSTRIP: unmodelled('TCPOPTSTRIP'),
  TOS: tos,
  TRACE: harmless,
  TTL: ttl,
};
