"use client";
/** What a built stage holds: its layers in order, the files of all or one of them, and what is wasted. */
import { FolderTree } from "lucide-react";
import { useDocument, useDocumentStore } from "@/components/editor/document-context";
import { Button } from "@/components/ui/button";
import { formatBytes } from "@/lib/build/format";
import { Empty } from "../empty";
import { useBuildState, useStageLabels } from "../use-build";
import styles from "./files.module.css";
import { StageFiles } from "./stage-files";
import { whyNoFiles } from "./why-no-files";

export function FilesTab() {
  const chosen = useDocument((state) => state.files?.stage ?? null);
  const stage = useDocument((state) => (chosen === null ? -1 : state.stageIds.indexOf(chosen)));
  const why = useDocument((state) => (stage < 0 ? null : whyNoFiles(state, stage)));
  const build = useDocument((state) => state.build?.summary.id);
  const built = useDocument((state) => state.build?.state.stages[stage]?.built ?? null);
  const platform = useDocument((state) => state.build?.platforms?.all[0]?.name ?? null);
  if (build === undefined || stage < 0 || why !== null || built === null) {
    return <Choose why={why} />;
  }
  return (
    <div className={styles.files} data-testid="files">
      <StageFiles
        key={`${build} ${built}`}
        build={build}
        stage={built}
        choice={
          <>
            <StageChoice />
            {platform !== null && <span className={styles.quiet}>on {platform}</span>}
          </>
        }
      />
    </div>
  );
}

/** Reading an image costs its host something: it begins when a stage is chosen, not when the tab is. */
function Choose({ why }: { why: string | null }) {
  const store = useDocumentStore();
  const stages = useBuildState()?.stages;
  const labels = useStageLabels();
  const ids = useDocument((state) => state.stageIds);
  const reason = useDocument((state) => whyNoFiles(state, 0));
  const readable = (stages ?? []).filter((stage) => whyNoFiles(store.getState(), stage.index) === null);
  return (
    <Empty title={readable.length > 0 ? "Which files?" : "No files to look at yet"}>
      <p>
        {why ??
          (readable.length > 0
            ? "The build host sends the layers of a stage’s image; names and sizes are kept with the build. Added, changed, removed and wasted files show, layer by layer."
            : (reason ?? "Build first: files are read from what was built."))}
      </p>
      <div className={styles.choices}>
        {readable.map(({ index, size }) => (
          <Button
            key={index}
            size="small"
            onClick={() => ids[index] && store.getState().openFiles(ids[index])}
          >
            <FolderTree size={13} aria-hidden="true" /> {labels[index] ?? index}
            <span className={styles.quiet}>{formatBytes(size ?? 0)}</span>
          </Button>
        ))}
      </div>
    </Empty>
  );
}

function StageChoice() {
  const store = useDocumentStore();
  const chosen = useDocument((state) => state.files?.stage ?? null);
  const labels = useStageLabels();
  const ids = useDocument((state) => state.stageIds);
  const stages = useBuildState()?.stages ?? [];
  return (
    <select
      className={styles.select}
      aria-label="Stage"
      value={chosen ?? ""}
      onChange={(event) => store.getState().openFiles(event.target.value)}
    >
      {ids.map(
        (id, index) =>
          (id === chosen || whyNoFiles(store.getState(), index) === null) && (
            <option key={id} value={id}>
              {labels[index]}
              {stages[index]?.ships ? " (ships)" : ""}
            </option>
          ),
      )}
    </select>
  );
}
