import { formatBytes, formatRatio } from "../../build/format";
import { copies, lastStage, rowsOf, shippedFirstAndNow, succeeded } from "../goals";
import type { Lesson } from "../types";

export const smaller: Lesson = {
  id: "smaller",
  title: "Ship the program, not its compiler",
  summary: "Split one stage in two, and see what ships shrink from hundreds of megabytes to a few.",
  template: "go-hello-one-stage",
  dockerfile: null,
  tasks: [
    {
      title: "Build it as it is",
      text: "One stage compiles the program, so the whole compiler ships with it. See what that weighs.",
      hint: "Press Build, at the top right. The size appears at the foot of the card.",
      goal: (facts) => succeeded(facts).length > 0,
    },
    {
      title: "Give the stage a name",
      text: "A stage that only builds is no longer the end of the file. Others will ask for it by name: call it builder.",
      hint: "Double-click “stage-0” on the card, or write AS builder at the end of the FROM line.",
      goal: ({ graph }) => graph.stages[0]?.name != null,
    },
    {
      title: "Add the stage that ships",
      text: "The last stage of a file is what ships. Let it begin with something small: alpine:3.20, 8 MB.",
      hint: "Press A on the canvas and choose the base alpine:3.20, or type FROM alpine:3.20 at the end of the text.",
      goal: ({ graph }) => {
        const [first, last] = [graph.stages[0], graph.stages.at(-1)];
        const images = new Set(graph.images.map(({ id }) => id));
        return (
          last !== first &&
          last?.baseText !== first?.baseText &&
          graph.edges.some(
            ({ kind, source, target }) => kind === "from" && target === last?.id && images.has(source),
          )
        );
      },
    },
    {
      title: "Carry the program over",
      text: "A new stage has nothing of the one before it. Copy the one file that is needed: /app.",
      hint: "Drag from the lower right dot of the first card onto the second and name /app twice, or write COPY --from=builder /app /app.",
      goal: (facts) => copies(facts, facts.graph.stages[0], lastStage(facts)),
    },
    {
      title: "Say what it runs",
      text: "What a container starts is said by the stage that ships, too. Move the CMD there.",
      hint: "Drag the CMD row from the first card to the second, or cut and paste its line in the text.",
      goal: (facts) => {
        const last = lastStage(facts);
        return rowsOf(last, "CMD").length + rowsOf(last, "ENTRYPOINT").length > 0;
      },
    },
    {
      title: "Build again",
      text: "The compiler still runs, in a stage that is left behind. Look at what ships now.",
      hint: "Press Build. The tab Sizes shows both stages on one scale.",
      goal: (facts) => {
        const sizes = shippedFirstAndNow(facts);
        return sizes !== null && sizes.now * 2 <= sizes.first;
      },
    },
  ],
  result(facts) {
    const { first, now } = shippedFirstAndNow(facts)!;
    return `What ships went from ${formatBytes(first)} to ${formatBytes(now)}, ${formatRatio(first / now)} times smaller: the compiler stays where it is needed.`;
  },
};
