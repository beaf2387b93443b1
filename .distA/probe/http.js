import { request } from 'node:http';
import { ClientLog } from './client-log.js';
/** An HTTP/1.1 client (RFC 9112) that fetches / whole; with something to send it posts that. Its reply is the body. */
export function startHttpProbe(plan, port) {
    const log = new ClientLog(plan, port);
    const client = request({
        host: plan.to.address,
        port: plan.to.port,
        localAddress: plan.from,
        localPort: port,
        method: plan.send === null ? 'GET' : 'POST',
        agent: false,
    }, (response) => {
        const body = [];
        response.on('data', (chunk) => body.push(chunk));
        response.on('error', (error) => log.noteError(error));
        response.on('end', () => {
            log.noteReceived(Buffer.concat(body));
            log.noteEnd();
        });
    });
    client.on('error', (error) => log.noteError(error));
    client.end(plan.send ?? undefined);
    const close = () => {
        log.stop();
        client.socket?.resetAndDestroy();
        client.destroy();
    };
    return { view: log.view, getViewAtLimit: () => log.getViewAtLimit(), close };
}
