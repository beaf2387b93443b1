// In a namespace of its own: a UDP port that another thread holds for a moment, and one that it holds for good.
import { Worker } from 'node:worker_threads';
import { bindSocket, makeUdpSocket } from '../../../build/kernel/sockets/address.js';

const HOLDER = `
  const { createSocket } = require('node:dgram');
  const { parentPort } = require('node:worker_threads');
  const [brief, lasting] = [createSocket('udp4'), createSocket('udp4')];
  lasting.bind(5001, '127.0.0.1', () => brief.bind(5000, '127.0.0.1', () => parentPort.postMessage('held')));
  parentPort.once('message', () => setTimeout(() => brief.close(), 100));
`;

const holder = new Worker(HOLDER, { eval: true });
await new Promise((resolve) => holder.once('message', resolve));
holder.postMessage('let go');
const outcomes = [5000, 5001].map((port) => {
  try {
    bindSocket(makeUdpSocket('ipv4'), 'ipv4', '127.0.0.1', port);
    return 'bound';
  } catch (error) {
    return error.errno;
  }
});
process.stdout.write(JSON.stringify({ outcomes }));
process.exit();
