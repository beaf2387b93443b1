import t from 'tap';
import { splitRestore } from '../../../src/inside/world/restore.js';

const RESTORE =
  '*raw\n-A OUTPUT -j ACCEPT\n-I OUTPUT 1 -j TRACE\nCOMMIT\n*nat\nCOMMIT\n*filter\n:INPUT DROP [0:0]\n:web - [0:0]\n-A INPUT -j web\nCOMMIT\n';

t.test('tables are emptied first, then come chains, then rules in their order', async (t) => {
  t.strictSame(splitRestore(RESTORE, 2), [
    '*raw\nCOMMIT\n*nat\nCOMMIT\n*filter\n:INPUT DROP [0:0]\n:web - [0:0]\nCOMMIT\n',
    '*raw\n-A OUTPUT -j ACCEPT\n-I OUTPUT 1 -j TRACE\nCOMMIT\n',
    '*filter\n-A INPUT -j web\nCOMMIT\n',
  ]);
});
