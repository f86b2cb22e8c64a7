/** Two versions as one graph: what differs is drawn, listed, stepped through, and weighed where both were built. */
import type { Page } from "@playwright/test";
import { formatBytes } from "../../lib/build/format";
import { finalSize } from "../../lib/build/history";
import { formatDifference } from "../../lib/build/size-difference";
import type { BuildSummary } from "../../lib/share/document";
import { expectClean } from "./axe";
import { Editor, GO_HELLO } from "./editor";
import { expect, test } from "./fixtures";

/** Before it was two stages, on another image, with two instructions the other way round. */
const ONE_STAGE = `ARG MODE=debug
FROM golang:1.18
COPY go.mod main.go ./
WORKDIR /src
RUN go build -o /app
CMD ["/app"]
`;

class Comparison {
  constructor(readonly page: Page) {}

  overlay = () => this.page.getByTestId("compare");
  stage = (label: string) => this.page.locator(`[data-testid="compared-stage"][data-label="${label}"]`);
  image = (ref: string) => this.page.locator(`[data-testid="compared-image"][data-ref="${ref}"]`);
  edges = (mark: string) => this.page.locator(`[data-testid="compared-edge"][data-mark="${mark}"]`);
  list = () => this.page.getByTestId("change-list");
  step = () => this.page.getByTestId("compare-step");
  text = (kind: "gone" | "new") => this.page.getByTestId("compare-text").locator(`[data-kind="${kind}"]`);

  async paste(text: string): Promise<void> {
    await this.page.getByTestId("paste-dockerfile").fill(text);
    await this.page.getByTestId("compare-pasted").click();
    await this.drawn();
  }

  async drawn(): Promise<void> {
    await expect(this.page.locator('[data-testid="compare-canvas"][data-ready="true"]')).toBeAttached();
  }

  expectClean = (what: string) => expectClean(this.page, what, '[data-testid="compare"]');
}

test("a pasted version and this one are one graph, listed and stepped through by key", async ({ page }) => {
  const editor = new Editor(page);
  const compare = new Comparison(page);
  await editor.openText(GO_HELLO);
  await page.locator(".react-flow__node").first().focus();
  await page.keyboard.press("v");
  await compare.expectClean("compared");
  await compare.paste(ONE_STAGE);

  // One card a stage of either, each marked; the renamed one is found as the same.
  await expect(page.getByTestId("compared-stage")).toHaveCount(2);
  await expect(compare.stage("builder")).toHaveAttribute("data-mark", "changed");
  await expect(compare.stage("builder")).toContainText("stage-0");
  await expect(compare.stage("stage-1")).toHaveAttribute("data-mark", "added");
  const rows = await compare
    .stage("builder")
    .getByTestId("compared-row")
    .evaluateAll((all) => all.map((row) => (row as HTMLElement).dataset.mark));
  expect(rows.sort()).toEqual(["changed", "moved", "moved", "same"]);
  await expect(compare.image("golang:1.18")).toHaveAttribute("data-mark", "removed");
  await expect(compare.image("alpine:3.20")).toHaveAttribute("data-mark", "added");
  await expect(compare.edges("removed")).toHaveCount(1);
  await expect(compare.edges("added")).toHaveCount(3);
  await compare.expectClean("a change");

  // The list says all of it, and leads the graph and the text.
  await expect(compare.list().getByRole("button").first()).toHaveText(/Global ARG\s+removed.*MODE=debug/);
  const changes = await compare.list().getByRole("button").count();
  await page.keyboard.press("n");
  await expect(compare.step()).toContainText(`1 of ${changes}: − Global ARG removed`);
  await expect(compare.text("gone").and(page.locator("[data-current]"))).toHaveText(/ARG MODE=debug/);
  await page.keyboard.press("p");
  await expect(compare.step()).toContainText(`${changes} of ${changes}`);
  await compare
    .list()
    .getByRole("button", { name: /RUN in builder/ })
    .click();
  await expect(page.locator('[data-testid="compared-row"][data-current]')).toContainText(
    "go build -o /app .",
  );
  await expect(page.locator('[data-testid="compared-row"][data-current]')).toBeInViewport();
  await page.keyboard.press("ArrowDown");
  await expect(compare.list().locator('[aria-current="true"]')).toBeFocused();
  await expect(compare.list().locator('[aria-current="true"]')).not.toContainText("RUN in builder");

  // A card chosen is the change that is looked at.
  await page.getByRole("button", { name: "Fit all in view" }).click();
  await compare.image("golang:1.18").click();
  await expect(compare.step()).toContainText("Image golang:1.18 removed");

  // From the other side the same, the other way round.
  await page.getByRole("button", { name: "Swap before and after" }).click();
  await expect(compare.stage("stage-1")).toHaveAttribute("data-mark", "removed");
  await expect(compare.image("golang:1.18")).toHaveAttribute("data-mark", "added");

  await page.keyboard.press("Escape");
  await expect(compare.overlay()).toHaveCount(0);
  await expect(page.locator(".react-flow__node:focus")).toHaveCount(1);
  await editor.expectText(GO_HELLO);
});

