import type { IpRuleSpec } from '../../model/scenario.js';
import { type AttributeList, makeInt, makeText } from '../netlink/message.js';
import { ADDRESS_FAMILIES } from '../socket-constants.js';
import { parsePrefix } from '../sockets/address.js';
import type { RouteSocket } from './rtnetlink.js';

// linux/fib_rules.h
const RTM_NEWRULE = 32;
const HEADER_SIZE = 12;
const FRA_DST = 1;
const FRA_SRC = 2;
const FRA_IIFNAME = 3;
const FRA_PRIORITY = 6;
const FRA_FWMARK = 10;
const FRA_TABLE = 15;
const FRA_FWMASK = 16;
const FRA_OIFNAME = 17;
const FIB_RULE_INVERT = 2;
const ACTIONS: Record<IpRuleSpec['action']['kind'], number> = { lookup: 1, blackhole: 6, unreachable: 7, prohibit: 8 };

/** Adds a rule for routing to the calling thread's network namespace, as `ip rule add` does (ip-rule(8)). @throws KernelRefusal */
export function addIpRule(rule: IpRuleSpec, socket: RouteSocket): void {
  const { family, isInverted, source, destination, inInterface, outInterface, mark, priority, action } = rule;
  const header = Buffer.alloc(HEADER_SIZE);
  header.writeUInt8(ADDRESS_FAMILIES[family], 0);
  header.writeUInt8(ACTIONS[action.kind], 7);
  header.writeUInt32LE(isInverted ? FIB_RULE_INVERT : 0, 8);
  const attributes: AttributeList = [];
  for (const [prefix, type, place] of [
    [destination, FRA_DST, 1],
    [source, FRA_SRC, 2],
  ] as const) {
    if (prefix !== null) {
      const { bytes, length } = parsePrefix(prefix);
      header.writeUInt8(length, place);
      attributes.push([type, bytes]);
    }
  }
  for (const [name, type] of [
    [inInterface, FRA_IIFNAME],
    [outInterface, FRA_OIFNAME],
  ] as const) {
    if (name !== null) {
      attributes.push([type, makeText(name)]);
    }
  }
  if (mark !== null) {
    attributes.push([FRA_FWMARK, makeInt(mark.value | 0)], [FRA_FWMASK, makeInt(mark.mask | 0)]);
  }
  if (priority !== null) {
    attributes.push([FRA_PRIORITY, makeInt(priority | 0)]);
  }
  if (action.kind === 'lookup') {
    attributes.push([FRA_TABLE, makeInt(action.table | 0)]);
  }
  socket.add(RTM_NEWRULE, header, attributes);
}
