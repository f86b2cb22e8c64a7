"use client";
/** Named contexts: what a build takes in place of a stage or an image. */
import { useId } from "react";
import { useDocument } from "@/components/editor/document-context";
import { isAddress, readRemoteSource } from "@/lib/build/context/remote-source";
import { attachedContext, isFolderOfContext, tagProblem } from "@/lib/build/options";
import { familiarName } from "@/lib/dockerfile";
import { AttachedContexts } from "./attached-contexts";
import styles from "./options.module.css";
import { PairList } from "./pair-list";
import { useTooOld } from "./run-fields";
import { Section } from "./section";
import { useOptions } from "./use-options";

const IMAGE = "docker-image://";

export function ContextFields() {
  const [{ contexts }, change] = useOptions();
  const tooOld = useTooOld();
  const hint = useId();
  const hasContext = useDocument((state) => state.context !== null);
  const graph = useDocument((state) => state.graph);
  const names = [
    ...new Set([
      ...graph.stages.flatMap(({ name }) => (name === null ? [] : [name])),
      ...graph.images.map(({ ref }) => ref).filter((ref) => ref !== "scratch"),
    ]),
  ];
  const count = Object.keys(contexts).length;
  const isAttached = ([, source]: [string, string]) => attachedContext(source) !== null;
  const attached = Object.entries(contexts).filter(isAttached);
  const written = Object.entries(contexts).filter((entry) => !isAttached(entry));
  const nameProblem = (name: string) =>
    familiarName(name.split("::")[0]!) === null ? `${name} can't be the name of a context.` : null;
  return (
    <Section title="Named contexts" chosen={count > 0 ? `${count} given` : null}>
      <p className={styles.hint} id={hint}>
        {tooOld ??
          "What takes the place of a stage or an image: docker-image://NAME, an https address (a repository that ends in .git, or a zip or tar), a folder of the build context, or files that you attach here. The server fetches addresses anew for each build."}
      </p>
      <AttachedContexts names={names} problem={nameProblem} />
      <PairList
        entries={Object.fromEntries(written)}
        onChange={(entries) => change({ contexts: { ...Object.fromEntries(attached), ...entries } })}
        noun="named context"
        namePlaceholder="stage or image"
        valuePlaceholder="docker-image://alpine:3.20"
        names={names}
        problem={(name, source) => {
          const wrong = nameProblem(name);
          if (wrong !== null) return wrong;
          if (attached.some(([other]) => other === name)) return `${name} is attached already.`;
          if (source.startsWith(IMAGE)) {
            const image = source.slice(IMAGE.length);
            return image === "scratch" || image.includes("@") ? null : tagProblem(image);
          }
          if (isAddress(source)) {
            const read = readRemoteSource(source);
            return typeof read === "string" ? read : null;
          }
          if (source === "" || /[\s,]/.test(source) || !isFolderOfContext(source))
            return `${name} needs docker-image://NAME, an https address or a folder such as shared/config.`;
          return hasContext ? null : "No build context is attached that could have the folder.";
        }}
      />
    </Section>
  );
}
