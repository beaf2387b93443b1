/** Whether what a rule ended was IPv6's question for a neighbour, or the answer to it. */
export function isDiscoveryEnded(journey) {
    return journey.some(({ packet, steps }) => packet.startsWith('icmpv6 neighbour-') && steps.some(({ verdict }) => verdict === 'drop' || verdict === 'reject'));
}
