/** A graph of many stages: opened, seen as a whole, searched, moved about in and edited, with cards drawn in brief. */
import type { Page } from "@playwright/test";
import { Editor } from "./editor";
import { expect, testOnOnePage as test } from "./fixtures";

/** One card of each build that a card can have: with a description, without rows, with comments, with what arrives. */
const SPECIAL = `FROM busybox AS plain
RUN true
WORKDIR /src

# described says what it is for.
FROM busybox AS described
RUN true

FROM busybox AS bare

FROM busybox AS commented
RUN true
# RUN false
COPY --from=plain /a /b
# RUN false

FROM busybox AS fetched
RUN --mount=from=plain,target=/p true
COPY --from=plain /a /b
COPY --from=described /a /c
`;
const MANY = Array.from(
  { length: 41 },
  (_, n) => `\nFROM ${n % 8 === 0 ? "plain" : `s${n - 1}`} AS s${n}\nRUN echo ${n}\n`,
).join("");
const LARGE = SPECIAL + MANY;

interface Drawn {
  /** Of cards, by the stage's name: unzoomed pixels. */
  heights: Record<string, number>;
  /** Numbers of each edge's path. */
  edges: Record<string, number[]>;
}

const drawn = (page: Page): Promise<Drawn> =>
  page.evaluate(() => {
    const all = <E extends Element>(what: string) => [...document.querySelectorAll<E>(what)];
    return {
      heights: Object.fromEntries(
        all<HTMLElement>('[data-testid="stage-card"]').map((card) => [
          card.dataset.stageName ?? "",
          card.offsetHeight,
        ]),
      ),
      edges: Object.fromEntries(
        all(".react-flow__edge").map((edge) => [
          edge.getAttribute("data-id") ?? "",
          (
            edge
              .querySelector("path")
              ?.getAttribute("d")
              ?.match(/-?[\d.]+/g) ?? []
          ).map(Number),
        ]),
      ),
    };
  });

/** The most that a card or an edge is drawn elsewhere than it was told. */
function farthest(told: Drawn, measured: Drawn): number {
  const apart = (a: number[], b: number[]) =>
    a.length === b.length ? Math.max(0, ...a.map((each, at) => Math.abs(each - b[at]!))) : Infinity;
  return Math.max(
    ...Object.keys(told.heights).map((name) => apart([told.heights[name]!], [measured.heights[name]!])),
    ...Object.keys(told.edges).map((id) => apart(told.edges[id]!, measured.edges[id] ?? [])),
  );
}

test("46 stages: all are seen at once, each can be found, read and edited, and is drawn as large as it was told", async ({
  page,
}) => {
  const editor = new Editor(page);
  const stage = (name: string) => page.locator(`[data-testid="stage-card"][data-stage-name="${name}"]`);
  const find = async (words: string) => {
    await page.keyboard.press("/");
    await page.getByRole("searchbox").fill(words);
    await page.keyboard.press("Enter");
    await page.keyboard.press("Escape");
  };
  // Every move of the view is done at once.
  await page.emulateMedia({ reducedMotion: "reduce" });
  await editor.openText(LARGE);
  await expect(editor.stages()).toHaveCount(46);
  await page.getByRole("button", { name: "Fit all in view" }).click();
  await editor.settled();
  for (const name of ["plain", "s0", "s40"]) await expect(stage(name)).toBeInViewport({ ratio: 0.99 });
  await expect(page.locator("[data-brief]")).toHaveCount(46);

  const told = await drawn(page);
  for (const name of ["plain", "described", "bare", "commented", "fetched"]) {
    await find(name);
    // Near enough to be read, from wherever one looked.
    await expect(page.getByRole("button", { name: "Zoom 75%" })).toBeVisible();
    await expect(stage(name)).not.toHaveAttribute("data-brief");
    // React Flow measures it a frame later.
    await expect.poll(async () => farthest(told, await drawn(page)), { message: name }).toBeLessThan(0.5);
  }

  // Near enough to be read, the view is moved: what comes into it is drawn whole.
  for (let zoom = 0; zoom < 12; zoom++) await page.keyboard.press("+");
  await find("echo 30");
  await expect(editor.row(35, 1)).toBeInViewport();
  const near = page.locator('[data-testid="stage-card"]:not([data-brief])');
  const before = await near.evaluateAll((cards) => cards.map((card) => card.getAttribute("data-stage-name")));
  await page.mouse.move(300, 300);
  await page.mouse.wheel(0, 3000);
  await expect
    .poll(() => near.evaluateAll((cards) => cards.map((card) => card.getAttribute("data-stage-name"))))
    .not.toEqual(before);

  await find("echo 30");
  await page.keyboard.press("Enter");
  const form = page.getByTestId("instruction-form");
  await form.getByRole("textbox").last().fill("RUN echo thirty");
  await page.keyboard.press("Control+Enter");
  await expect(editor.row(35, 1)).toContainText("echo thirty");
  await editor.expectText(LARGE.replace("RUN echo 30\n", "RUN echo thirty\n"));
  await page.emulateMedia({ reducedMotion: null });
});
