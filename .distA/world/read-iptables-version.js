import { IPTABLES_COMMANDS } from '../kernel/iptables-commands.js';
/** What the iptables of a back end says of its version: "v1.8.9 (nf_tables)". @throws as CommandRunner.run() does */
export async function readIptablesVersion(backend, commands) {
    const said = await commands.run(IPTABLES_COMMANDS[backend].ipv4.restore, ['--version']);
    return /v\d.*$/m.exec(said)?.[0] ?? null;
}
