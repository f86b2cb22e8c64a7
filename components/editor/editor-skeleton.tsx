import styles from "./editor.module.css";

/** The editor's outline while the document is on its way: nothing jumps when it comes. */
export function EditorSkeleton() {
  return (
    <main className={styles.page} aria-busy="true">
      <div className={styles.header} />
      <p className={styles.loading} role="status">
        Opening the document…
      </p>
    </main>
  );
}
