import styles from "./target.module.css";
import type { StageView } from "./target-view";

/** Behind a FROM with variables, what they come to with the chosen build options; behind a replaced stage, what replaces it. */
export function BaseNow({ view: { base, replaced } }: { view: StageView }) {
  if (base === null) return null;
  return (
    <span className={styles.base} data-testid="base-now" title={replaced ? `A named context: ${base}` : base}>
      {" "}
      <span aria-hidden="true">→</span>
      <span className="visually-hidden">{replaced ? "replaced by" : "that is"}</span> {base}
    </span>
  );
}
