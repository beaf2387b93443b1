import { dirname, resolve } from 'node:path';
import { getItems, getMember } from './place.js';
/**
 * Reads what a server says of a real program in its place; null where it says nothing.
 *
 * @param server in order as far as the schema sees
 */
export function readServerCommand(server, file, problems) {
    const { command, ready = null, banner } = server.value;
    const readyPlace = getMember(server, 'ready');
    if (command === undefined) {
        if (ready !== null) {
            problems.add(readyPlace.pointer, '"ready" is what a command says, and this server has none: loopfw waits for its own servers anyway');
        }
        return null;
    }
    if (banner !== undefined) {
        problems.add(getMember(server, 'banner').pointer, '"banner" is for loopfw\'s own server: with "command" the program says what it says');
    }
    const place = getMember(server, 'command');
    const [program] = getItems(place);
    if (program?.value === '') {
        problems.add(program.pointer, 'expected the name of a program, found nothing');
    }
    const broken = getItems(place).find(({ value }) => String(value).includes('\0'));
    if (broken !== undefined) {
        problems.add(broken.pointer, 'no program can be given a NUL character');
    }
    return { args: command, ready, folder: dirname(resolve(file)), pointer: place.pointer, ...problems.locate(place.pointer) };
}
