// Runs the scenario on standard input in a sandbox whose world holds SYNs, and prints its result as JSON. `node held.js BACKEND`
import { readFileSync } from 'node:fs';
import { parseScenarios } from '../../../../build/input/scenario/parse.js';
import { planFault } from '../../../../build/plan/faults/plan.js';
import { parseFault } from '../../../../build/run/world/faults/parse.js';
import { runScenario } from '../../../../build/run/run-scenario.js';
import { launchSandbox } from '../../../../build/sandbox/launch.js';

const backend = process.argv[2];
const { scenarios } = parseScenarios(readFileSync(0, 'utf8'), 'input');
const { session, end } = await launchSandbox({ isAlone: true });
/** A fault that no probe touches, and that makes the world hold SYNs. */
const plans = [planFault(parseFault('host-unreachable=127.0.9.9:9'), 0)];
const withHold = {
  request(request, take) {
    const answer = session.request(request, take);
    if (request.type === 'apply') {
      session.request({ type: 'faults', plans });
    }
    return answer;
  },
};
const { result } = await runScenario(scenarios[0], { usual: backend, backend }, withHold, { patience: 'proof' });
console.log(JSON.stringify(result));
await end();
process.exit(0);
