// Which of the scenario's routing rules (ip-rule(8)) refused a packet. The kernel's errno is that of a refusing route, or of none: a rule
// that is "unreachable" says ENETUNREACH (fib4_rule_action in net/ipv4/fib_rules.c, fib6_rule_action in net/ipv6/fib6_rules.c).
import ipaddr from 'ipaddr.js';
import type { RoutingReason } from '../../model/kernel/routing.js';
import type { IpRuleSpec, RouteSpec } from '../../model/scenario.js';
import { isSameFamily } from '../../words/addresses.js';
import type { Routed } from './reason.js';

/** The routing of a scenario's world. */
export interface RoutingPolicy {
  ipRules: IpRuleSpec[];
  routes: RouteSpec[];
}

/** The action of a rule that has the errno of a reason. */
const ACTIONS: Partial<Record<RoutingReason['kind'], IpRuleSpec['action']['kind']>> = {
  'no-route': 'unreachable',
  prohibit: 'prohibit',
  blackhole: 'blackhole',
};

/**
 * The same reason, with the rule that refused the packet if one did. A route of the same type may have refused it before: then the reason
 * has both. With no rule it is as before.
 * @param device the interface by which the packet came in; null if this host sends it
 */
export function nameRules(reason: RoutingReason, routed: Routed, device: string | null, { ipRules, routes }: RoutingPolicy): RoutingReason {
  const action = ACTIONS[reason.kind];
  const rules = ipRules.filter((rule) => rule.action.kind === action && isFor(rule, routed, device ?? 'lo'));
  // Where a rule is "unreachable" for a packet, the kernel never comes to the end of the rules, which says ENETUNREACH too.
  const refusing = routes.filter(({ type, prefix }) => type === action && type !== 'unreachable' && isIn(routed.destination, prefix));
  const entries = [...rules.map(({ text }) => `rule "${text}" of ipRules`), ...refusing.map(({ text }) => `route "${text}"`)];
  return rules.length === 0 ? reason : { kind: 'policy', entries };
}

/** Whether a rule is for a packet (fib_rule_match in net/core/fib_rules.c). No packet has the outgoing interface when its route is asked. */
function isFor(rule: IpRuleSpec, { family, source, destination, mark }: Routed, device: string): boolean {
  const isMatch =
    (rule.source === null || isIn(source, rule.source)) &&
    (rule.destination === null || isIn(destination, rule.destination)) &&
    (rule.inInterface === null || rule.inInterface === device) &&
    rule.outInterface === null &&
    (rule.mark === null || ((mark ^ rule.mark.value) & rule.mark.mask) === 0);
  return rule.family === family && isMatch !== rule.isInverted;
}

function isIn(address: string, prefix: string): boolean {
  return isSameFamily(address, prefix) && ipaddr.parse(address).match(ipaddr.parseCIDR(prefix));
}
