import { formatBytes } from "@/lib/build/format";
import { formatDifference, type SizeDifference } from "@/lib/build/size-difference";
import styles from "./compare.module.css";

/** What a stage weighed and weighs, as two bars to the scale of all cards; nothing where neither was built. */
export function SizeFooter({ size, scale }: { size: SizeDifference; scale: number }) {
  const { before, after, more } = size;
  if (before === null && after === null) return null;
  return (
    <footer className={styles.sizes} data-testid="size-difference">
      <div className={styles.bars}>
        {before !== null && <Bar name="before" bytes={before} scale={scale} />}
        {after !== null && <Bar name="after" bytes={after} scale={scale} />}
      </div>
      <b className={styles.more} data-way={more === null || more === 0 ? "none" : more > 0 ? "more" : "less"}>
        {more === null ? "" : formatDifference(more)}
      </b>
    </footer>
  );
}

function Bar({ name, bytes, scale }: { name: "before" | "after"; bytes: number; scale: number }) {
  return (
    <div className={styles.bar}>
      <span className={styles.side}>{name}</span>
      <span className={styles.track} aria-hidden="true">
        <span className={styles[name]} style={{ width: `${scale > 0 ? (100 * bytes) / scale : 0}%` }} />
      </span>
      <span className={styles.figure}>{formatBytes(bytes)}</span>
    </div>
  );
}
