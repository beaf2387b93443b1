/** Debian's package of each command that loopfw runs. */
declare const PACKAGES: {
    readonly 'iptables-nft-restore': "iptables";
    readonly 'iptables-nft-save': "iptables";
    readonly 'ip6tables-nft-restore': "iptables";
    readonly 'ip6tables-nft-save': "iptables";
    readonly 'iptables-legacy-restore': "iptables";
    readonly 'iptables-legacy-save': "iptables";
    readonly 'ip6tables-legacy-restore': "iptables";
    readonly 'ip6tables-legacy-save': "iptables";
    readonly nft: "nftables";
    readonly setpriv: "util-linux";
    readonly unshare: "util-linux";
};
export type CommandName = keyof typeof PACKAGES;
export declare function getCommandPath(): string;
/** @throws EnvironmentError that names the package to install */
export declare function findCommand(name: CommandName): string;
/** Whether a command is there to be run. */
export declare function hasCommand(name: CommandName): boolean;
/** How to come by a command. */
export declare function adviseToInstall(name: CommandName): string;
export {};
