import type { ComponentChildren } from 'preact';
import type { ProbeResult, RuleResult } from '../../../../model/result.js';
import { type Lane, listLanes } from '../../lanes.js';
import { getRealServer, tellClient, tellLane, tellServer } from '../../story.js';
import { Sign } from '../icons.js';
import { StageBox, type WireKind } from './stage.js';

interface Props {
  probe: ProbeResult;
  rules: RuleResult[];
  pick: (rule: number) => void;
}

/**
 * The journey of a probe: the client at the left, the server at the right, between them a lane for each packet. It is text in lists, so it
 * wraps, can be copied and is read aloud in its order.
 */
export function Journey({ probe, rules, pick }: Props) {
  const lanes = listLanes(probe, rules);
  const columns = Math.max(1, ...lanes.map(getWidth));
  const saw = tellClient(probe);
  const served = tellServer(probe);
  const isWrong = probe.status === 'failed';
  const template = {
    gridTemplateColumns: `minmax(8.6rem, 10.5rem) repeat(${columns}, minmax(0, auto)) minmax(8.6rem, 10.5rem)`,
    gridTemplateRows: `repeat(${2 * lanes.length}, auto) 1fr`,
  };
  return (
    <div class={`journey ${isWrong ? 'wrong' : ''}`} role="group" aria-label="The journey of the packets">
      <div class="journey-grid" style={template}>
        <Party side="client" title="client" name={probe.client} address={probe.from} place={probe.clientPlace?.interface ?? null}>
          <span class="label">saw</span>
          <b class={isWrong ? 'big wrong-text' : 'big'}>{saw.word}</b>
          <span class="aside">{saw.detail}</span>
        </Party>
        <ol class="lanes">
          {lanes.map((lane, place) => (
            <LaneRow key={place} lane={lane} lanes={lanes} place={place} columns={columns} rules={rules} pick={pick} />
          ))}
        </ol>
        <Party
          side="server"
          title={`server, ${probe.protocol}`}
          name={probe.server}
          address={probe.to}
          realAddress={getRealServer(probe)}
          place={probe.serverPlace?.interface ?? null}
          isMissed={served.isMissed}
        >
          <span class="label">so it</span>
          <b class="big">{served.text}</b>
        </Party>
      </div>
    </div>
  );
}

/** The columns that a lane needs, from the client on. */
function getWidth({ packet, column, stages }: Lane): number {
  return packet.direction === 'request' ? column + stages.length : column + 1;
}

interface PartyProps {
  side: 'client' | 'server';
  title: string;
  /** null: it has no name in the scenario. */
  name: string | null;
  address: string;
  /** Its own address, where NAT replaces the one that the client used. */
  realAddress?: string | null;
  /** The interface behind which it is; null: in the world itself. */
  place: string | null;
  /** Whether no request came to it. */
  isMissed?: boolean;
  children: ComponentChildren;
}

function Party({ side, title, name, address, realAddress = null, place, isMissed = false, children }: PartyProps) {
  return (
    <div class={`party ${side} ${isMissed ? 'missed' : ''}`}>
      <p>
        <span class="label">{title}</span>
        {name !== null && <b>{name}</b>}
        <code>{address}</code>
        {realAddress !== null && (
          <code class="rewrite">
            <Sign name="rewrite" /> {realAddress}
          </code>
        )}
        {place !== null && <span class="aside soft">behind {place}</span>}
      </p>
      <p>{children}</p>
    </div>
  );
}

interface LaneProps {
  lane: Lane;
  lanes: Lane[];
  place: number;
  columns: number;
  rules: RuleResult[];
  pick: (rule: number) => void;
}

function LaneRow({ lane, lanes, place, columns, rules, pick }: LaneProps) {
  const { packet, times, stages, column, bornAt } = lane;
  const isRequest = packet.direction === 'request';
  const { title, end } = tellLane(lane);
  const hasEnded = packet.fate === 'ended' || packet.fate === 'lost';
  const isBorn = bornAt !== null && bornAt.lane === place - 1;
  const placeOf = (index: number) => (isRequest ? column + index : column - index);
  const last = placeOf(stages.length - 1);
  const out = hasEnded || packet.fate === 'unknown' ? 'dotted' : 'arrow';
  return (
    <li class={`lane ${packet.direction}`} style={{ gridRow: `${2 * place + 1} / span 2` }}>
      <p
        class={isBorn && column === 0 ? 'lane-head beside' : 'lane-head'}
        style={{ gridColumn: isBorn && column > 0 ? `1 / ${column + 1}` : '1 / -1' }}
      >
        <b>{isRequest ? `${title} ▶` : `◀ ${title}`}</b> {times > 1 && <span>({times} times) </span>}
        <code>{packet.packet}</code> <b class={hasEnded ? 'fate ended' : 'fate'}>{hasEnded ? `✗ ${end}` : end}</b>
      </p>
      {isBorn && <span class="fall" style={{ gridColumn: `${column + 1}` }} aria-hidden="true" />}
      <ol class="stages">
        {isRequest && column > 0 && <Wire from={0} to={column} kind="solid" />}
        {!isRequest && !isBorn && column < columns - 1 && <Wire from={column + 1} to={columns} kind="solid" />}
        {stages.map((stage, index) => (
          <StageBox
            key={index}
            stage={stage}
            lane={lane}
            column={placeOf(index)}
            before={index === 0 && isBorn ? 'none' : stage.kind === 'unreached' ? 'dotted' : 'solid'}
            after={getWireAfter(lane, index, isRequest ? last === columns - 1 : last === 0, out)}
            bears={lanes[place + 1]?.bornAt?.lane === place && lanes[place + 1]?.bornAt?.stage === index}
            rules={rules}
            pick={pick}
          />
        ))}
        {isRequest && last < columns - 1 && <Wire from={last + 1} to={columns} kind={out} />}
        {!isRequest && last > 0 && <Wire from={0} to={last} kind={out} />}
      </ol>
    </li>
  );
}

/** The wire behind a stage: dotted where the packet no longer goes, an arrow where it comes to the client or the server. */
function getWireAfter({ stages }: Lane, index: number, isAtEdge: boolean, out: WireKind): WireKind {
  const stage = stages[index];
  if (stage === undefined || stage.end !== null || stage.kind === 'unreached') {
    return 'dotted';
  }
  return index < stages.length - 1 || (out === 'arrow' && !isAtEdge) ? 'solid' : out;
}

/** The wire through columns where this packet has no stage. */
function Wire({ from, to, kind }: { from: number; to: number; kind: WireKind }) {
  return <li class={`wire out-${kind}`} style={{ gridColumn: `${from + 1} / ${to + 1}` }} aria-hidden="true" />;
}
