import { formatBytes, formatCount, formatRatio } from "@/lib/build/format";
import { formatDifference, type SizeDifferences } from "@/lib/build/size-difference";
import type { Change } from "@/lib/graph/compare/changes";
import { SIGNS, WORDS } from "@/lib/graph/compare/marks";
import styles from "./compare.module.css";
import type { Version } from "./versions";

const MARKS = ["added", "removed", "changed", "moved"] as const;

/** How much differs, and what that does to the image that ships. */
export function Summary(props: {
  changes: readonly Change[];
  sizes: SizeDifferences;
  before: Version;
  after: Version;
}) {
  const { changes, sizes, before, after } = props;
  const { shipped } = sizes;
  const unbuilt = [before, after].filter(({ weights }) => weights === null).map(({ label }) => lower(label));
  return (
    <div className={styles.summary} data-testid="compare-summary">
      <b>{changes.length === 0 ? "No change" : formatCount(changes.length, "change")}</b>
      {MARKS.map((mark) => {
        const count = changes.filter((change) => change.mark === mark).length;
        return (
          count > 0 && (
            <span key={mark} className={styles.count} data-mark={mark}>
              <span aria-hidden="true">{SIGNS[mark]}</span> {count} {WORDS[mark]}
            </span>
          )
        );
      })}
      <span className={styles.shipped} data-testid="shipped-difference">
        {shipped.more === null ? (
          <span className={styles.hint}>
            {before.key === after.key
              ? ""
              : unbuilt.length > 0
                ? `No size difference to tell. Not built: ${unbuilt.join(" and ")}`
                : "No size difference to tell: not both builds came to the image that ships"}
          </span>
        ) : (
          <>
            Ships {formatBytes(shipped.before!)} → {formatBytes(shipped.after!)}{" "}
            <b data-way={shipped.more > 0 ? "more" : shipped.more < 0 ? "less" : "none"}>
              {formatDifference(shipped.more)}
            </b>
            {times(shipped.before!, shipped.after!)}
          </>
        )}
      </span>
    </div>
  );
}

/** "The text as it is" within a sentence; a file keeps its name. */
const lower = (label: string) => label.replace(/^(The|A|Build|Text) /, (word) => word.toLowerCase());

function times(before: number, after: number): string {
  if (after > 0 && before / after >= 1.1) return `, ${formatRatio(before / after)}× smaller`;
  return before > 0 && after / before >= 1.1 ? `, ${formatRatio(after / before)}× larger` : "";
}
