"use client";
/** What is built: every stage or what one needs, and for which platforms. */
import { HostSelect, useHostChoice } from "../host-select";
import { useStageLabels } from "../use-build";
import styles from "./options.module.css";
import { PlatformFields } from "./platform-fields";
import { Field, Section } from "./section";
import { useOptions } from "./use-options";

export function TargetFields() {
  const [{ target, everyStage }, change] = useOptions();
  const labels = useStageLabels();
  const choice = useHostChoice();
  const value = target !== null ? String(target) : everyStage ? "every" : String(labels.length - 1);
  return (
    <Section title="What is built" open>
      <Field label="Target" hint="A stage alone leaves out what it does not need.">
        <select
          className={styles.input}
          value={value}
          onChange={({ target: { value: chosen } }) =>
            change(
              chosen === "every"
                ? { target: null, everyStage: true }
                : { target: Number(chosen), everyStage: false },
            )
          }
        >
          <option value="every">Every stage, with all sizes</option>
          {labels.map((label, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a stage is its position here
            <option key={index} value={index}>
              {label}
              {index === labels.length - 1 ? " (the last)" : ""}
            </option>
          ))}
        </select>
      </Field>
      {choice && (
        <Field label="Build on" hint="Kept with the document; images stay on the host they were built on.">
          <HostSelect className={styles.input} />
        </Field>
      )}
      <PlatformFields />
    </Section>
  );
}
