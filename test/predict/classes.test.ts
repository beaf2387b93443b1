// The numbers that no rule tells apart: an edge of each comparison with a constant.
import t from 'tap';
import { listClientPorts, listPorts } from '../../src/predict/difference/ports.js';
import type { Json } from '../../src/predict/native/json.js';
import { readNativeRuleSets } from '../../src/predict/native/rule-set.js';
import { makeQuestion } from './question.js';

const own = { family: 'ip', table: 't' };

function listNativePorts(op: string, right: Json): number[] {
  const left = { payload: { protocol: 'tcp', field: 'dport' } };
  const expr: Json[] = [{ match: { op, left, right } }, { drop: null }];
  const rule = { ...own, chain: 'c', expr };
  const chain = { ...own, name: 'c', type: 'filter', hook: 'input', prio: 0, policy: 'accept' };
  const objects: Json[] = [{ table: { family: 'ip', name: 't' } }, { chain }, { rule }];
  return listPorts([readNativeRuleSets({ nftables: objects }, 'none').ipv4]);
}

t.test('one port inside of an edge, and one outside', (t) => {
  const list = (rule: string) => listPorts([makeQuestion([`iptables -A INPUT ${rule} -j DROP`]).ruleSets.ipv4]);
  t.strictSame(list('-p tcp --dport 22'), [9, 22]);
  t.strictSame(list('-p tcp --dport 1024:'), [9, 4000]);
  t.strictSame(list('-p tcp -m multiport --dports 22,80:81'), [9, 22], 'ports that meet the same rules are one class');
  t.end();
});

t.test('comparisons of native rules', (t) => {
  t.strictSame(listNativePorts('==', 22), [9, 22]);
  t.strictSame(listNativePorts('<', 22), [9, 79]);
  t.strictSame(listNativePorts('<=', 9), [9, 79]);
  t.strictSame(listNativePorts('>', 4000), [9, 49_999]);
  t.strictSame(listNativePorts('>=', 4001), [9, 49_999]);
  t.end();
});

t.test('the kernel chooses the port of a client where no rule asks for it', (t) => {
  const list = (rule: string) => listClientPorts([makeQuestion([`iptables -A INPUT ${rule} -j DROP`]).ruleSets.ipv4]);
  t.strictSame(list('-p tcp'), [null]);
  t.strictSame(list('-p tcp --sport 1024:'), [null, 1]);
  t.end();
});
