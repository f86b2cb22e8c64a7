"use client";
/** What may come from earlier builds, and from where. */
import { useDocument } from "@/components/editor/document-context";
import { tagProblem } from "@/lib/build/options";
import styles from "./options.module.css";
import { Group, Section, Tick } from "./section";
import { useOptions } from "./use-options";
import { WordList } from "./word-list";

export function CacheFields() {
  const [{ noCache, noCacheStages, pull, cacheFrom, cacheInline }, change] = useOptions();
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
    </Section>
  );
}
