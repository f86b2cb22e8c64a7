"use client";
/** What is given for one build by id, as secrets and ssh keys are: a field for each that steps ask for, and for others. */
import { type ComponentType, type ReactNode, useState } from "react";
import type { DeclaredMount } from "@/lib/build/declared";
import { useStageLabels } from "../use-build";
import { NewId } from "./new-id";
import styles from "./options.module.css";
import { Section } from "./section";
import { stageWords } from "./use-options";

export interface IdFieldProps {
  id: string;
  /** Who asks for it. */
  note: string;
  /** Only of what was added by hand. */
  onRemove?(): void;
}

export function IdFields({
  title,
  hint,
  noun,
  declared,
  given,
  also = null,
  Field,
  children,
}: {
  title: string;
  hint: string;
  /** What one of them is: "secret". */
  noun: string;
  declared: readonly DeclaredMount[];
  /** Those that have a value. */
  given: readonly string[];
  /** What is given besides, in a few words. */
  also?: string | null;
  Field: ComponentType<IdFieldProps>;
  /** Beneath the fields. */
  children?: ReactNode;
}) {
  const labels = useStageLabels();
  const [added, setAdded] = useState<readonly string[]>([]);
  const known = new Set(declared.map(({ id }) => id));
  const others = [...new Set([...added, ...given])].filter((id) => !known.has(id));
  return (
    <Section
      title={title}
      chosen={[given.length > 0 && `${given.length} given`, also].filter(Boolean).join(", ") || null}
      open={declared.length > 0}
    >
      <p className={styles.hint}>{hint}</p>
      {declared.map(({ id, required, stages }) => (
        <Field
          key={id}
          id={id}
          note={`${required ? "needed" : "asked for"} by ${stageWords(stages, labels)}`}
        />
      ))}
      {others.map((id) => (
        <Field
          key={id}
          id={id}
          note="no step asks for it"
          onRemove={() => setAdded(added.filter((each) => each !== id))}
        />
      ))}
      <NewId
        noun={noun}
        onAdd={(id) => setAdded([...added, id])}
        taken={(id) => known.has(id) || others.includes(id)}
      />
      {children}
    </Section>
  );
}
