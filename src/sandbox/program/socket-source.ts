// A process in a world, with the rights of a program there. It makes TCP sockets for the process that the world belongs to.
import '../no-debugger.js';
import { exitNow } from '../../kernel/libc.js';
import { assertOutsideNetworkNamespace } from '../../kernel/network/namespace-name.js';
import { closeInheritedDescriptors } from '../../kernel/process/descriptors.js';
import { hideFromUser } from '../../kernel/process/privilege.js';
import { serveSockets } from '../../kernel/sockets/handed-over.js';

/** Its standard input. */
const CHANNEL = 0;
const LAST_STANDARD = 2;
const [, , callersNamespace = ''] = process.argv;

closeInheritedDescriptors(LAST_STANDARD);
assertOutsideNetworkNamespace(callersNamespace);
hideFromUser();
serveSockets(CHANNEL);
exitNow(0);
