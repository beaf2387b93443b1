// A probe that is added to the text of a scenario file: comments and layout stay.
import t from 'tap';
import { addProbeToText } from '../../../src/input/drafts/added-probe.js';

const PROBE = { from: 'app', to: 'tcp://127.0.0.2:81', expect: 'closed' } as const;
const LINE = '{ "from": "app", "to": "tcp://127.0.0.2:81", "expect": "closed" }';
const add = (text: string) => addProbeToText(text, [], { phase: null, probe: PROBE, adds: null });

t.test('the first probes of a file with lines have a line each', (t) => {
  const text = '{\n  "name": "tables",\n  "phases": [] // none\n}\n';
  const once = add(text);
  t.equal(once, `{\n  "name": "tables",\n  "phases": [], // none\n  "probes": [\n    ${LINE}\n  ]\n}\n`);
  t.equal(add(once), once.replace(LINE, `${LINE},\n    ${LINE}`));
  t.end();
});

t.test('a file of one line stays one', (t) => {
  t.equal(add('{ "name": "one" }\n'), `{ "name": "one", "probes": [${LINE}] }\n`);
  t.end();
});
