import { dirname, resolve } from 'node:path';
import type { ServerInput } from '../model/scenario-file.js';
import type { ServerCommand } from '../model/scenario.js';
import type { Place } from './place.js';

/**
 * Reads what a server says of a real program in its place; null where it says nothing.
 *
 * @param server in order as far as the schema sees
 */
export function readServerCommand(server: Place): ServerCommand | null {
  const { command, ready = null, banner } = server.value as ServerInput;
  const readyPlace = server.member('ready');
  if (command === undefined) {
    if (ready !== null) {
      readyPlace.complain('"ready" is what a command says, and this server has none: loopfw waits for its own servers anyway');
    }
    return null;
  }
  if (banner !== undefined) {
    server.member('banner').complain('"banner" is for loopfw\'s own server: with "command" the program says what it says');
  }
  const place = server.member('command');
  const [program] = place.items();
  if (program?.value === '') {
    program.complain('expected the name of a program, found nothing');
  }
  const broken = place.items().find(({ value }) => String(value).includes('\0'));
  if (broken !== undefined) {
    broken.complain('no program can be given a NUL character');
  }
  return { args: command, ready, folder: dirname(resolve(server.file)), pointer: place.pointer, ...place.position };
}
