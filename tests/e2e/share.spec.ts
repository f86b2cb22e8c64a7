import { Editor, GO_HELLO } from "./editor";
import { expect, test } from "./fixtures";
import { pageWeight, READING_LIMIT, watchDrawing } from "./page-weight";

test("a link shows graph, text and the last build to a stranger, who can fork it", async ({
  page,
  otherPage,
}) => {
  const editor = new Editor(page);
  await editor.openTemplate("Go: hello world");
  await editor.build();
  await editor.expectBuilt(1);
  await editor.expectBuilt(0);
  const size = await editor.stage(1).getByTestId("stage-size").textContent();

  await page.getByTestId("share-button").click();
  const link = await page.getByTestId("share-link").inputValue();
  expect(link).toMatch(/\/s\/[\w-]{16,}$/);

  const shared = new Editor(otherPage);
  await watchDrawing(otherPage);
  await otherPage.goto(link);
  await expect(shared.stages()).toHaveCount(2);
  await expect(shared.edges("copy")).toHaveCount(1);
  await expect(otherPage.getByTestId("code-view")).toContainText("COPY --from=builder /app /app");
  await expect(shared.stage(1).getByTestId("stage-size")).toHaveText(size!);
  await expect(otherPage.getByTestId("build-button")).toHaveCount(0);
  // What it takes to see the graph is little, and the editor is not among what comes after it.
  await expect(shared.tab("Logs")).toBeVisible();
  const { untilDrawn, all } = await pageWeight(otherPage);
  expect(untilDrawn).toBeLessThan(READING_LIMIT);
  expect(all).toBeLessThan(2 * READING_LIMIT);
  await shared.tab("Logs").click();
  await expect(otherPage.getByTestId("log-view")).toBeVisible();

  // The build by itself, from the history that the link shows.
  await shared.tab("History").click();
  await otherPage.getByRole("link", { name: "Open this build’s own page" }).click();
  await expect(otherPage).toHaveURL(/\/s\/[\w-]+\/builds\/\w+$/);
  const stages = otherPage.getByTestId("stage-table").getByRole("row");
  await expect(stages).toHaveCount(3);
  await expect(stages.filter({ hasText: "ships" }).getByRole("cell").last()).toHaveText(size!);
  await expect(shared.stage(1).getByTestId("stage-size")).toHaveText(size!);
  await otherPage.getByTestId("to-document").click();

  // Read-only: neither the interface nor the server lets a stranger in.
  await shared.stage(0).getByTestId("stage-name").dblclick();
  await expect(shared.stage(0).getByRole("textbox")).toHaveCount(0);
  const stranger = await otherPage.request.get(`/api/documents/${editor.id}`);
  expect(stranger.status()).toBe(404);

  await otherPage.getByTestId("fork-button").click();
  await shared.ready();
  expect(shared.id).not.toBe(editor.id);
  await shared.rename(0, "mine");
  await shared.expectText(GO_HELLO.replaceAll("builder", "mine"));
  await editor.expectText(GO_HELLO);
});
