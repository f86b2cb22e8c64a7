"use client";
/** What the server knows of images: asked when a list opens, and while one types a tag. */
import { useEffect, useState } from "react";
import { useDocument } from "@/components/editor/document-context";
import type { HostImage, TagList } from "@/lib/share/answers";
import { inWords, listHostImages, listTags } from "@/lib/share/client";
import { tagQuery } from "./choices";

export type Asked<T> =
  | { state: "none" }
  | { state: "asking" }
  | { state: "there"; value: T }
  | { state: "failed"; message: string };

const NONE = { state: "none" } as const;
/** A pause in typing, in milliseconds. */
const PAUSE = 250;

/** Of the build host; for those who may build. */
export function useHostImages(): Asked<HostImage[]> {
  const may = useDocument((s) => s.rights.build);
  const host = useDocument((s) => s.options.host);
  const [asked, setAsked] = useState<Asked<HostImage[]>>(NONE);
  useEffect(() => {
    if (!may) return;
    const gone = new AbortController();
    setAsked({ state: "asking" });
    listHostImages(host, gone.signal).then(
      (value) => setAsked({ state: "there", value }),
      (error) => !gone.signal.aborted && setAsked({ state: "failed", message: inWords(error).message }),
    );
    return () => gone.abort();
  }, [may, host]);
  return asked;
}

/** Of the repository that is typed, once its colon is. */
export function useTags(query: string): Asked<{ image: string; list: TagList }> {
  const may = useDocument((s) => s.rights.build);
  const host = useDocument((s) => s.options.host);
  const wanted = tagQuery(query);
  const image = wanted?.image ?? null;
  const wish = wanted?.wish ?? "";
  const [asked, setAsked] = useState<Asked<{ image: string; list: TagList }>>(NONE);
  useEffect(() => {
    if (image === null) return setAsked(NONE);
    if (!may)
      return setAsked({
        state: "failed",
        message: "Only those who may build here can ask registries for tags.",
      });
    const gone = new AbortController();
    setAsked((before) =>
      before.state === "there" && before.value.image === image ? before : { state: "asking" },
    );
    const timer = setTimeout(() => {
      listTags(image, wish, host, gone.signal).then(
        (list) => setAsked({ state: "there", value: { image, list } }),
        (error) => {
          if (gone.signal.aborted) return;
          const { message, hint } = inWords(error);
          setAsked({ state: "failed", message: hint ? `${message} ${hint}` : message });
        },
      );
    }, PAUSE);
    return () => {
      clearTimeout(timer);
      gone.abort();
    };
  }, [image, wish, host, may]);
  return asked;
}
