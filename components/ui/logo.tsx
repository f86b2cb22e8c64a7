import styles from "./logo.module.css";

/** The mark, and the way to the start page; what is on this page is left behind. */
export function PlainLogo() {
  return (
    <a href="/" {...LINK}>
      <Mark />
    </a>
  );
}

export const LINK = { className: styles.logo, "aria-label": "Stagecraft: start page" };

export function Mark() {
  return (
    <svg viewBox="0 0 24 24" width="26" height="26" aria-hidden="true">
      <rect width="24" height="24" rx="6" className={styles.tile} />
      <g fill="none" stroke="#fff" strokeWidth="1.8" strokeLinejoin="round" strokeLinecap="round">
        <path d="m12 5 7 3.6-7 3.6-7-3.6z" />
        <path d="m5 12.3 7 3.6 7-3.6" />
        <path d="m5 15.9 7 3.6 7-3.6" opacity=".6" />
      </g>
    </svg>
  );
}
