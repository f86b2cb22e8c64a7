"use client";
/** What may come from earlier builds, and from where. */
import { useEffect, useRef, useState } from "react";
import { useDocument } from "@/components/editor/document-context";
import { type BuildOptions, tagProblem } from "@/lib/build/options";
import styles from "./options.module.css";
import { Group, Section, Tick } from "./section";
import { useOptions } from "./use-options";
import { WordList } from "./word-list";

type CacheTo = BuildOptions["cacheTo"];

/** The cache as an image of its own in a registry. */
function CacheTarget({ cacheTo, onChange }: { cacheTo: CacheTo; onChange(to: CacheTo): void }) {
  const [draft, setDraft] = useState(cacheTo?.image ?? "");
  const told = useRef(cacheTo);
  // Changed by somebody else: undo, another tab, a reset.
  useEffect(() => {
    if (cacheTo?.image === told.current?.image) return;
    told.current = cacheTo;
    setDraft(cacheTo?.image ?? "");
  }, [cacheTo]);
  const cannot = useDocument(({ host }) =>
    host?.state === "ready" && !host.features.cacheExport
      ? `${host.name} keeps images in ${host.store}: it can write no cache to a registry. The containerd image store can.`
      : null,
  );
  const wrong = draft === "" ? null : (tagProblem(draft) ?? cannot);
  const write = (image: string) => {
    setDraft(image);
    const to =
      image === "" || tagProblem(image) !== null ? null : { mode: "max" as const, ...cacheTo, image };
    told.current = to;
    onChange(to);
  };
  return (
    <Group
      label="Write the cache to a registry"
      hint={wrong === null && cannot ? cannot : "An image of its own, for builds on other hosts."}
    >
      <input
        className={styles.input}
        aria-label="Image that the cache is written to"
        aria-invalid={wrong !== null}
        placeholder="registry.example.com/app:cache"
        value={draft}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => write(event.target.value.trim())}
      />
      {wrong && (
        <p className={styles.problem} role="alert">
          {wrong}
        </p>
      )}
      {cacheTo !== null && (
        <Tick
          label="With the steps of every stage"
          hint="Without it, only what the result is made of: less to send, and less that a later build finds."
          checked={cacheTo.mode === "max"}
          onChange={(on) => onChange({ ...cacheTo, mode: on ? "max" : "min" })}
        />
      )}
    </Group>
  );
}

export function CacheFields() {
  const [{ noCache, noCacheStages, pull, cacheFrom, cacheInline, cacheTo }, change] = useOptions();
  const stages = useDocument((state) => state.graph.stages);
  const named = [...new Set(stages.flatMap(({ name }) => (name === null ? [] : [name])))];
  const chosen = noCache
    ? "not used"
    : noCacheStages.length > 0
      ? `not for ${noCacheStages.join(", ")}`
      : pull
        ? "pulls anew"
        : null;
  return (
    <Section title="Cache" chosen={chosen}>
      <Tick
        label="Build without the cache"
        hint="Every step runs again."
        checked={noCache}
        onChange={(on) => change({ noCache: on })}
      />
      {named.length > 0 && !noCache && (
        <Group label="Or run only these stages again">
          <div className={styles.ticks}>
            {named.map((name) => (
              <Tick
                key={name}
                label={<code>{name}</code>}
                checked={noCacheStages.includes(name)}
                onChange={(on) =>
                  change({
                    noCacheStages: on
                      ? [...noCacheStages, name]
                      : noCacheStages.filter((each) => each !== name),
                  })
                }
              />
            ))}
          </div>
        </Group>
      )}
      <Tick
        label="Pull base images anew"
        hint="Asks the registry even where the host has the image."
        checked={pull}
        onChange={(on) => change({ pull: on })}
      />
      <Group label="Also use the cache of these images">
        <WordList
          words={cacheFrom}
          onChange={(words) => change({ cacheFrom: words })}
          noun="image with a cache"
          placeholder="registry.example.com/app:cache"
          problem={tagProblem}
        />
      </Group>
      <Tick
        label="Keep the cache's keys in the image"
        hint="A later build on another host can then use the pushed image as its cache."
        checked={cacheInline}
        onChange={(on) => change({ cacheInline: on })}
      />
      <CacheTarget cacheTo={cacheTo} onChange={(to) => change({ cacheTo: to })} />
    </Section>
  );
}
