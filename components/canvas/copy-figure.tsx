"use client";
/** What a COPY or ADD will take from the build context, in its row until a build says what it gave. */
import { copyInWords } from "@/components/build/context/copy-words";
import { useDocument } from "@/components/editor/document-context";
import { cx } from "@/components/ui/cx";
import { copyKey } from "@/lib/store/copy-key";
import type { RowModel } from "./models";
import styles from "./stage-card.module.css";

const NAMED = 12;

export function CopyFigure({ stage, row }: { stage: string; row: RowModel }) {
  const copy = useDocument((s) => s.copies.get(copyKey(stage, row.instruction)));
  if (!copy || copy.text !== row.text) return null;
  const wrong = copy.sources.some(({ problem }) => problem !== null && problem !== "noMatch");
  const names = copy.taken.slice(0, NAMED).map(({ path }) => path);
  const more = copy.files - names.length;
  return (
    <span
      className={cx(styles.figure, styles.foretold, wrong && styles.exit)}
      title={["From the build context:", ...names, ...(more > 0 ? [`and ${more} more`] : [])].join("\n")}
      data-testid="copy-figure"
    >
      {copyInWords(copy)}
    </span>
  );
}
