/** Everything that the page asks of the server. Every call throws RequestError, with words for a person, when refused. */
export * from "./builds";
export * from "./contexts";
export * from "./documents";
export * from "./figures";
export { type FollowProblem, followBuild } from "./follow";
export * from "./hosts";
export * from "./images";
export { inWords, RequestError } from "./request-error";
export { runBuilt } from "./runs";
export { getStageFiles, listStageFiles, readStageFiles } from "./stage-files";
