/** Why a registry gives no tags, in words that lead to what to do. */
import { Refusal } from "../../../share/refusal";

const WAYS = "Type the whole reference: the build host may reach the registry although this server does not.";

const REASONS: Readonly<Record<string, string>> = {
  ENOTFOUND: "its name is not known here",
  EAI_AGAIN: "names cannot be looked up here, as in a network without a way out",
  ECONNREFUSED: "nothing answers there",
  EHOSTUNREACH: "there is no way to it through this network",
  ENETUNREACH: "there is no way to it through this network",
  ETIMEDOUT: "it did not answer in time",
  ECONNRESET: "it closed the connection",
  EPROTO: "it does not answer with TLS",
};

export function registryProblem(error: unknown, registry: string, repository: string): Refusal {
  const {
    code = "",
    status = 0,
    name = "",
  } = (error ?? {}) as { code?: string; status?: number; name?: string };
  if (error instanceof AggregateError && error.errors.length > 0) {
    return registryProblem(error.errors[0], registry, repository);
  }
  switch (code) {
    case "PRIVATE_ADDRESS":
      return new Refusal(
        "forbidden",
        "private-registry",
        `${registry} has an address within a private network, which this server does not ask for visitors.`,
        `Whoever runs it can allow that: STAGECRAFT_PRIVATE_REGISTRIES=${registry}`,
      );
    case "LOGIN":
      return new Refusal(
        "forbidden",
        "registry-login",
        `${registry} shows ${repository} only to who is logged in, or has no such image.`,
        "Check the name, or type the whole reference.",
      );
    case "OVERSIZE":
      return new Refusal(
        "unavailable",
        "registry-answer",
        `${registry} sent more than can be a list of tags.`,
        WAYS,
      );
    case "STATUS":
      return status === 404
        ? new Refusal(
            "notFound",
            "no-repository",
            `${registry} has no image ${repository}.`,
            "Check its name.",
          )
        : new Refusal("unavailable", "registry-answer", `${registry} answered with status ${status}.`, WAYS);
  }
  if (error instanceof SyntaxError || name === "ZodError") {
    return new Refusal("unavailable", "registry-answer", `What answers at ${registry} is no registry.`, WAYS);
  }
  const late = name === "AbortError" || name === "TimeoutError";
  const tls = /SELF_SIGNED|CERT_|UNABLE_TO_/.test(code) ? "its certificate could not be checked" : undefined;
  const reason = late ? REASONS.ETIMEDOUT : (REASONS[code] ?? tls);
  const said = reason ?? (error instanceof Error ? error.message : String(error));
  return new Refusal("unavailable", "registry-unreachable", `${registry} cannot be asked: ${said}.`, WAYS);
}
