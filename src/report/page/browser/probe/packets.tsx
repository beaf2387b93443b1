import type { Packet, RuleResult } from '../../../../model/result.js';
import { nameRule } from '../../../../words/rule-name.js';
import { countThings } from '../../words.js';

/** Every packet with every step, as the evidence has them: what the drawing leaves out is here. */
export function PacketList({ journey, rules }: { journey: Packet[]; rules: RuleResult[] }) {
  const name = (index: number) => {
    const rule = rules.find((other) => other.index === index);
    return rule === undefined ? `rule ${index}` : `${nameRule(rule)}: ${rule.text}`;
  };
  return (
    <details class="packets">
      <summary>Every packet and every step ({countThings(journey.length, 'packet')})</summary>
      <ol>
        {journey.map(({ packet, conntrack, fate, steps }, place) => (
          <li key={place}>
            <code>{packet}</code> <span class="soft">{conntrack === null ? fate : `ct state ${conntrack}, ${fate}`}</span>
            <table>
              <tbody>
                {steps.map(({ hook, table, chain, rule, verdict, fault, own }, step) => (
                  <tr key={step}>
                    <td>{hook}</td>
                    <td>
                      {table} {chain}
                    </td>
                    <td>{verdict}</td>
                    <td>
                      {rule !== null
                        ? name(rule)
                        : fault !== undefined
                          ? `fault ${fault}`
                          : own
                            ? 'for the trace'
                            : verdict === 'return'
                              ? 'end of chain'
                              : 'policy'}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </li>
        ))}
      </ol>
    </details>
  );
}
