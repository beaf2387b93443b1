// In a namespace of its own: what iptables-save of both back ends and nft show, before and after the observer's chains were added twice.
import { execFileSync } from 'node:child_process';
import { addObserverTable } from '../../../build/kernel/trace/observer-table.js';

const RULES = '*filter\n-A INPUT -s 127.0.0.9 -j DROP\nCOMMIT\n';
const BACKENDS = ['iptables', 'iptables-legacy'];

const save = () => BACKENDS.map((name) => execFileSync(`${name}-save`, ['-t', 'filter'], { encoding: 'utf8' }).replaceAll(/^#.*\n/gm, ''));

for (const name of BACKENDS) {
  execFileSync(`${name}-restore`, { input: RULES });
}
const before = save();
const added = [addObserverTable(), addObserverTable()];
const listed = execFileSync('nft', ['list', 'table', 'inet', 'loopfw_trace'], { encoding: 'utf8' });
process.stdout.write(JSON.stringify({ added, before, after: save(), listed }));
