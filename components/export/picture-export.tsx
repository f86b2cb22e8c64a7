"use client";
import { useEffect, useMemo, useState } from "react";
import { useDocumentStore } from "@/components/editor/document-context";
import { useTheme } from "@/components/ui/theme";
import { drawPicture, type PictureTheme } from "@/lib/graph/export";
import { Actions, clipboard } from "./actions";
import { Choice } from "./choice";
import styles from "./export.module.css";
import { figuresOf } from "./figures";
import { fileName } from "./kinds";
import { rasterise, tooLarge } from "./rasterise";
import { saveFile } from "./save-file";

const THEMES = [
  { value: "light", label: "Light" },
  { value: "dark", label: "Dark" },
] as const;
const ANY_THEME = [...THEMES, { value: "auto", label: "As the reader's" }] as const;
const SCALES = [
  { value: "1", label: "1×" },
  { value: "2", label: "2×" },
] as const;

/** The graph as a picture, its cards where they stand on the canvas. */
export function PictureExport({ format }: { format: "png" | "svg" }) {
  const store = useDocumentStore();
  const [theme, setTheme] = useState<PictureTheme>(useTheme());
  const [scale, setScale] = useState<"1" | "2">("2");
  const [withSizes, setWithSizes] = useState(true);
  const figures = useMemo(() => {
    const { graph, build } = store.getState();
    return figuresOf(graph, build?.state ?? null);
  }, [store]);
  const { title, picture, empty } = useMemo(() => {
    const { title, graph, positions, collapsed } = store.getState();
    const placed = graph.stages.some(({ id }) => positions[id] !== undefined);
    const picture = drawPicture(graph, title, {
      theme: format === "png" && theme === "auto" ? "light" : theme,
      places: placed ? positions : undefined,
      collapsed,
      figures: (withSizes && figures) || undefined,
    });
    return { title, picture, empty: graph.stages.length === 0 };
  }, [store, format, theme, withSizes, figures]);

  const times = format === "png" ? Number(scale) : 1;
  const file = `${fileName(title)}.${format}`;
  const problem = empty
    ? "There is no stage to draw yet."
    : format === "png"
      ? tooLarge(picture, times)
      : null;
  const blob = async () =>
    format === "png" ? rasterise(picture, times) : new Blob([picture.svg], { type: "image/svg+xml" });
  const copy = async () => {
    const board = clipboard();
    if (format === "svg") return board.writeText(picture.svg);
    // The promise, not its result: Safari wants the writing to begin within the click.
    await board.write([new ClipboardItem({ "image/png": blob() })]);
  };
  return (
    <>
      <div className={styles.options}>
        <Choice<PictureTheme>
          name="Colours"
          value={format === "png" && theme === "auto" ? "light" : theme}
          choices={format === "png" ? THEMES : ANY_THEME}
          onChange={setTheme}
        />
        {format === "png" && (
          <Choice<"1" | "2"> name="Size" value={scale} choices={SCALES} onChange={setScale} />
        )}
        {figures && (
          <label className={styles.check}>
            <input
              type="checkbox"
              checked={withSizes}
              onChange={(event) => setWithSizes(event.target.checked)}
            />
            Sizes of the build on show
          </label>
        )}
        <span className={styles.dimensions} data-testid="export-dimensions">
          {picture.width * times} × {picture.height * times} pixels
        </span>
      </div>
      {problem ? <p className={styles.missing}>{problem}</p> : <Preview svg={picture.svg} title={title} />}
      <Actions
        disabled={problem !== null}
        file={file}
        copy={copy}
        save={async () => saveFile(file, await blob())}
      />
    </>
  );
}

function Preview({ svg, title }: { svg: string; title: string }) {
  const [address, setAddress] = useState<string | null>(null);
  useEffect(() => {
    const made = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [svg]);
  return (
    <div className={styles.picture}>
      {/* As an image a picture can run nothing, whatever the text in it says. */}
      {/* biome-ignore lint/performance/noImgElement: made in this page, so there is nothing to optimise */}
      {address && <img src={address} alt={`The graph of ${title}`} data-testid="export-picture" />}
    </div>
  );
}
