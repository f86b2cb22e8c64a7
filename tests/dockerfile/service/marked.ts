/** A text with the cursor in it, written as `¦`. */
import { type Dockerfile, parseDockerfile } from "../../../lib/dockerfile";

export function marked(text: string): { tree: Dockerfile; offset: number } {
  const offset = text.indexOf("¦");
  if (offset === -1) throw new Error("The text has no ¦ in it.");
  return { tree: parseDockerfile(text.replace("¦", "")), offset };
}
