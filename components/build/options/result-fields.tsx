"use client";
/** What becomes of the image. */
import { tagProblem } from "@/lib/build/options";
import { ArchiveLink } from "./archive-link";
import styles from "./options.module.css";
import { PairList } from "./pair-list";
import { Field, Group, Section } from "./section";
import { useOptions } from "./use-options";
import { WordList } from "./word-list";

export function ResultFields() {
  const [{ output, tags, labels }, change] = useOptions();
  const named = tags.length > 0 ? tags.join(", ") : null;
  const chosen =
    output === "discard" ? "discarded" : output === "push" ? `push ${named ?? "nowhere"}` : named;
  return (
    <Section title="Result" chosen={chosen}>
      <Field label="The image">
        <select
          className={styles.input}
          value={output}
          onChange={(event) => change({ output: event.target.value as typeof output })}
        >
          <option value="keep">Keep it on the build host</option>
          <option value="push">Keep it and push it to the registries of its tags</option>
          <option value="discard">Discard it: only see whether it builds, and what it weighs</option>
        </select>
      </Field>
      <ArchiveLink />
      {output !== "discard" && (
        <Group
          label="Tags"
          hint={
            output === "push" && tags.length === 0
              ? "Where to push it: a name that begins with its registry, such as ghcr.io/me/app:1.0."
              : "Names on the build host. An image that has one already loses it."
          }
        >
          <WordList
            words={tags}
            onChange={(words) => change({ tags: words })}
            noun="tag"
            placeholder="app:1.0"
            problem={tagProblem}
          />
        </Group>
      )}
      <Group label="Labels">
        <PairList
          entries={labels}
          onChange={(entries) => change({ labels: entries })}
          noun="label"
          namePlaceholder="org.opencontainers.image.title"
          valuePlaceholder="value"
          problem={(name) => (/[=\s]/.test(name) ? "A label's name has no = and no spaces." : null)}
        />
      </Group>
    </Section>
  );
}
