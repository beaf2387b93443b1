import { connect } from 'node:net';
import { ClientLog } from './client-log.js';
import { startBlockingTcpProbe } from './tcp-blocking.js';
import { TcpConnection } from './tcp-connection.js';
/** A TCP client from a bound address and port: as Node.js, browsers and curl are, or with a blocking connect(2). */
export function startTcpProbe(plan, port) {
    return plan.blocking ? startBlockingTcpProbe(plan, port) : startNonblockingTcpProbe(plan, port);
}
function startNonblockingTcpProbe(plan, port) {
    const log = new ClientLog(plan, port);
    const to = { host: plan.to.address, port: plan.to.port };
    const socket = connect({ ...to, localAddress: plan.from, localPort: port, allowHalfOpen: plan.open !== null });
    let connection = null;
    socket.on('connect', () => (connection = new TcpConnection(socket, plan, port, log)));
    socket.on('error', (error) => log.noteError(error));
    const close = () => {
        log.stop();
        if (connection === null) {
            socket.destroy(); // resetAndDestroy() would wait for a connection that may never come
        }
        else {
            connection.close();
        }
    };
    return { view: log.view, getViewAtLimit: () => log.getViewAtLimit(), getConnection: () => connection, close };
}
