// @vitest-environment jsdom
import { cleanup, render, screen, within } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { FigureTable } from "@/components/compare/figure-table";
import { parseDockerfile } from "@/lib/dockerfile";
import { compareDockerfiles } from "@/lib/graph/compare/compare";

afterEach(cleanup);

test("every stage and the whole, before, after and the difference, in words too", () => {
  const text = "FROM golang AS builder\nRUN make\n";
  const { stages } = compareDockerfiles(parseDockerfile(text), parseDockerfile(text));
  const known = (before: number, after: number) => ({ before, after, more: after - before });
  const none = { before: null, after: null, more: null };
  render(
    <FigureTable
      stages={stages}
      figures={{
        stages: [{ time: known(6000, 500), size: known(800, 900), ran: known(2, 2), cached: none }],
        whole: { time: known(9000, 1000), cached: known(0, 0.5) },
      }}
      shipped={{ before: 800, after: null, more: null }}
    />,
  );
  const [, stage, whole] = within(screen.getByTestId("figure-table")).getAllByRole("row");
  const said = (row: HTMLElement) => [...row.children].map((cell) => cell.textContent);
  expect(said(stage!)).toEqual([
    "builder",
    "before 6.0 s → , after 0.5 s −5.5 s",
    "before 800B → , after 900B +100B",
    "before 2 → , after 2 ",
    "–",
  ]);
  expect(said(whole!)).toEqual([
    "The whole build",
    "before 9.0 s → , after 1.0 s −8.0 s",
    "before 800B → , after – ",
    "",
    "before 0% → , after 50% +50 points",
  ]);
});
