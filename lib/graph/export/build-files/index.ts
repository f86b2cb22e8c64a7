/** What is chosen for a build, as a file for other builders. A door of its own: only who opens it loads a YAML writer. */
export { quoteHcl, toBake } from "./bake";
export { toCompose } from "./compose";
export { type BuildChoice, type BuildFile, targetsOf } from "./targets";
