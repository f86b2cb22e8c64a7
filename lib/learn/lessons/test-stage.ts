import { copies, lastStage, rowsOf, stageCalled, standsOn, succeeded } from "../goals";
import type { Facts, Lesson } from "../types";

const test = (facts: Facts) => stageCalled(facts, "test");

export const testStage: Lesson = {
  id: "test-stage",
  title: "A stage that tests and never ships",
  summary: "Stand a stage on the builder, build up to it with a target, and leave it out of what ships.",
  template: "go-hello",
  dockerfile: null,
  tasks: [
    {
      title: "Stand a stage on the builder",
      text: "A stage can go on from another: FROM builder has all that the builder has. Add one before the last, called test.",
      hint: "Write FROM builder AS test before FROM alpine:3.20. The last stage of the file must stay the one that ships.",
      goal: (facts) =>
        standsOn(facts, test(facts), stageCalled(facts, "builder")) && test(facts) !== lastStage(facts),
    },
    {
      title: "Let it check the program",
      text: "What it runs decides whether a build up to it succeeds. go vet needs no network.",
      hint: "Add RUN go vet ./... to the stage test: select its card and press I.",
      goal: (facts) => rowsOf(test(facts), "RUN").length > 0,
    },
    {
      title: "Build up to it",
      text: "A target is the stage to build up to. Choose test and build: what it does not need is dimmed, and is not built.",
      hint: "Open “Build: …” at the top, choose test, and press Build.",
      goal: (facts) => {
        const index = test(facts)?.index;
        return succeeded(facts).some(({ options }) => options.target !== null && options.target === index);
      },
    },
    {
      title: "Build what ships, and nothing else",
      text: "Choose the last stage and only what it needs: BuildKit skips the tests, since nothing is copied from them.",
      hint: "Open “Build: …”, choose the last stage (not “every stage”), and press Build.",
      goal: (facts) => {
        const last = lastStage(facts)?.index;
        const onlyLast = ({
          options: { target, everyStage },
        }: {
          options: Facts["builds"][number]["options"];
        }) => !everyStage && (target === null || target === last);
        return !copies(facts, test(facts), lastStage(facts)) && succeeded(facts).some(onlyLast);
      },
    },
  ],
  result: () =>
    "One file now builds, tests and ships: docker build --target test . in your pipeline, docker build . for the image.",
};
