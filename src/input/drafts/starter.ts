/**
 * The text of a first scenario: it passes, and its comments say what to change.
 * @param schema the path of the schema, as the scenario file names it; null: it names none
 */
export function makeStarter(name: string, schema: string | null): string {
  return `{
${schema === null ? '' : `  "$schema": ${JSON.stringify(schema)},\n`}  "name": ${JSON.stringify(name)},

  // loopfw makes a network for this scenario and throws it away afterwards. Every address of 127.0.0.0/8 is in it.
  // Servers listen there. Give each an address of its own: a rule can then name it.
  "servers": {
    "web": "tcp://127.0.0.2:8000",
    "dns": "udp://127.0.0.3:53"
  },
  "clients": { "app": "127.0.0.1" },

  // As you would give them to iptables, in this order. Instead of them: "ruleset": { "file": "rules.v4" }, a file of iptables-save.
  "rules": [
    "-A INPUT -d 127.0.0.2 -p tcp --dport 8000 -j REJECT",
    "-A INPUT -d 127.0.0.3 -p udp --dport 53 -j DROP"
  ],

  // What each client must see. An outcome: connected, refused, unreachable, denied, reset, timeout. Or what made it so: rejected, dropped,
  // answer-eaten, closed. "loopfw explain WORD" says what a word means.
  "probes": [
    { "from": "app", "to": "web", "expect": "rejected" },
    { "from": "app", "to": "dns", "expect": "dropped" },
    // Nothing listens there, and no rule is about it.
    { "from": "app", "to": "tcp://127.0.0.2:81", "expect": "closed" },
    { "from": "app", "to": "icmp://127.0.0.2", "expect": "connected" }
  ]
}
`;
}
