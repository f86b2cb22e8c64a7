/** Parses and checks texts in a thread of its own, so that the page stays quick while one types in a large file. */
import { evaluationOf } from "../build/evaluation";
import { parseDockerfile } from "../dockerfile/parse";
import { findingsOf } from "../dockerfile/service/findings";
import type { CheckAnswer, CheckOrder } from "./check-elsewhere";

const port = self as unknown as {
  onmessage: ((event: MessageEvent<CheckOrder>) => void) | null;
  postMessage(answer: CheckAnswer): void;
};

port.onmessage = ({ data: { id, text, options } }) =>
  port.postMessage({ id, findings: findingsOf(parseDockerfile(text), evaluationOf(options)) });
