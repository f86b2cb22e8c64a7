/** What a build was asked for, to be read: the target, and each option that is not at its default. */
import { splitPlatforms } from "../dockerfile/platform";
import { attachedContext, type BuildOptions } from "./options";

export interface OptionFact {
  name: string;
  /** Each on a line of its own. */
  values: string[];
}

const platformFact = (values: string[]): OptionFact => ({
  name: values.length > 1 ? "Platforms" : "Platform",
  values,
});

const contextFact = ([name, source]: [string, string]) => {
  const sent = attachedContext(source);
  return `${name}=${sent === null ? source : `files that were attached (${sent.slice(0, 12)})`}`;
};

/** Of secrets the ids: nobody but their build ever had the values. `labels` are those of the stages that were built. */
export function optionFacts(options: BuildOptions, labels: readonly string[]): OptionFact[] {
  const { target, everyStage } = options;
  const last = labels.at(-1);
  const aim =
    target !== null ? (labels[target] ?? `stage ${target}`) : last === undefined ? "last stage" : last;
  const pairs = (entries: Readonly<Record<string, string | undefined>>, between = "=") =>
    Object.entries(entries).map(([name, value]) => `${name}${between}${value}`);
  const facts: OptionFact[] = [
    { name: "Target", values: [everyStage ? `${aim}, and every other stage` : aim] },
    platformFact(splitPlatforms(options.platform)),
    { name: "Build arguments", values: pairs(options.buildArgs) },
    { name: "Named contexts", values: Object.entries(options.contexts).map(contextFact) },
    { name: "Secret ids", values: options.secrets },
    { name: "SSH key ids", values: options.ssh },
    { name: "SSH agent", values: options.sshAgent ? ["the server’s, lent to this build"] : [] },
    {
      name: "Cache",
      values: [
        ...(options.noCache ? ["not used"] : options.noCacheStages.map((stage) => `not for ${stage}`)),
        ...options.cacheFrom.map((image) => `from ${image}`),
        ...(options.cacheInline ? ["written into the image"] : []),
        ...(options.cacheTo ? [`written to ${options.cacheTo.image}`] : []),
      ],
    },
    { name: "Base images", values: options.pull ? ["asked of the registry anew"] : [] },
    { name: "Tags", values: options.tags },
    { name: "Labels", values: pairs(options.labels) },
    { name: "Network", values: options.network === "default" ? [] : [options.network] },
    { name: "Added hosts", values: pairs(options.addHosts, ":") },
    { name: "Limits", values: pairs(options.ulimits) },
    { name: "Frontend", values: options.ignoreSyntax ? ["the engine’s own, # syntax= ignored"] : [] },
    {
      name: "Result",
      values:
        options.output === "keep"
          ? []
          : [options.output === "push" ? "pushed to the registries of its tags" : "discarded once built"],
    },
  ];
  return facts.filter(({ values }) => values.length > 0);
}
