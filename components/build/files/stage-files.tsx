"use client";
import { Search, Square, TriangleAlert } from "lucide-react";
import { type ReactNode, useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import type { FilesOverview } from "@/lib/build/files/wire";
import { formatBytes, formatCount } from "@/lib/build/format";
import { FileTree } from "./file-tree";
import styles from "./files.module.css";
import { LayerList, type Looking } from "./layer-list";
import { useFolders } from "./use-folders";
import { type StageFilesState, useStageFiles } from "./use-stage-files";
import { WastedList } from "./wasted-list";

/** How long the search waits for the next letter, in milliseconds. */
const PAUSE = 200;

interface Props {
  build: string;
  /** By its index in the text that was built. */
  stage: number;
  /** Where another stage is chosen. */
  choice: ReactNode;
}

export function StageFiles({ build, stage, choice }: Props) {
  const { state, stop, again } = useStageFiles(build, stage);
  if (state.status === "ready")
    return <Holds build={build} stage={stage} choice={choice} overview={state.overview} />;
  return (
    <>
      <div className={styles.toolbar}>{choice}</div>
      <Reading state={state} stop={stop} again={again} />
    </>
  );
}

function Reading(props: { state: StageFilesState; stop(): void; again(): void }) {
  const { state, stop, again } = props;
  if (state.status === "failed" || state.status === "stopped") {
    return (
      <div className={styles.reading} role="alert">
        <p>
          <TriangleAlert size={14} aria-hidden="true" />{" "}
          {state.status === "failed" ? state.message : "Reading was stopped."}
        </p>
        {state.status === "failed" && state.hint && <p className={styles.quiet}>{state.hint}</p>}
        <Button size="small" onClick={again}>
          Try again
        </Button>
      </div>
    );
  }
  const known = state.status === "reading" && state.total > 0;
  return (
    <div className={styles.reading}>
      <p role="status">
        {state.status === "waiting"
          ? "The host sends another image first…"
          : known
            ? `Reading layers: ${formatBytes(state.bytes)} of ${formatBytes(state.total)}`
            : "Asking the build host…"}
      </p>
      <progress
        className={styles.progress}
        aria-label="Layers read"
        {...(known ? { value: state.bytes, max: state.total } : {})}
      />
      <Button size="small" onClick={stop}>
        <Square size={12} aria-hidden="true" /> Stop
      </Button>
    </div>
  );
}

function Holds({ build, stage, choice, overview }: Props & { overview: FilesOverview }) {
  const [looking, setLooking] = useState<Looking>("stage");
  const [typed, setTyped] = useState("");
  const [find, setFind] = useState("");
  useEffect(() => {
    const timer = setTimeout(() => setFind(typed.trim()), PAUSE);
    return () => clearTimeout(timer);
  }, [typed]);
  const { bytes, files, wasted, layers } = overview;
  return (
    <>
      <div className={styles.toolbar}>
        {choice}
        <span className={styles.summary} data-testid="files-summary">
          {formatBytes(bytes)} in {formatCount(files, "file")}, {formatCount(layers.length, "layer")}
          {wasted.bytes > 0 && <b> · {formatBytes(wasted.bytes)} wasted</b>}
        </span>
        <label className={styles.search}>
          <Search size={14} aria-hidden="true" />
          <input
            type="search"
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
            placeholder="Search paths"
            aria-label="Search paths"
            maxLength={200}
            disabled={looking === "wasted"}
          />
        </label>
      </div>
      <div className={styles.columns}>
        <LayerList overview={overview} looking={looking} onLook={setLooking} />
        {looking === "wasted" ? (
          <WastedList overview={overview} />
        ) : (
          <Files build={build} stage={stage} looking={looking} find={find} overview={overview} />
        )}
      </div>
    </>
  );
}

interface FilesProps {
  build: string;
  stage: number;
  looking: "stage" | number;
  find: string;
  overview: FilesOverview;
}

function Files({ build, stage, looking, find, overview }: FilesProps) {
  const layer = looking === "stage" ? null : looking;
  const { rows, root, toggle, more, problem } = useFolders(build, stage, layer, find);
  const layerOf = (index: number) => {
    const of = overview.layers[index];
    return of ? `layer ${index + 1}${of.text === "" ? "" : `: ${of.text.slice(0, 120)}`}` : "";
  };
  if (problem)
    return (
      <p className={styles.reading} role="alert">
        {problem}
      </p>
    );
  if (root && root.total === 0) {
    return (
      <p className={styles.nothing}>
        {find === "" ? "This layer changes no files." : `No path has “${find}” in it.`}
      </p>
    );
  }
  return (
    <div className={styles.tree}>
      {find !== "" && root && (
        <p className={styles.found} role="status">
          {formatCount(root.total, "path")}, {formatBytes(root.bytes)}, largest first
        </p>
      )}
      <FileTree
        rows={rows}
        label={layer === null ? "Files of the stage" : `Files of layer ${layer + 1}`}
        flat={find !== ""}
        layerOf={layerOf}
        toggle={toggle}
        more={more}
      />
    </div>
  );
}
