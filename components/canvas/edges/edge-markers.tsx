import styles from "./edges.module.css";

/** Arrow heads, shared by all edges. */
export function EdgeMarkers() {
  return (
    <svg className={styles.markers} aria-hidden="true">
      <defs>
        {(["copy", "mount"] as const).map((kind) => (
          <marker
            key={kind}
            id={`canvas-arrow-${kind}`}
            viewBox="0 0 10 10"
            refX="9"
            refY="5"
            markerWidth="9"
            markerHeight="9"
            markerUnits="userSpaceOnUse"
            orient="auto"
          >
            <path d="M 0 0.5 L 10 5 L 0 9.5 z" className={styles[`${kind}Head`]} />
          </marker>
        ))}
      </defs>
    </svg>
  );
}
