import type { ComponentChildren } from 'preact';
import type { DecidingRule, ProbeResult, RuleResult } from '../../../../model/result.js';
import { getBaseName } from '../../../../words/rule-name.js';
import { showTrial } from '../../../shared/advice.js';
import { getExplainCommand } from '../../../shared/labels.js';
import { tellControl, tellExpected, tellHow, tellObserved, tellReason } from '../../words.js';
import { StatusIcon } from '../icons.js';
import type { ProbeItem } from '../items.js';
import { Journey } from './journey.js';
import { PacketList } from './packets.js';

interface Props {
  item: ProbeItem;
  rules: RuleResult[];
  pick: (rule: number) => void;
}

/** All that is known of a probe. */
export function ProbeCard({ item: { probe, name, parent }, rules, pick }: Props) {
  const { status, from, to, protocol, line, column, journey, explanation, advice, adviceTrial, notes, hint } = probe;
  return (
    <article class={`card ${status}`}>
      <p class="hidden" role="status">{`${name}: ${status}, ${tellObserved(probe)}`}</p>
      <h3>
        <StatusIcon status={status} /> {name}
      </h3>
      <p class="facts">
        <code>
          {from} → {to}/{protocol}
        </code>{' '}
        <code>
          {getBaseName(parent.scenario.file)}:{line}:{column}
        </code>
      </p>
      <p class="reason">{tellReason(probe)}</p>
      <Comparison probe={probe} />
      {journey.length > 0 && <Journey probe={probe} rules={rules} pick={pick} />}
      <p class="soft prose">{explanation}</p>
      {notes.map(({ text, rule }) => (
        <Note key={text} title="Why not" kind="why">
          {text} <RuleText rule={rule} pick={pick} />
        </Note>
      ))}
      {advice !== null && (
        <Note title="What to do" kind="advice">
          {advice}
          {adviceTrial !== null && (
            <>
              <br />
              <b>Tried:</b> {showTrial(adviceTrial)}.
            </>
          )}
        </Note>
      )}
      {hint !== null && status !== 'passed' && (
        <Note title="The author’s hint" kind="why">
          {hint}
        </Note>
      )}
      {journey.length > 0 && <PacketList journey={journey} rules={rules} />}
      {status !== 'passed' && (
        <p class="soft">
          more: <code>{getExplainCommand(probe)}</code>
        </p>
      )}
    </article>
  );
}

/** What the scenario says, what the client saw, and what it would see without the rules. */
function Comparison({ probe }: { probe: ProbeResult }) {
  const { expected, observed, decided, control, status } = probe;
  return (
    <dl class="comparison">
      <dt>The scenario says</dt>
      <dd>
        <b>{tellExpected(expected)}</b>
      </dd>
      <dt>The client saw</dt>
      <dd>
        <b class={status === 'failed' ? 'wrong' : ''}>{tellObserved(probe)}</b> {observed !== null && tellHow(observed, decided)}
      </dd>
      <dt>Without the rules</dt>
      <dd>
        {control !== null && <b>{control.outcome} </b>}
        {tellControl(control)}
      </dd>
    </dl>
  );
}

function RuleText({ rule: { index, text, isPolicy }, pick }: { rule: DecidingRule; pick: (rule: number) => void }) {
  return isPolicy || index === null ? null : (
    <button type="button" class="link code" onClick={() => pick(index)}>
      {text}
    </button>
  );
}

function Note({ title, kind, children }: { title: string; kind: 'why' | 'advice'; children: ComponentChildren }) {
  return (
    <div class={`note ${kind}`}>
      <b class="title">{title}</b>
      <p class="prose">{children}</p>
    </div>
  );
}
