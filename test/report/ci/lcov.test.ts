// The tracefile of lcov: geninfo(1) has its records.
import t from 'tap';
import type { RuleResult } from '../../../src/model/result.js';
import { reportLcov } from '../../../src/report/ci/lcov.js';
import { readResultFile } from '../../support/result.js';

const base = readResultFile(new URL('../every-status.json', import.meta.url)).scenarios[0]!;
const rule: RuleResult = {
  ...{ index: 0, name: null, text: '-A INPUT -j DROP', table: 'filter', chain: 'INPUT', target: 'DROP', phase: null },
  ...{ file: null, line: null, packets: 0, bytes: 0 },
};

const print = (...rules: Partial<RuleResult>[][]) =>
  reportLcov({ scenarios: rules.map((own) => ({ ...base, file: 'a/s.json', rules: own.map((each) => ({ ...rule, ...each })) })) });

t.test('a record for each file, with the packets of each line', (t) => {
  const ofFile = { file: 'a/rules.v4' };
  t.equal(
    print([
      { ...ofFile, line: 12, packets: 3 },
      { ...ofFile, line: 9, packets: 0 },
      { scenarioLine: 5, packets: 1 },
    ]),
    'TN:\nSF:a/rules.v4\nDA:9,0\nDA:12,3\nLF:2\nLH:1\nend_of_record\nTN:\nSF:a/s.json\nDA:5,1\nLF:1\nLH:1\nend_of_record\n',
  );
  t.end();
});

t.test('scenarios that share a file add up', (t) => {
  const own = { file: 'rules.v4', line: 1 };
  t.match(print([{ ...own, packets: 0 }], [{ ...own, packets: 2 }]), 'SF:rules.v4\nDA:1,2\nLF:1\nLH:1\n');
  t.end();
});

t.test('rules without a counter or a line are left out, and names stay on their line', (t) => {
  t.equal(
    print([
      { packets: null, scenarioLine: 1 },
      { file: 'x.nft', line: null },
    ]),
    '',
  );
  t.equal(print([{ file: 'a\nend_of_record\nb', line: 1 }]).split('\n').length, 7);
  t.end();
});
