// The replies of a long flow go out in pieces, and a probe that waits holds back only its own piece.
import t from 'tap';
import { ReplyPieces } from '../../../src/inside/session/pieces.js';
import type { ProbeReply } from '../../../src/model/evidence.js';
import type { FlowReplies } from '../../../src/model/message.js';

const toReply = (place: number): ProbeReply => ({ problem: `reply ${place}`, isMachine: false });
const COUNT = 1200;

t.test('each piece goes when its last reply is there', async (t) => {
  const sent: FlowReplies[] = [];
  const pieces = new ReplyPieces(40, COUNT, (piece) => sent.push(piece));
  const slow = [3, 1150];
  for (let place = 0; place < COUNT; place++) {
    if (!slow.includes(place)) {
      pieces.take(toReply(place), place);
    }
  }
  const shape = () => sent.map(({ first, replies }) => [first, replies.length]);
  t.strictSame(shape(), [[540, 500]]);
  slow.forEach((place) => pieces.take(toReply(place), place));
  t.strictSame(shape(), [
    [540, 500],
    [40, 500],
    [1040, 200],
  ]);
  const replies: ProbeReply[] = [];
  sent.forEach((piece) => piece.replies.forEach((reply, place) => (replies[piece.first - 40 + place] = reply)));
  t.strictSame(
    replies,
    Array.from({ length: COUNT }, (_, place) => toReply(place)),
  );
});
