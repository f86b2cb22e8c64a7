"use client";
import { useEffect, useMemo, useRef, useState } from "react";
import { whenOf } from "@/components/build/history/when-of";
import { useDocument, useKeptVersions } from "@/components/editor/document-context";
import type { RevisionListing } from "@/lib/share/answers";
import { inWords } from "@/lib/share/client";
import {
  buildKey,
  type GivenText,
  KeptBuilds,
  type KeptVersion,
  keptVersions,
  NOW,
  OPENED,
  revisionKey,
  type Version,
  weightsOf,
} from "./versions";

export interface VersionChoice {
  key: string;
  label: string;
}

const OWN: readonly VersionChoice[] = [
  { key: NOW, label: "The text as it is" },
  { key: OPENED, label: "The text when this page opened" },
];

/** "Build of 14:02:11", "Text of 3 May, 09:30:00" */
const labelOf = ({ kind, at }: KeptVersion) => `${kind === "build" ? "Build" : "Text"} of ${whenOf(at)}`;

/** Earlier texts, once they are listed. That they are not is no reason not to compare with what else there is. */
function useRevisions(): readonly RevisionListing[] {
  const { builds, flush } = useKeptVersions();
  const [revisions, setRevisions] = useState<readonly RevisionListing[]>([]);
  useEffect(() => {
    let gone = false;
    void flush()
      .catch(() => {})
      .then(() => builds.revisions?.list())
      .then(
        (found) => gone || !found || setRevisions(found),
        () => {},
      );
    return () => {
      gone = true;
    };
  }, [builds, flush]);
  return revisions;
}

/** The two versions that are compared, and all that they can be chosen from. */
export function useVersions(build: string | null, after?: string) {
  const text = useDocument((s) => s.text);
  const history = useDocument((s) => s.history);
  const { builds, build: shown, openedText } = useKeptVersions();
  const [kept] = useState(() => new KeptBuilds(builds));
  const [given, setGiven] = useState<readonly GivenText[]>([]);
  const [keys, setKeys] = useState<{ before: string | null; after: string }>({
    before: build === null ? null : buildKey(build),
    after: after !== undefined ? buildKey(after) : shown === undefined ? NOW : buildKey(shown),
  });
  const revisions = useRevisions();
  const versions = useMemo(() => keptVersions(history, revisions), [history, revisions]);
  const choices = useMemo(
    (): VersionChoice[] => [
      ...(shown === undefined ? OWN : []),
      ...given,
      ...versions.map((version) => ({ key: version.key, label: labelOf(version) })),
    ],
    [given, versions, shown],
  );
  const [loaded, setLoaded] = useState<{ before: Version; after: Version } | null>(null);
  const [problem, setProblem] = useState<{ message: string; hint?: string } | null>(null);
  const [attempt, setAttempt] = useState(0);
  const count = useRef(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt is another reading
  useEffect(() => {
    let gone = false;
    const weigh = async (own: string) => {
      const build = await kept.buildOfText(own, history);
      return { weights: build && weightsOf(build), weighed: build && (await kept.figures(build.id)) };
    };
    const read = async (key: string): Promise<Version> => {
      const label = choices.find((choice) => choice.key === key)?.label ?? "A build that is gone";
      const summary = history.find(({ id }) => buildKey(id) === key);
      if (key.startsWith(buildKey(""))) {
        const id = key.slice(buildKey("").length);
        const own = await kept.text(id);
        const weights = summary ? weightsOf(summary) : null;
        const figures = await kept.figures(id);
        if (weights) return { key, label, text: own, weights, figures, weighed: figures };
        return { key, label, text: own, figures, ...(await weigh(own)) };
      }
      const own = key.startsWith(revisionKey(""))
        ? await kept.revision(key.slice(revisionKey("").length))
        : key === NOW
          ? text
          : key === OPENED
            ? openedText
            : given.find((each) => each.key === key)!.text;
      return { key, label, text: own, figures: null, ...(await weigh(own)) };
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
    /** Of which one is offered to be compared with. */
    versions: versions.filter(({ key }) => key !== keys.after),
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
