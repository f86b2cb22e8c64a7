import fc from "fast-check";
import { expect, test } from "vitest";
import { createStreamReader } from "@/lib/share/client/event-stream";
import { PATIENCE, RUNS } from "../../laws";

const STREAM =
  ': hello\n\nid: 1\ndata: {"a":1}\n\n:keep-alive\n\nid: 2\r\ndata: first\r\ndata: second\r\n\r\nid: 3\nevent: end\ndata: {}\n\n';
const MESSAGES = [
  { event: "message", data: '{"a":1}', id: "1" },
  { event: "message", data: "first\nsecond", id: "2" },
  { event: "end", data: "{}", id: "3" },
];

test("whole messages, however the text is cut", PATIENCE, () => {
  fc.assert(
    fc.property(fc.array(fc.nat(STREAM.length), { maxLength: 12 }), (cuts) => {
      const read = createStreamReader();
      const places = [0, ...cuts.sort((a, b) => a - b), STREAM.length];
      const messages = places.slice(1).flatMap((end, i) => read(STREAM.slice(places[i], end)));
      expect(messages).toEqual(MESSAGES);
    }),
    RUNS,
  );
});

test("a message that has not ended is kept back", () => {
  expect(createStreamReader()("id: 1\ndata: half\n")).toEqual([]);
});
