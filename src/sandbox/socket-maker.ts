// The process that makes sockets of other users, where root runs loopfw and a client has a `user`. It starts as root, before PID 1 gives up
// root, and gives up all but what a socket of another user needs. It knows nothing of a scenario but the ids of users.
import './no-debugger.js';
import { exitNow } from '../kernel/libc.js';
import { serveUserSockets } from '../kernel/network/user-sockets.js';
import { closeInheritedDescriptors } from '../kernel/process/descriptors.js';
import { dropPrivilege, hideFromUser, KEPT_RIGHTS } from '../kernel/process/privilege.js';
import { sendMessage } from '../kernel/sockets/descriptor-message.js';

/** Its standard input. */
const CHANNEL = 0;
const LAST_STANDARD = 2;
const [, , callersNamespace = ''] = process.argv;

closeInheritedDescriptors(LAST_STANDARD);
dropPrivilege(KEPT_RIGHTS.socketMaker);
hideFromUser();
sendMessage(CHANNEL, { numbers: [0, 0], descriptors: [] });
serveUserSockets(CHANNEL, callersNamespace);
exitNow(0);
