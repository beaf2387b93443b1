/** The world of loopfw that this program runs in: its faults, rules, probes and servers. For tests under `loopfw exec -- COMMAND`. */
export { connect, ControlRequestError, type AskedProbe, type RunningFault, type WorldControl } from './run/world/control/client.js';
export type { FaultInWorld, ServerInWorld } from './run/world/control-types.js';
export type { ProbeResult, RuleResult } from './model/result.js';
export type { JourneyInWorld } from './run/world/journey.js';
