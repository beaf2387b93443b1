// What a witness says of a probe: the client's own word, counters before and after, and where its packets were seen. No trace is read.
import { isIPv6 } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Cause, Outcome } from '../../src/model/result.js';
import { count, type Counter, type Tools } from './counters.js';
import { getClient, getTarget, type WitnessScenario } from './scenario.js';
import { readSightings, watch } from './sightings.js';
import type { WitnessWorld } from './world.js';

export interface Testimony {
  outcome: Outcome;
  /** The causes that fit what was counted. */
  causes: Cause[];
  /** The rules and policies that ended a packet. */
  enders: (number | string)[];
  /** The rules that counted a packet and let it pass. NAT accepts too. */
  accepts: (number | string)[];
}

const OUTCOMES: Record<string, Outcome> = {
  connected: 'connected',
  timeout: 'timeout',
  ECONNREFUSED: 'refused',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  ENOPROTOOPT: 'unreachable',
  EINVAL: 'unreachable',
  EPERM: 'denied',
  ECONNRESET: 'reset',
};

const ACCEPTING = ['ACCEPT', 'DNAT', 'SNAT', 'MASQUERADE', 'REDIRECT'];

/** A SYN is sent again after a second. A shorter wait counts the first packet only. */
const WAIT_MS = 700;
/** Over IPv6, TCP learns of an ICMPv6 error only when it sends its SYN again. */
const WAIT_FOR_IPV6_TCP_MS = 1400;
/** After this time a client has its answer. If a rule has dropped a packet, the next client need not wait for the end of this one. */
const PROMPT_MS = 60;
/** The last packets of a connection, such as a RST, come a little later. */
const SETTLE_MS = 15;
const FIRST_PORT = 50000;

/** What one probe told, before anybody asks where its packets were seen. */
interface Heard {
  said: string;
  grown: Counter[];
}

/** Asks the witness's world what each probe of the scenario sees, and which counters grow. */
export async function hearAll(witness: WitnessWorld, tools: Tools, rules: string, scenario: WitnessScenario): Promise<Testimony[]> {
  await Promise.all(witness.places.map(watch));
  const asked: { grown: Counter[]; answer: Promise<string> }[] = [];
  let before = await count(witness.world, tools, rules);
  for (const [index, { from, to }] of scenario.probes.entries()) {
    const { address, via } = getClient(from, scenario);
    const place = via === undefined ? witness.world : witness.find(address);
    const { protocol, ...target } = getTarget(to, scenario);
    const started = performance.now();
    const waitUntil = (ms: number) => sleep(Math.max(0, started + ms - performance.now()));
    const client = place.ask({ protocol, from: address, ownPort: FIRST_PORT + index, to: target.address, port: target.port });
    await Promise.race([client.answer, waitUntil(PROMPT_MS)]);
    const look = async () => {
      await sleep(SETTLE_MS);
      const after = await count(witness.world, tools, rules);
      return { after, grown: after.filter(({ packets }, place) => packets > (before[place]?.packets ?? 0)) };
    };
    let { after, grown } = await look();
    const waitMs = protocol === 'tcp' && isIPv6(address) ? WAIT_FOR_IPV6_TCP_MS : WAIT_MS;
    if (grown.some(({ target }) => target === 'DROP') && !grown.some(({ target }) => target === 'REJECT')) {
      void waitUntil(WAIT_MS).then(client.stop);
    } else {
      await Promise.race([client.answer, waitUntil(waitMs)]);
      client.stop();
      ({ after, grown } = await look());
    }
    before = after;
    asked.push({ grown, answer: client.answer });
  }
  const heard = await Promise.all(asked.map(async ({ grown, answer }) => ({ said: await answer, grown })));
  const seen = await Promise.all(witness.places.map(async (place) => ({ place, seen: await readSightings(place) })));
  return heard.map((one, index) => {
    const { address, via } = getClient(scenario.probes[index]!.from, scenario);
    const own = via === undefined ? witness.world : witness.find(address);
    const port = FIRST_PORT + index;
    return testify(one, {
      isSent: seen.some(({ place, seen }) => place === own && seen.asked_sent.has(port)),
      isLeft: seen.some(({ place, seen }) => place === own && seen.asked_left.has(port)),
      isReached: seen.some(({ place, seen }) => place !== own && place !== witness.world && seen.asked_came.has(port)),
      isDelivered: seen.some(({ seen }) => seen.asked_delivered.has(port)),
      isAnswered: seen.some(({ place, seen }) => place === witness.world && (seen.answered_came.has(port) || seen.answered_sent.has(port))),
      isHeard: seen.some(({ place, seen }) => place === own && seen.answered_came.has(port)),
    });
  });
}

function isEnder({ target }: Counter): boolean {
  return target === 'DROP' || target === 'REJECT';
}

interface Way {
  isSent: boolean;
  /** The request passed POSTROUTING where the client is. */
  isLeft: boolean;
  /** A machine has seen the request. */
  isReached: boolean;
  isDelivered: boolean;
  /** The answer came to the world, or is the world's own. */
  isAnswered: boolean;
  /** The answer came to the client's machine. */
  isHeard: boolean;
}

function testify({ said, grown }: Heard, way: Way): Testimony {
  // Without a packet it is the stack that refuses. Otherwise an ICMPv6 error has come.
  const outcome = said === 'EACCES' ? (way.isSent ? 'unreachable' : 'denied') : OUTCOMES[said];
  if (outcome === undefined) {
    throw new Error(`a client of the witness said ${said}`);
  }
  const enders = grown.filter(isEnder);
  return {
    outcome,
    causes: getCauses(outcome, enders, way),
    enders: enders.map(({ rule }) => rule),
    accepts: grown.filter(({ target }) => ACCEPTING.includes(target)).map(({ rule }) => rule),
  };
}

function getCauses(outcome: Outcome, enders: Counter[], way: Way): Cause[] {
  const hasRejected = enders.some(({ target }) => target === 'REJECT');
  if (outcome === 'connected') {
    return ['service'];
  }
  // The call itself failed: without a packet, or because a rule in OUTPUT gave it a new destination.
  if (!way.isSent || (outcome !== 'timeout' && enders.length === 0 && !way.isLeft)) {
    return ['local'];
  }
  if (outcome !== 'timeout') {
    // No drop makes a refusal: another client's second SYN may have grown a counter of DROP.
    const isDropped = outcome !== 'refused' && enders.length > 0;
    return hasRejected ? ['rejected'] : isDropped ? ['dropped'] : way.isDelivered ? ['no-listener'] : ['not-routed'];
  }
  if (enders.length > 0) {
    return way.isDelivered ? ['answer-eaten'] : hasRejected ? ['rejected', 'answer-eaten'] : ['dropped'];
  }
  if (way.isHeard) {
    return ['answer-eaten'];
  }
  return way.isAnswered || !(way.isDelivered || way.isReached) ? ['not-routed'] : ['silent'];
}
