"use client";
/** Build arguments: those that the Dockerfile declares as a form, others by name. */
import { useMemo } from "react";
import { useDocument } from "@/components/editor/document-context";
import { declaredArgs } from "@/lib/build/declared";
import { useStageLabels } from "../use-build";
import styles from "./options.module.css";
import { PairList } from "./pair-list";
import { Section } from "./section";
import { stageWords, useOptions } from "./use-options";

export function ArgumentFields() {
  const [{ buildArgs }, change] = useOptions();
  const tree = useDocument((state) => state.tree);
  const labels = useStageLabels();
  const declared = useMemo(() => declaredArgs(tree), [tree]);
  const names = new Set(declared.map(({ name }) => name));
  const others = Object.fromEntries(Object.entries(buildArgs).filter(([name]) => !names.has(name)));
  const own = Object.fromEntries(Object.entries(buildArgs).filter(([name]) => names.has(name)));
  const set = (name: string, value: string) => {
    const { [name]: _, ...rest } = buildArgs;
    change({ buildArgs: value === "" ? rest : { ...rest, [name]: value } });
  };
  const given = Object.keys(buildArgs).length;
  return (
    <Section title="Build arguments" chosen={given > 0 ? `${given} given` : null} open>
      {declared.length === 0 && <p className={styles.hint}>This Dockerfile declares no ARG.</p>}
      {declared.map(({ name, fallback, comment, stages }) => (
        <label key={name} className={styles.argument}>
          <code className={styles.argumentName}>{name}</code>
          <input
            className={styles.input}
            value={buildArgs[name] ?? ""}
            placeholder={fallback ?? "no default"}
            spellCheck={false}
            autoComplete="off"
            data-testid={`build-arg-${name}`}
            onChange={(event) => set(name, event.target.value)}
          />
          <span className={styles.hint}>
            {comment && `${comment} · `}
            {stages.length === 0 ? "nothing takes it" : `taken by ${stageWords(stages, labels)}`}
          </span>
        </label>
      ))}
      <PairList
        entries={others}
        onChange={(entries) => change({ buildArgs: { ...own, ...entries } })}
        noun="argument"
        namePlaceholder="NAME"
        valuePlaceholder="value"
        problem={(name) => (/[=\s]/.test(name) ? "A name has no = and no spaces." : null)}
      />
    </Section>
  );
}