test("two builds tell what each stage and what ships weighs more, to a stranger with the link as well", async ({
  page,
  otherPage,
}) => {
  const editor = new Editor(page);
  const compare = new Comparison(page);
  await editor.openTemplate("Go: hello world");
  const builds = async (): Promise<BuildSummary[]> =>
    (await page.request.get(`/api/documents/${editor.id}/builds`)).json();
  const finished = async (count: number) => {
    await expect
      .poll(async () => (await builds()).filter(({ endedAt }) => endedAt !== null).length, {
        timeout: 60_000,
      })
      .toBe(count);
  };
  await editor.build();
  await finished(1);
  await editor.typeAtEnd("COPY --from=builder /app /again\n");
  await editor.expectText(`${GO_HELLO}COPY --from=builder /app /again\n`);
  await editor.build();
  await finished(2);

  const [second, first] = (await builds()) as [BuildSummary, BuildSummary];
  const more = formatDifference(finalSize(second)! - finalSize(first)!);
  expect(more).toMatch(/^\+\d/);
  const shipped = `Ships ${formatBytes(finalSize(first)!)} → ${formatBytes(finalSize(second)!)} ${more}`;
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox").fill("compare");
  await page.keyboard.press("Enter");
  // What it was before it was edited is kept as well.
  await page.getByTestId("compare-revision").click();
  await compare.drawn();
  await expect(compare.stage("stage-1").getByTestId("row-difference")).toHaveText(more);
  await page.getByRole("button", { name: "Choose another version" }).click();
  await page
    .getByTestId("compare-chooser")
    .getByRole("button", { name: /^Build of/ })
    .nth(1)
    .click();
  await compare.drawn();
  await expect(page.getByTestId("shipped-difference")).toContainText(shipped);
  await expect(compare.stage("stage-1").getByTestId("size-difference")).toContainText(more);
  await expect(compare.stage("builder")).toHaveAttribute("data-mark", "same");
  await expect(compare.stage("builder").getByTestId("size-difference")).toContainText("±0B");
  await compare.expectClean("sizes");

  const { token } = await page.evaluate(
    async (id) => (await fetch(`/api/documents/${id}/links`, { method: "POST" })).json(),
    editor.id,
  );
  const seen = new Comparison(otherPage);
  await otherPage.goto(`/s/${token}`);
  await expect(otherPage.locator('[data-canvas][data-ready="true"]')).toBeVisible();
  // What keys do is loaded after what they do it to.
  await expect(async () => {
    await otherPage.keyboard.press("v");
    await expect(otherPage.getByTestId("compare-chooser")).toBeVisible({ timeout: 2000 });
  }).toPass();
  await otherPage
    .getByTestId("compare-chooser")
    .getByRole("button", { name: /^Build of/ })
    .nth(1)
    .click();
  await seen.drawn();
  await expect(otherPage.getByTestId("shipped-difference")).toContainText(shipped);
});

test("a file is compared with on a narrow page, and what differs in white space only is said to be no change", async ({
  page,
}) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const compare = new Comparison(page);
  await new Editor(page).goTo(GO_HELLO);
  await page.keyboard.press("v");
  await page.getByTestId("open-file").setInputFiles({
    name: "api.Dockerfile",
    mimeType: "text/plain",
    buffer: Buffer.from(
      `\uFEFF# as it was\r\n${GO_HELLO.replaceAll("\n", "\r\n").replace("RUN go", "RUN  go")}`,
    ),
  });
  await compare.drawn();
  await expect(page.getByTestId("compare-summary")).toContainText("No change");
  await expect(page.getByRole("combobox", { name: "Before", exact: true })).toHaveValue(/^given:/);
  await expect(compare.stage("builder")).toBeVisible();
  await compare.expectClean("narrow");
  const parts = page.getByRole("navigation", { name: "Parts of the comparison" });
  await parts.getByRole("button", { name: "Changes" }).click();
  await expect(page.getByText("only white space, line breaks or comments differ")).toBeVisible();
  await parts.getByRole("button", { name: "Text" }).click();
  await expect(compare.text("gone").first()).toContainText("# as it was");
  await compare.expectClean("text");
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  // Against itself there is nothing at all.
  await page
    .getByRole("combobox", { name: "Before", exact: true })
    .selectOption({ label: "The text as it is" });
  await parts.getByRole("button", { name: "Changes" }).click();
  await expect(page.getByText("The two texts are the same.")).toBeVisible();
});
