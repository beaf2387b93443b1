// In a namespace of its own: whether two ends of veths that come up after their peer can receive multicast when they are ready.
import { readFileSync } from 'node:fs';
import { addAddress } from '../../../build/kernel/network/addresses.js';
import { addVeth, bringUp, isReady } from '../../../build/kernel/network/links.js';
import { withRouteSocket } from '../../../build/kernel/network/rtnetlink.js';
import { waitForKernel } from '../../../build/kernel/network/wait.js';
import { pauseThread } from '../../../build/kernel/pause.js';

/** The kernel notices carriers once a second at the most, except where it is urgent. Right after the first end, the second is late: in half of the runs. */
const LINKWATCH_MS = 1100;

/** @param {string} name */
const hasRoute = (name) => new RegExp(`^ff000000.* ${name}$`, 'm').test(readFileSync('/proc/thread-self/net/ipv6_route', 'utf8'));

withRouteSocket((socket) => {
  for (const number of [1, 2]) {
    addVeth({ name: `early${number}` }, { name: `late${number}` }, socket);
    addAddress({ address: `2001:db8:${number}::1/64`, interface: `late${number}`, label: null }, socket);
    bringUp(`early${number}`);
  }
  pauseThread(LINKWATCH_MS);
  bringUp('late1');
  pauseThread(50);
  bringUp('late2');
  for (const name of ['late1', 'late2']) {
    waitForKernel(name, () => isReady(name, socket));
  }
  process.stdout.write(JSON.stringify(['late1', 'late2'].map(hasRoute)));
});
