/**
 * Gives items to workers in their order, each to the first that is free. A worker takes long to start: the next is started when the one
 * before it is ready and items are left, so a few quick items have one alone. After an item that ends the work only those before it are
 * waited for: it comes to the same as if they had been done one by one.
 */
export function shareOut(items, session, most, work) {
    let next = 0;
    let end = items.length;
    const running = new Set();
    return new Promise((resolve, reject) => {
        const serve = async (world) => {
            while (next < end) {
                const place = next++;
                running.add(place);
                const goesOn = await work(items[place], place, world);
                running.delete(place);
                end = goesOn ? end : Math.min(end, place + 1);
            }
            if ([...running].every((place) => place >= end)) {
                resolve();
            }
        };
        const addWorkers = async () => {
            for (let count = 1; count < most && next < end; count++) {
                serve(await session.addWorker()).catch(reject);
            }
        };
        serve(session).catch(reject);
        // A sandbox that cannot go on tells every scenario so.
        addWorkers().catch(() => { });
    });
}
