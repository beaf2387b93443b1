// Runs a program in a world of its own, as `loopfw exec` does, and prints the journeys of its connections as JSON: those that are known when
// it has ended. `node journeys.js '{ "faults": [], "scenario": null, "backend": "nft", "probe": null }' COMMAND…`
import { parseScenarios } from '../../../../build/input/scenario/parse.js';
import { planFault } from '../../../../build/plan/faults/plan.js';
import { makePlan } from '../../../../build/plan/plan.js';
import { parseFault } from '../../../../build/run/world/faults/parse.js';
import { launchSandbox } from '../../../../build/sandbox/launch.js';
import { listCallersDescriptors } from '../../../../build/sandbox/program/descriptors.js';
import { startProgram } from '../../../../build/sandbox/program/start.js';

const [, , options, command, ...args] = process.argv;
const { faults = [], scenario = null, backend = 'nft', allowsNetAdmin = false, probes = false } = JSON.parse(options);
const descriptors = listCallersDescriptors();
const { session, end, namespaces } = await launchSandbox({ isAlone: true, program: allowsNetAdmin ? 'strong' : 'weak' });
const plan = scenario === null ? null : makePlan(parseScenarios(JSON.stringify(scenario), 'input').scenarios[0], backend, 'proof');
const requests = [
  { type: 'open', world: plan?.world ?? null, servers: plan?.servers ?? [], isSandboxsOwn: true },
  ...(plan?.phases[0]?.ruleSet ? [{ type: 'apply', ruleSet: plan.phases[0].ruleSet }] : []),
  { type: 'faults', plans: faults.map((fault, id) => planFault(parseFault(fault), id)) },
  ...(probes
    ? [
        { type: 'control', probes: plan.phases[0].flows.flatMap((flow) => flow.probes) },
        ...plan.phases[0].flows.map((flow) => ({ type: 'probe', first: flow.probes[0].index, count: flow.probes.length, pace: flow.pace })),
      ]
    : []),
];
try {
  for (const request of requests) {
    await session.request(request);
  }
  const running = await startProgram({ command, args, env: process.env }, namespaces, descriptors);
  session.request({ type: 'faults-begin' });
  const { exitCode, problem } = await running.ended;
  const { journeys, next } = await session.request({ type: 'journeys', since: 0 });
  const text = `${JSON.stringify({ exitCode, problem, journeys, next })}\n`;
  await new Promise((resolve) => process.stdout.write(text, resolve));
  await session.request({ type: 'close' });
} finally {
  await end();
}
process.exit(0);
