/**
 * Files of a built stage. Only for whoever owns the document: a link shares a text and what its builds said, and who
 * gave it away has not looked through the names in a whole image, among which may be those of private files.
 */
import { type FilesQuery, filesQuerySchema } from "../build/files/wire";
import type { BuildDetail } from "../share/answers";
import { Refusal } from "../share/refusal";
import { ownBuilt } from "./builds";
import type { Call } from "./route";

export async function ownStage(
  call: Call<{ id: string; stage: string }>,
): Promise<{ build: BuildDetail; stage: number }> {
  const build = await ownBuilt(call);
  const { stage } = call.params;
  if (/^\d{1,6}$/.test(stage)) return { build, stage: Number(stage) };
  throw new Refusal(
    "invalid",
    "bad-stage",
    `“${stage.slice(0, 40)}” is not the number of a stage.`,
    "Stages are counted from 0.",
  );
}

export function readFilesQuery(query: URLSearchParams): FilesQuery {
  const parsed = filesQuerySchema.safeParse(Object.fromEntries(query));
  if (parsed.success) return parsed.data;
  const wrong = parsed.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
  throw new Refusal("invalid", "bad-query", `The question does not fit: ${wrong.join("; ")}`);
}
