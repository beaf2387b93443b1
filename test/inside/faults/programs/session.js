// Faults in the world of a sandbox, one of which nft refuses. Prints what each request is answered, as JSON.
import { planFault } from '../../../../build/plan/faults/plan.js';
import { parseFault } from '../../../../build/run/world/faults/parse.js';
import { launchSandbox } from '../../../../build/sandbox/launch.js';

const plan = (text, id) => planFault(parseFault(text), id);
const bad = plan('refused=10.9.9.7:80', 2);
const REQUESTS = [
  { type: 'open', world: null, servers: [], isSandboxsOwn: true },
  { type: 'faults', plans: [plan('dropped=10.9.9.9:80', 1)] },
  { type: 'faults', plans: [{ ...bad, put: [...bad.put, 'add rule inet loopfw_faults f2 nonsense'] }] },
  { type: 'fault-hits' },
  { type: 'faults', plans: [plan('refused=10.9.9.8:80', 3)] },
  { type: 'heal', ids: [1] },
  { type: 'fault-hits' },
  { type: 'close' },
];

const { session, end } = await launchSandbox({ isAlone: true, program: 'weak' });
const answers = [];
for (const request of REQUESTS) {
  answers.push(await session.request(request).catch(({ message }) => message));
}
console.log(JSON.stringify(answers));
await end();
process.exit(0);
