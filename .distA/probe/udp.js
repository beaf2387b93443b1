import { createSocket } from 'node:dgram';
import { ClientLog } from './client-log.js';
import { DEFAULT_DATA } from './default-data.js';
/** A UDP client on a connected socket, which is how a client learns of ICMP errors (udp(7)): one datagram, and what comes back. */
export function startUdpProbe(plan, port) {
    const log = new ClientLog(plan, port);
    const socket = createSocket(plan.family === 'ipv4' ? 'udp4' : 'udp6');
    socket.on('error', (error) => log.noteError(error));
    socket.on('message', (message) => log.noteReceived(message));
    socket.bind({ address: plan.from, port, exclusive: true }, () => {
        socket.connect(plan.to.port, plan.to.address, (error) => {
            if (error) {
                log.noteError(error);
                return;
            }
            log.noteConnected();
            socket.send(plan.send ?? DEFAULT_DATA, (failure) => {
                if (failure) {
                    log.noteError(failure);
                }
            });
        });
    });
    let isClosed = false;
    const close = () => {
        log.stop();
        if (!isClosed) {
            isClosed = true;
            socket.close();
        }
    };
    return { view: log.view, getViewAtLimit: () => log.getViewAtLimit(), close };
}
