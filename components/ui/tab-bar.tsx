"use client";
import { cx } from "./cx";
import styles from "./tab-bar.module.css";

interface Props<Id extends string> {
  label: string;
  tabs: readonly { id: Id; label: string }[];
  tab: Id;
  onTab(tab: NoInfer<Id>): void;
  /** F6 stops here too. */
  pane?: boolean;
}

/** At the foot of a narrow page: which of its parts is shown. */
export function TabBar<Id extends string>({ label, tabs, tab, onTab, pane }: Props<Id>) {
  return (
    <nav className={styles.tabs} aria-label={label} data-pane={pane ? "" : undefined}>
      {tabs.map((each) => (
        <button
          key={each.id}
          type="button"
          className={cx(styles.tab, tab === each.id && styles.tabOn)}
          aria-pressed={tab === each.id}
          onClick={() => onTab(each.id)}
        >
          {each.label}
        </button>
      ))}
    </nav>
  );
}
