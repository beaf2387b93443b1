import { isDeepStrictEqual } from 'node:util';
/** Whether two rules mean the same: both are canonical, so that equal meaning is equal form. */
export function isSameRule(a, b) {
    return isDeepStrictEqual(a, b);
}
