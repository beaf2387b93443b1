// In a namespace of its own: more traced packets than the trace socket's buffer holds, none read meanwhile.
import { connect } from 'node:net';
import { bringUp } from '../../../build/kernel/network/links.js';
import { assertOutsideNetworkNamespace } from '../../../build/kernel/network/namespace-name.js';
import { ChildLedger } from '../../../build/kernel/process/children.js';
import { CommandRunner } from '../../../build/kernel/process/run-command.js';
import { openTrace } from '../../../build/kernel/trace/open.js';

const [callers = '', connections] = process.argv.slice(2);
if (callers === '') {
  throw new Error('say whose network namespace this must not be');
}
assertOutsideNetworkNamespace(callers);
bringUp('lo');
new CommandRunner(new ChildLedger()).feed('iptables-nft-restore', [], '*raw\n-A OUTPUT -j TRACE\nCOMMIT\n');
const trace = openTrace('nft');
for (let done = 0; done < Number(connections); done++) {
  await new Promise((resolve) => connect({ host: '127.0.0.2', port: 9 }).on('error', resolve));
}
const { events, lost } = trace.drain();
console.log(JSON.stringify({ events: events.length, lost }));
