// Makes a world, starts a program in it and does not close it. With an argument it waits to be killed, otherwise it simply ends.
import { createWorld } from '../../dist/index.js';

const [, , marker, waits] = process.argv;
const world = await createWorld({ faults: ['dropped=10.255.255.1'] });
world.agent();
const { stdout } = await world.exec('sh', ['-c', `sleep ${marker} > /dev/null 2>&1 & printenv LOOPFW_CONTROL`]);
console.log(stdout.trim());
if (waits !== undefined) {
  setInterval(() => {}, 1000);
}
