// In a namespace of its own: what applyNft throws for the text on standard input, as JSON.
import { readFileSync } from 'node:fs';
import { applyNft } from '../../../../build/inside/world/nft.js';
import { ChildLedger } from '../../../../build/kernel/process/children.js';
import { toNftText } from '../../../../build/rules/nft/includes.js';
import { CommandRunner } from '../../../../build/kernel/process/run-command.js';

const nft = toNftText('x.nft', readFileSync(0, 'utf8'));
try {
  const trace = { table: 'loopfw_trace', text: 'table inet loopfw_trace {\n}\n' };
  applyNft({ kind: 'nft', backend: 'nft', ...nft, judgesArp: false, hasRules: true, trace }, new CommandRunner(new ChildLedger()));
  process.stdout.write('null');
} catch (error) {
  process.stdout.write(JSON.stringify(error instanceof Error ? { name: error.name, message: error.message } : error));
}
