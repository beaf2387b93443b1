import { RuleError } from '../rule-error.js';
const SECONDS = { day: 86400n, hour: 3600n, min: 60n, sec: 1n };
const UNITS = Object.entries(SECONDS);
/**
 * N/UNIT as the kernel keeps it: the time between two packets, in 1/scale seconds, without a fraction. So it is not quite what was
 * said, and iptables-save prints what is nearest; canonical is the rate that it prints unchanged.
 */
export function rate(scale) {
    return (text) => {
        const [, count = '', unit = 'second'] = /^([1-9]\d{0,8})(?:\/([a-z]+))?$/i.exec(text) ?? [];
        const long = unit.toLowerCase();
        const seconds = UNITS.find(([name]) => LONG[name]?.startsWith(long) === true)?.[1];
        if (count === '' || seconds === undefined) {
            throw new RuleError(`"${text}" is not a rate: write a number with /second, /minute, /hour or /day`);
        }
        const period = (seconds * scale) / BigInt(count);
        if (period === 0n) {
            throw new RuleError(`"${text}" is too fast a rate: at most ${scale}/second`);
        }
        return settle(period, scale);
    };
}
const LONG = { day: 'day', hour: 'hour', min: 'minute', sec: 'second' };
function settle(period, scale) {
    const { count, name, seconds } = getNearest(period, scale);
    const again = (seconds * scale) / count;
    return again === period ? `${count}/${name}` : settle(again, scale);
}
/** As print_rate() of libxt_limit.c and libxt_hashlimit.c. */
function getNearest(period, scale) {
    let nearest = UNITS[0] ?? ['day', SECONDS.day];
    for (const unit of UNITS.slice(1)) {
        const most = unit[1] * scale;
        if (period > most || most / period < most % period) {
            break;
        }
        nearest = unit;
    }
    const [name, seconds] = nearest;
    return { count: (seconds * scale) / period, name, seconds };
}
/** How long a burst may take: the kernel's counter overflows between one and two days, depending on its clock (xt_limit.c, xt_hashlimit.c: user2credits). */
export const LONGEST_BURST_SECONDS = 86400;
/** How long a burst of packets takes at a canonical rate, which stands at one of the flags; the burst's flag ends with -burst. */
export function getBurstSeconds(options, ...flags) {
    const get = (isWanted) => options.find(({ flag }) => isWanted(flag))?.values[0];
    const [count, unit = ''] = get((flag) => flags.includes(flag))?.split('/') ?? [];
    const burst = Number(get((flag) => flag.endsWith('-burst')) ?? 5);
    return (burst * Number(UNITS.find(([name]) => name === unit)?.[1] ?? 1n)) / Number(count);
}
