import { lastStage, rowsOf, succeeded } from "../goals";
import type { Facts, Lesson } from "../types";

const DOCKERFILE = `FROM alpine:3.20 AS site
WORKDIR /site
COPY index.html ./
RUN gzip -c index.html > index.html.gz

FROM alpine:3.20
COPY --from=site /site /site
EXPOSE 8080
`;

/** Whether the last stage copies from a card that is no stage. */
const fromImage = (facts: Facts) =>
  facts.graph.edges.some(
    ({ kind, source, target }) =>
      kind === "copy" &&
      target === lastStage(facts)?.id &&
      facts.graph.images.some(({ id, ref }) => id === source && ref.startsWith("busybox")),
  );

export const fromAnImage: Lesson = {
  id: "from-image",
  title: "Start from nothing",
  summary: "Take one program out of a published image, and ship it in an image that holds nothing else.",
  template: "copy-from-image",
  dockerfile: DOCKERFILE,
  tasks: [
    {
      title: "Take a web server out of an image",
      text: "COPY --from names a stage or any image. busybox holds a small web server in a single file.",
      hint: "Add COPY --from=busybox:musl /bin/busybox /bin/busybox to the last stage: select its card and press I.",
      goal: fromImage,
    },
    {
      title: "Start it",
      text: "Let the stage that ships say what runs: the server, on the port that it exposes.",
      hint: 'Add CMD ["/bin/busybox", "httpd", "-f", "-p", "8080", "-h", "/site"] at its end.',
      goal: (facts) => rowsOf(lastStage(facts), "CMD").some(({ text }) => text.includes("/bin/busybox")),
    },
    {
      title: "Leave the rest out",
      text: "The server needs no shell and no libraries. scratch is the empty image: what is copied in is all there is.",
      hint: "Change the base of the last stage to scratch: click alpine:3.20 on its card, or edit its FROM.",
      goal: (facts) => lastStage(facts)?.baseText.toLowerCase() === "scratch",
    },
    {
      title: "Build it",
      text: "The last stage weighs what was copied, and not a byte more: its bar has no part for a base.",
      hint: "Press Build, at the top right.",
      goal: (facts) => fromImage(facts) && succeeded(facts).length > 0,
    },
  ],
  result: () =>
    "Two copies and a command: nothing else is in it, so nothing else can be broken into or has to be updated. “Run it” in the tab Timeline starts it.",
};
