import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);

// dist/kernel/iptables-commands.js
var IPTABLES_COMMANDS = {
  nft: {
    ipv4: { restore: "iptables-nft-restore", save: "iptables-nft-save" },
    ipv6: { restore: "ip6tables-nft-restore", save: "ip6tables-nft-save" }
  },
  legacy: {
    ipv4: { restore: "iptables-legacy-restore", save: "iptables-legacy-save" },
    ipv6: { restore: "ip6tables-legacy-restore", save: "ip6tables-legacy-save" }
  }
};

export {
  IPTABLES_COMMANDS
};
