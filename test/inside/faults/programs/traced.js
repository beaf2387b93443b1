// Runs the scenario on standard input under faults, and prints its result as JSON. The faults begin with the first rule set, or with the
// phase of that number. `node traced.js BACKEND PHASE FAULT…`
import { readFileSync } from 'node:fs';
import { parseScenarios } from '../../../../build/input/scenario/parse.js';
import { planFault } from '../../../../build/plan/faults/plan.js';
import { parseFault } from '../../../../build/run/world/faults/parse.js';
import { runScenario } from '../../../../build/run/run-scenario.js';
import { launchSandbox } from '../../../../build/sandbox/launch.js';

const [, , backend, phase, ...faults] = process.argv;
const { scenarios, diagnostics } = parseScenarios(readFileSync(0, 'utf8'), 'input');
diagnostics.forEach(({ message }) => console.error(message));
const { session, end } = await launchSandbox({ isAlone: true });
const plans = faults.map((fault, id) => planFault(parseFault(fault), id));
let applied = 0;
const withFaults = {
  request(request, take) {
    const answer = session.request(request, take);
    if (request.type === 'apply' && applied++ === Number(phase)) {
      session.request({ type: 'faults-begin' });
      session.request({ type: 'faults', plans });
    }
    return answer;
  },
};
const { result } = await runScenario(scenarios[0], { usual: backend, backend }, withFaults, { patience: 'proof' });
console.log(JSON.stringify(result));
await end();
process.exit(0);
