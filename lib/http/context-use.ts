import { Refusal } from "../share/refusal";

/** What files are sent for: the build context, or with `?use=named` what builds take by a name that their options give. */
export function contextUse(query: URLSearchParams): "main" | "named" {
  const use = query.get("use") ?? "main";
  if (use === "main" || use === "named") return use;
  throw new Refusal("invalid", "bad-use", "“use” is main or named.");
}
