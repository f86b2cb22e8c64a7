/** viewer-crowd.mjs URL COUNT: reads one stream of build events that many times at once; prints what each got, as JSON. */
import http from "node:http";

const [url, count] = [process.argv[2], Number(process.argv[3])];
const agent = new http.Agent({ keepAlive: false, maxSockets: Number.POSITIVE_INFINITY });
const delays = [];
const connectedAt = [];

/** Resolves to how many events came, or to null where one was missing, double or out of order. */
function view(index) {
  return new Promise((done) => {
    const request = http.get(url, { agent }, (response) => {
      connectedAt[index] = Date.now();
      if (response.statusCode !== 200) {
        response.resume();
        return done(null);
      }
      let rest = "";
      let seq = 0;
      let ended = false;
      response.setEncoding("utf8");
      response.on("data", (chunk) => {
        const now = Date.now();
        const blocks = (rest + chunk).split("\n\n");
        rest = blocks.pop();
        for (const block of blocks) {
          if (block.startsWith("event: end")) ended = true;
          const head = /^id: (\d+)\ndata: \{"seq":(\d+),.*"at":(\d+)/s.exec(block);
          if (!head) continue;
          if (Number(head[1]) !== seq + 1 || head[1] !== head[2]) return done(null);
          seq++;
          // What happened before somebody came was not late.
          if (Number(head[3]) > connectedAt[index]) delays.push(now - Number(head[3]));
        }
      });
      response.on("end", () => done(ended ? seq : null));
      response.on("error", () => done(null));
    });
    request.on("error", () => done(null));
  });
}

const results = await Promise.all(Array.from({ length: count }, (_, index) => view(index)));
const events = Math.max(...results.map((result) => result ?? 0));
delays.sort((a, b) => a - b);
const at = (part) => delays[Math.min(delays.length - 1, Math.floor(delays.length * part))];
console.log(
  JSON.stringify({
    viewers: count,
    events,
    wrong: results.filter((result) => result !== events).length,
    median: at(0.5),
    p95: at(0.95),
    most: delays.at(-1),
  }),
);
