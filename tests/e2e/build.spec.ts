import { Editor } from "./editor";
import { expect, test } from "./fixtures";
import { sleeping } from "./processes";

test("a build arrives on the canvas: states, logs by stage, sizes, what ships", async ({ page }) => {
  const editor = new Editor(page);
  await editor.openTemplate("Go: hello world");
  await editor.build();
  await editor.expectBuilt(0);
  await editor.expectBuilt(1);
  await expect(editor.stage(0)).toContainText("left behind");
  await expect(editor.stage(1)).toContainText("ships");

  const builds = await (await page.request.get(`/api/documents/${editor.id}/builds`)).json();
  expect(builds).toHaveLength(1);
  expect(builds[0].status).toBe("succeeded");
  expect(builds[0].sizes[0]).toBeGreaterThan(400_000_000);
  expect(builds[0].sizes[1]).toBeLessThan(5_000_000);

  const carried = page.getByTestId("edge-label").filter({ hasText: "/app" });
  await expect(carried).toContainText(/1\.\d+\s?MB/);
  await editor.tab("Sizes").click();
  await expect(page.getByTestId("sizes")).toBeVisible();
});

test("logs stream while the build runs, and Stop stops it on the host", async ({ page }) => {
  const editor = new Editor(page);
  await editor.openText('FROM busybox\nRUN echo "the first line"; sleep 86399\n');
  await editor.build();
  await expect(editor.stage(0)).toHaveAttribute("data-status", "running");
  await editor.tab("Logs").click();
  await expect(page.getByTestId("log-view")).toContainText("the first line");
  await expect.poll(() => sleeping(86_399)).toBe(1);

  await page.locator('[data-testid="build-button"][data-state="building"]').click();
  await expect(editor.stage(0)).toHaveAttribute("data-status", "canceled");
  await expect.poll(() => sleeping(86_399)).toBe(0);
});

test("a failing RUN marks its row and its line, and shows its output and exit code", async ({ page }) => {
  const editor = new Editor(page);
  await editor.openTemplate("A build that fails");
  await editor.build();
  await expect(editor.stage(0)).toHaveAttribute("data-status", "failed", { timeout: 60_000 });
  await expect(editor.row(0, 3)).toHaveAttribute("data-status", "failed");
  await expect(editor.row(0, 3)).toContainText("exit 3");
  await expect(page.locator(".monaco-editor .squiggly-error")).not.toHaveCount(0);
  await editor.tab("Logs").click();
  await expect(page.getByTestId("log-view")).toContainText("error: /prices has no title");
});

test("nothing that a Dockerfile or a log contains runs in the page", async ({ page }) => {
  const evil = '<img src=x onerror="window.ran=1"><script>window.ran=1</script>';
  const editor = new Editor(page);
  // The time keeps the step out of the build cache: a cached one is silent.
  await editor.openText(
    `# ${evil}\nFROM busybox AS a\nRUN echo '${evil}' ${Date.now()} && printf '\\033]8;;javascript:window.ran=1\\007click\\033]8;;\\007\\n'\n`,
    evil,
  );
  await editor.build();
  await editor.tab("Logs").click();
  await expect(page.getByTestId("log-view")).toContainText(evil, { timeout: 60_000 });
  await expect(page.locator('a[href^="javascript:"]')).toHaveCount(0);
  expect(await page.evaluate(() => "ran" in window)).toBe(false);
});
