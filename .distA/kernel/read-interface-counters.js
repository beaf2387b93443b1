import { readFileSync } from 'node:fs';
const RX_PACKETS = 1;
const TX_PACKETS = 9;
/**
 * How many packets each interface of the calling thread's network namespace has had (proc_pid_net(5)), but for IPv6's multicast: that is
 * the kernel's own talk of neighbours and groups, which comes when it likes (of 60 idle interfaces one had a packet of it).
 */
export function readInterfaceCounters() {
    // Two lines of heading, then `  lo:  bytes packets …`, received before sent.
    const lines = readFileSync('/proc/thread-self/net/dev', 'utf8').trimEnd().split('\n').slice(2);
    return lines.map((line) => {
        const colon = line.lastIndexOf(':');
        const name = line.slice(0, colon).trim();
        const numbers = line
            .slice(colon + 1)
            .trim()
            .split(/\s+/)
            .map(Number);
        const multicast = readMulticast(name);
        return { interface: name, rx: (numbers[RX_PACKETS] ?? 0) - multicast.rx, tx: (numbers[TX_PACKETS] ?? 0) - multicast.tx };
    });
}
function readMulticast(name) {
    const text = readIfThere(`/proc/thread-self/net/dev_snmp6/${name}`);
    const find = (counter) => Number(new RegExp(`^${counter}\\s+(\\d+)$`, 'm').exec(text)?.[1] ?? 0);
    return { rx: find('Ip6InMcastPkts'), tx: find('Ip6OutMcastPkts') };
}
/** Where the kernel has no IPv6, it has no such file. */
function readIfThere(path) {
    try {
        return readFileSync(path, 'utf8');
    }
    catch {
        return '';
    }
}
