"use client";
import { useEffect, useMemo, useRef, useState } from "react";
import { whenOf } from "@/components/build/history/when-of";
import { useDocument, useKeptVersions } from "@/components/editor/document-context";
import { inWords } from "@/lib/share/client";
import { buildKey, type GivenText, KeptBuilds, NOW, OPENED, type Version, weightsOf } from "./versions";

export interface VersionChoice {
  key: string;
  label: string;
}

/** The two versions that are compared, and all that they can be chosen from. */
export function useVersions(build: string | null, after?: string) {
  const text = useDocument((s) => s.text);
  const history = useDocument((s) => s.history);
  const { builds, openedText } = useKeptVersions();
  const [kept] = useState(() => new KeptBuilds(builds));
  const [given, setGiven] = useState<readonly GivenText[]>([]);
  const [keys, setKeys] = useState<{ before: string | null; after: string }>({
    before: build === null ? null : buildKey(build),
    after: after === undefined ? NOW : buildKey(after),
  });
  const choices = useMemo(
    (): VersionChoice[] => [
      { key: NOW, label: "The text as it is" },
      { key: OPENED, label: "The text when this page opened" },
      ...given,
      ...history.map(({ id, createdAt }) => ({ key: buildKey(id), label: `Build of ${whenOf(createdAt)}` })),
    ],
    [given, history],
  );
  const [loaded, setLoaded] = useState<{ before: Version; after: Version } | null>(null);
  const [problem, setProblem] = useState<{ message: string; hint?: string } | null>(null);
  const [attempt, setAttempt] = useState(0);
  const count = useRef(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt is another reading
  useEffect(() => {
    let gone = false;
    const read = async (key: string): Promise<Version> => {
      const label = choices.find((choice) => choice.key === key)?.label ?? "A build that is gone";
      const summary = history.find(({ id }) => buildKey(id) === key);
      if (key.startsWith(buildKey(""))) {
        const own = await kept.text(key.slice(buildKey("").length));
        const weights = (summary && weightsOf(summary)) ?? (await kept.weightsOfText(own, history));
        return {
          key,
          label,
          text: own,
          weights,
          figures: await kept.figures(key.slice(buildKey("").length)),
        };
      }
      const own =
        key === NOW ? text : key === OPENED ? openedText : given.find((each) => each.key === key)!.text;
      return { key, label, text: own, weights: await kept.weightsOfText(own, history), figures: null };
    };
    setProblem(null);
    if (keys.before === null) {
      setLoaded(null);
      return;
    }
    Promise.all([read(keys.before), read(keys.after)]).then(
      ([before, after]) => gone || setLoaded({ before, after }),
      (error) => gone || setProblem(inWords(error)),
    );
    return () => {
      gone = true;
    };
  }, [keys, choices, history, given, text, openedText, kept, attempt]);

  return {
    choices,
    keys,
    loaded,
    problem,
    retry: () => setAttempt(attempt + 1),
    choose: (part: Partial<{ before: string | null; after: string }>) => setKeys({ ...keys, ...part }),
    swap: () => keys.before !== null && setKeys({ before: keys.after, after: keys.before }),
    /** Takes a text along and compares with it. */
    give(label: string, content: string) {
      count.current += 1;
      const key = `given:${count.current}`;
      setGiven([...given, { key, label, text: content }]);
      setKeys({ ...keys, before: key });
    },
  };
}
