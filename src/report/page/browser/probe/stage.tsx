import type { RuleResult } from '../../../../model/result.js';
import type { Lane } from '../../lanes.js';
import type { Entry, Stage } from '../../stages.js';
import { tellEntry } from '../../story.js';
import { Sign } from '../icons.js';

export type WireKind = 'solid' | 'dotted' | 'arrow' | 'none';

interface Props {
  stage: Stage;
  lane: Lane;
  column: number;
  /** The wires by which the packet comes and goes. */
  before: WireKind;
  after: WireKind;
  /** Whether the packet of the next lane was born here. */
  bears: boolean;
  rules: RuleResult[];
  pick: (rule: number) => void;
}

/** A hook, and what the packet met there. */
export function StageBox({ stage: { hook, kind, entries, end }, lane, column, before, after, bears, rules, pick }: Props) {
  return (
    <li class={`stage ${kind} ${end === null ? '' : 'end'} in-${before} out-${after}`} style={{ gridColumn: `${column + 1}` }}>
      <div class="box">
        <b class="hook">
          {end !== null && <Sign name={end} />} {hook.toUpperCase()}
        </b>
        <div class="entries">
          {entries.map((entry, place) => (
            <EntryLine key={place} entry={entry} rules={rules} pick={pick} />
          ))}
          {kind === 'empty' && <p class="soft">no rules here</p>}
          {kind === 'unreached' && <p class="soft">not reached</p>}
          {end === 'lost' && <p>no way from here</p>}
          {end !== null && lane.isSameRule && (
            <p>
              <b class="ended">the same rule again</b>
            </p>
          )}
        </div>
      </div>
      {bears && <span class="fall" aria-hidden="true" />}
    </li>
  );
}

interface EntryProps {
  entry: Entry;
  rules: RuleResult[];
  pick: (rule: number) => void;
}

function EntryLine({ entry, rules, pick }: EntryProps) {
  const { table, trail, verdict, rewrites } = entry;
  const rule = entry.rule === null ? undefined : rules.find(({ index }) => index === entry.rule);
  const isEnd = verdict === 'drop' || verdict === 'reject';
  const word = tellEntry(entry);
  return (
    <p>
      <span class="soft">{[table, ...trail.slice(1)].join(' › ')} · </span>
      {isEnd ? <b>{word}</b> : <span class="soft">{word}</span>}
      {rule !== undefined && (
        <>
          {' '}
          <button type="button" class="link" onClick={() => pick(rule.index)}>
            rule {rule.index}
            {rule.name !== null && ` ${rule.name}`}
            {rule.line !== null && `, line ${rule.line}`}
          </button>
          {(isEnd || verdict === 'continue' || rewrites !== null) && <code>{rule.text}</code>}
        </>
      )}
      {rewrites !== null && (
        <span class="rewrite">
          <Sign name="rewrite" /> now {rewrites.source} → {rewrites.destination}
        </span>
      )}
    </p>
  );
}
