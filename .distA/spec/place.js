import { joinPointer } from './locate-pointer.js';
/** A member of an object; nothing where the parent is no object, which the schema has reported already. */
export function getMember({ pointer, value }, key) {
    const own = isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
    return { pointer: joinPointer(pointer, key), value: own };
}
export function getMembers({ pointer, value }) {
    return isObject(value) ? Object.entries(value).map(([key, own]) => [key, { pointer: joinPointer(pointer, key), value: own }]) : [];
}
export function getItems({ pointer, value }) {
    return Array.isArray(value) ? value.map((item, index) => ({ pointer: joinPointer(pointer, index), value: item })) : [];
}
/** The value, of the type that the schema promises; undefined where it is absent or anything in it was found wrong. */
export function getSound({ pointer, value }, problems) {
    return value === undefined || problems.isTouched(pointer) ? undefined : value;
}
export function isObject(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}
