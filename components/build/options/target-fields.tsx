"use client";
/** What is built: every stage or what one needs, and for which platform. */
import { useId } from "react";
import { useDocument } from "@/components/editor/document-context";
import { DEFAULT_PLATFORM, parsePlatform } from "@/lib/dockerfile/platform";
import { HostSelect, useHostChoice } from "../host-select";
import { useStageLabels } from "../use-build";
import styles from "./options.module.css";
import { Field, Section } from "./section";
import { useOptions } from "./use-options";

/** Those that Docker's official images are most often made for. */
const COMMON = [
  "linux/amd64",
  "linux/arm64",
  "linux/arm/v7",
  "linux/ppc64le",
  "linux/s390x",
  "linux/riscv64",
];

export function TargetFields() {
  const [{ target, everyStage, platform }, change] = useOptions();
  const labels = useStageLabels();
  const host = useDocument((state) => (state.host?.state === "ready" ? state.host.platform : null));
  const choice = useHostChoice();
  const platforms = useId();
  const value = target !== null ? String(target) : everyStage ? "every" : String(labels.length - 1);
  const wrong = platform === null ? null : problemOf(platform);
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
      <Field
        label="Platform"
        hint={
          host
            ? `The host's own is ${host}. Steps for another run only where the host can emulate it.`
            : "Such as linux/arm64."
        }
      >
        <input
          className={styles.input}
          list={platforms}
          value={platform ?? ""}
          placeholder={host ?? "the host's own"}
          aria-invalid={wrong !== null}
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => change({ platform: event.target.value.replace(/[\s,]/g, "") || null })}
        />
      </Field>
      {wrong && (
        <p className={styles.problem} role="alert">
          {wrong}
        </p>
      )}
      <datalist id={platforms}>
        {[...new Set([...(host ? [host] : []), ...COMMON])].map((each) => (
          <option key={each} value={each} />
        ))}
      </datalist>
    </Section>
  );
}

function problemOf(platform: string): string | null {
  return "error" in parsePlatform(platform, DEFAULT_PLATFORM)
    ? `${platform} is no platform: they look like linux/arm64 or linux/arm/v7.`
    : null;
}
