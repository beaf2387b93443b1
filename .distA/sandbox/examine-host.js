import { adviseToInstall, hasCommand } from '../kernel/find-command.js';
import { IPTABLES_COMMANDS } from '../kernel/iptables-commands.js';
import { hasIPv6, readOpenFilesLimit, readSurroundings } from '../kernel/read-surroundings.js';
export function examineHost() {
    return {
        surroundings: readSurroundings(),
        openFiles: readOpenFilesLimit(),
        hasIPv6: hasIPv6(),
        commands: { nft: getNames('nft').map(lookFor), legacy: getNames('legacy').map(lookFor), native: [lookFor('nft')] },
    };
}
function getNames(backend) {
    return Object.values(IPTABLES_COMMANDS[backend]).flatMap(({ restore, save }) => [restore, save]);
}
function lookFor(name) {
    return { name, isThere: hasCommand(name), howToInstall: adviseToInstall(name) };
}
