/** iptables-extensions(8), TRACE. */
export const trace = {
    options: [],
    least: 0,
    most: 0,
    place: { tables: ['raw'] },
    reserved: 'loopfw places its own TRACE: leave the rule out',
};
