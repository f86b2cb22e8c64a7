"use client";
/** Folders of a view of a stage's files, each asked for when it is opened. */
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { FilesPage } from "@/lib/build/files/wire";
import { inWords, listStageFiles } from "@/lib/share/client";
import { type Folders, treeRows } from "./tree-rows";

const NOTHING: Folders = new Map();

/** `layer` null is the whole stage. Words that are looked for give a flat list in place of the tree. */
export function useFolders(build: string, stage: number, layer: number | null, find: string) {
  const [folders, setFolders] = useState(NOTHING);
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const [problem, setProblem] = useState<string | null>(null);
  const leaving = useRef(new AbortController());

  const load = useCallback(
    async (path: string, from: number) => {
      const { signal } = leaving.current;
      try {
        const page = await listStageFiles(build, stage, { layer, path, find, from }, signal);
        setFolders((before) => (signal.aborted ? before : withPage(before, path, page, from)));
      } catch (error) {
        if (!signal.aborted) setProblem(inWords(error).message);
      }
    },
    [build, stage, layer, find],
  );

  useEffect(() => {
    leaving.current = new AbortController();
    setFolders(NOTHING);
    setOpen(new Set());
    setProblem(null);
    void load("", 0);
    return () => leaving.current.abort();
  }, [load]);

  const toggle = useCallback(
    (path: string, wish: boolean) => {
      if (wish && !folders.has(path)) void load(path, 0);
      setOpen((before) => {
        const next = new Set(before);
        if (wish) next.add(path);
        else next.delete(path);
        return next;
      });
    },
    [folders, load],
  );
  const more = useCallback(
    (path: string) => void load(path, folders.get(path)?.entries.length ?? 0),
    [folders, load],
  );
  const rows = useMemo(() => treeRows(folders, open), [folders, open]);
  return { rows, root: folders.get("") ?? null, toggle, more, problem };
}

function withPage(folders: Folders, path: string, page: FilesPage, from: number): Folders {
  const before = folders.get(path)?.entries.slice(0, from) ?? [];
  return new Map(folders).set(path, { ...page, entries: [...before, ...page.entries] });
}
