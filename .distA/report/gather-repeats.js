/** A journey in which a packet that was sent again, and fared the same, stands once: where it stood first. */
export function gatherRepeats(journey) {
    const found = new Map();
    for (const packet of journey) {
        const key = JSON.stringify(packet);
        const first = found.get(key);
        if (first === undefined) {
            found.set(key, { ...packet, times: 1 });
        }
        else {
            first.times += 1;
        }
    }
    return [...found.values()];
}
