import { INSTRUCTIONS } from "../service/explanations";

/** How an instruction begins that somebody is about to write: with what is most often meant, ready to be changed. */
const TEMPLATES: Readonly<Record<string, string>> = {
  ADD: "ADD . .",
  ARG: "ARG NAME",
  CMD: 'CMD ["program"]',
  COPY: "COPY . .",
  ENTRYPOINT: 'ENTRYPOINT ["program"]',
  ENV: "ENV NAME=value",
  EXPOSE: "EXPOSE 8080",
  HEALTHCHECK: "HEALTHCHECK CMD curl -f http://localhost/ || exit 1",
  LABEL: "LABEL org.opencontainers.image.title=name",
  ONBUILD: "ONBUILD RUN ",
  RUN: "RUN ",
  SHELL: 'SHELL ["/bin/sh", "-c"]',
  STOPSIGNAL: "STOPSIGNAL SIGTERM",
  USER: "USER nobody",
  VOLUME: "VOLUME /data",
  WORKDIR: "WORKDIR /app",
};

/** The order in which people reach for them. */
const ORDER = [
  ...["RUN", "COPY", "WORKDIR", "ENV", "ARG", "USER", "EXPOSE", "CMD", "ENTRYPOINT", "ADD", "LABEL"],
  ...["HEALTHCHECK", "VOLUME", "SHELL", "STOPSIGNAL", "ONBUILD"],
];

/** What may be written within a stage. MAINTAINER is deprecated, FROM begins a stage of its own. */
export const WRITABLE: readonly string[] = ORDER;

/** @param lower whether the file writes its keywords in lower case */
export function templateOf(keyword: string, lower: boolean): string {
  const template = TEMPLATES[keyword] ?? `${keyword} `;
  return lower ? template.replace(/^[A-Z]+(?: RUN(?= $))?/, (word) => word.toLowerCase()) : template;
}

/** What an instruction is for: the first sentence of its explanation, as plain text. */
export function purposeOf(keyword: string): string {
  const text = INSTRUCTIONS[keyword]?.text ?? "";
  const [sentence = text] = /^.*?[.:](?= |$)/.exec(text) ?? [];
  return sentence.replace(/:$/, ".").replaceAll("`", "");
}
