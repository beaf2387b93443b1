// Kernel settings that cannot be written, and what the message says of it.
import t from 'tap';
import { writeSysctls } from '../../src/kernel/network/sysctls.js';
import { EnvironmentError, InternalError } from '../../src/model/errors.js';

t.test('a setting of bridges that is not there needs a kernel module, and the remedy loads it', async (t) => {
  // No kernel has this setting, so nothing is written. Without br_netfilter the real ones fail in the same way.
  const error = t.throws(() => writeSysctls({ 'net.bridge.bridge-nf-call-nothing': '1' }), EnvironmentError);
  t.match(error, { message: /packets on a bridge meet no rule/, remedies: [/modprobe br_netfilter/] });
});

t.test('another setting that is not there is a fault of loopfw', async (t) => {
  t.throws(() => writeSysctls({ 'net.ipv4.no_such_setting': '1' }), InternalError);
});
