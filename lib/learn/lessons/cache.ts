import { rowsOf, stageCalled, stepStatus, succeeded } from "../goals";
import type { Facts, Lesson } from "../types";

const DOCKERFILE = `FROM golang:1.19 AS builder
WORKDIR /src
COPY . .
RUN go mod download
RUN go build -o /app .

FROM alpine:3.20
COPY --from=builder /app /app
CMD ["/app"]
`;

const builder = (facts: Facts) => stageCalled(facts, "builder");
const download = (facts: Facts) =>
  rowsOf(builder(facts), "RUN").find(({ text }) => /mod download/.test(text));
const compile = (facts: Facts) => rowsOf(builder(facts), "RUN").find(({ text }) => /go build/.test(text));

/** Copies that stand before the download, from the build context. */
const before = (facts: Facts) => {
  const end = download(facts)?.instruction ?? 0;
  return rowsOf(builder(facts), "COPY").filter(
    ({ instruction, text }) => instruction < end && !/--from=/.test(text),
  );
};

export const cache: Lesson = {
  id: "cache",
  title: "Let an edit rebuild only what it must",
  summary:
    "Order COPY and RUN so that the cache holds, keep the compiler’s own cache, and see which steps still run.",
  template: "go-hello",
  dockerfile: DOCKERFILE,
  tasks: [
    {
      title: "Build it once",
      text: "A step comes from the cache while nothing before it changed. First it has to be there.",
      hint: "Press Build, at the top right.",
      goal: (facts) => succeeded(facts).length > 0,
    },
    {
      title: "Copy first what changes seldom",
      text: "COPY . . takes every file, so each edit of a source downloads all modules again. Copy go.mod alone before the download.",
      hint: "Change the first COPY to COPY go.mod ./ (double-click its row).",
      goal: (facts) =>
        before(facts).length > 0 && before(facts).every(({ text }) => /^(--\S+ )*go\.(mod|sum)\b/.test(text)),
    },
    {
      title: "Copy the sources after it",
      text: "The compiler needs the rest, but not before the download: now an edit of a source begins here.",
      hint: "Add COPY . . between RUN go mod download and RUN go build: hover between the two rows and press +.",
      goal: (facts) => {
        const [from, to] = [download(facts)?.instruction, compile(facts)?.instruction];
        if (from === undefined || to === undefined) return false;
        return rowsOf(builder(facts), "COPY").some(
          ({ instruction }) => instruction > from && instruction < to,
        );
      },
    },
    {
      title: "Keep the compiler’s own cache",
      text: "Where the compiler has to run again, let it find what it compiled before. A cache mount is kept between builds and ships with none.",
      hint: "Make it RUN --mount=type=cache,target=/root/.cache/go-build go build -o /app .",
      goal: (facts) => /--mount=\S*type=cache/.test(compile(facts)?.text ?? ""),
    },
    {
      title: "Build, edit a late line, and build again",
      text: "Build. Then change the RUN go build line a little and build again: what stands before it comes from the cache, and only the rest runs.",
      hint: 'After the first build write go build -ldflags="-s -w" -o /app . and build again.',
      goal: (facts) => {
        const [stage, first, last] = [builder(facts), download(facts), compile(facts)];
        return (
          facts.build?.status === "succeeded" &&
          stage !== undefined &&
          first !== undefined &&
          last !== undefined &&
          stepStatus(facts, stage, first) === "cached" &&
          stepStatus(facts, stage, last) === "done"
        );
      },
    },
  ],
  result: () =>
    "The download came from the cache and the compiler ran: an edit of a source now costs what it must. Press W and choose a row to see what an edit of it would rebuild.",
};
