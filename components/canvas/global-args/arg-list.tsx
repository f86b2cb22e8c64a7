"use client";
/** The ARGs before the first FROM, on their card or in the list. */
import type { ArgumentNode } from "@/lib/graph/arguments";
import { useCanvasState } from "../canvas-state";
import { ArgRow } from "./arg-row";
import styles from "./global-args.module.css";
import { NewArg } from "./new-arg";
import { NO_USES, useUses } from "./use-uses";

export function ArgList(props: {
  args: readonly ArgumentNode[];
  readOnly: boolean;
  within: "graph" | "list";
}) {
  const { args, readOnly, within } = props;
  const uses = useUses(args);
  const adding = useCanvasState((s) => s.argument?.name === null && s.shownAs === within);
  return (
    <ul className={styles.rows} aria-label="Global ARGs">
      {args.map((arg) => (
        <ArgRow
          key={arg.name}
          arg={arg}
          uses={uses.get(arg.name) ?? NO_USES}
          readOnly={readOnly}
          within={within}
        />
      ))}
      {adding && <NewArg />}
    </ul>
  );
}
