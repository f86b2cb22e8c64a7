import type { CSSProperties } from "react";
import { refScale } from "./detail";
import styles from "./image-card.module.css";

/** Where it comes from, what it is called with its tag, and its digest. */
const PARTS = /^(.*\/)?([^@]*)(@.*)?$/s;

/** An image's reference: what it is called stays to be read where there is no room for the rest. */
export function ImageRef({ image }: { image: string }) {
  const [, path, name = image, digest] = PARTS.exec(image) ?? [];
  return (
    <>
      {path && <span className={styles.path}>{path}</span>}
      <span className={styles.name} data-name={name}>
        <span className={styles.word} style={{ "--ref-scale": refScale(image, name) } as CSSProperties}>
          {name}
        </span>
      </span>
      {digest && <span className={styles.digest}>{digest}</span>}
    </>
  );
}
