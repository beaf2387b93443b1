// In a namespace of its own, whose network 192.0.2.0/24 is behind an interface: what a fault at an address there is answered.
import { setTimeout as sleep } from 'node:timers/promises';
import { Faults } from '../../../../build/inside/faults/faults.js';
import { addAddress } from '../../../../build/kernel/network/addresses.js';
import { addVeth, bringUp } from '../../../../build/kernel/network/links.js';
import { withRouteSocket } from '../../../../build/kernel/network/rtnetlink.js';
import { ChildLedger } from '../../../../build/kernel/process/children.js';
import { CommandRunner } from '../../../../build/kernel/process/run-command.js';
import { planFault } from '../../../../build/plan/faults/plan.js';
import { parseFault } from '../../../../build/run/world/faults/parse.js';
import { LO_ALONE } from './lo-alone.js';

bringUp('lo');
withRouteSocket((socket) => {
  addVeth({ name: 'eth0' }, { name: 'peer' }, socket);
  addAddress({ address: '192.0.2.1/24', interface: 'eth0', label: null }, socket);
});
bringUp('eth0');
bringUp('peer');
await sleep(50);
const faults = new Faults(new CommandRunner(new ChildLedger()), LO_ALONE);
const said = process.argv.slice(2).map((text, id) => {
  try {
    faults.add([planFault(parseFault(text), id)]);
    return null;
  } catch (error) {
    return `${error.name}: ${error.message}`;
  }
});
await faults.close();
console.log(JSON.stringify(said));
process.exit(0);
