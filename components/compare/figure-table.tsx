/** Two builds in figures: what every stage took and weighed, before and after, with the difference. */

import { cx } from "@/components/ui/cx";
import table from "@/components/ui/table.module.css";
import type { FigureDifferences } from "@/lib/build/figure-difference";
import { formatBytes, formatDuration } from "@/lib/build/format";
import { type Difference, formatDifference } from "@/lib/build/size-difference";
import { labelOf } from "@/lib/graph/compare/changes";
import type { ComparedStage } from "@/lib/graph/compare/types";
import styles from "./figure-table.module.css";

const count = (figure: number) => String(figure);
const percent = (share: number) => `${Math.round(share * 100)}%`;
/** Of percentages the difference is no percentage. */
const points = (share: number) => `${Math.round(share * 100)} points`;

export function FigureTable(props: {
  stages: readonly ComparedStage[];
  figures: FigureDifferences;
  /** Bytes of what ships. */
  shipped: Difference;
}) {
  const { stages, figures, shipped } = props;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: where it does not fit it is scrolled by keyboard too
    <div className={styles.scroll} tabIndex={0}>
      <table className={cx(table.table, styles.table)} data-testid="figure-table">
        <thead>
          <tr>
            <th scope="col">Stage</th>
            <th scope="col" title="Of the steps that ran, one after another">
              Time
            </th>
            <th scope="col">Size</th>
            <th scope="col">Steps run</th>
            <th scope="col">From the cache</th>
          </tr>
        </thead>
        <tbody>
          {stages.map((stage, index) => {
            const { time, size, ran, cached } = figures.stages[index]!;
            return (
              <tr key={stage.id}>
                <th scope="row">
                  <code>{labelOf(stage)}</code>
                </th>
                <Cell figure={time} format={formatDuration} toned />
                <Cell figure={size} format={formatBytes} toned />
                <Cell figure={ran} format={count} />
                <Cell figure={cached} format={count} />
              </tr>
            );
          })}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" title="From begin to end: stages run side by side">
              The whole build
            </th>
            <Cell figure={figures.whole.time} format={formatDuration} toned />
            <Cell figure={shipped} format={formatBytes} toned />
            <td />
            <Cell figure={figures.whole.cached} format={percent} formatMore={points} />
          </tr>
        </tfoot>
      </table>
    </div>
  );
}

/** `toned` where less is better. */
function Cell(props: {
  figure: Difference;
  format(figure: number): string;
  /** Of the difference, where it is written otherwise. */
  formatMore?(more: number): string;
  toned?: boolean;
}) {
  const { figure, format, formatMore = format, toned } = props;
  const { before, after, more } = figure;
  if (before === null && after === null) return <td className={styles.none}>–</td>;
  const say = (side: number | null) => (side === null ? "–" : format(side));
  return (
    <td>
      <span className={styles.sides}>
        <span className="visually-hidden">before </span>
        {say(before)}
        <span aria-hidden="true"> → </span>
        <span className="visually-hidden">, after </span>
        {say(after)}
      </span>{" "}
      {more !== null && more !== 0 && (
        <b data-way={toned ? (more > 0 ? "more" : "less") : undefined}>
          {formatDifference(more, formatMore)}
        </b>
      )}
    </td>
  );
}
