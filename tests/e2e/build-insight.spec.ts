/** What the page says of a build before and after it: what copies take, why steps ran, whether the result works. */
import { zipSync } from "fflate";
import { Editor } from "./editor";
import { expect, test } from "./fixtures";

const TEXT =
  "FROM busybox\nARG NAME=world\nCOPY . /app/\nRUN cat /app/greeting\nCMD echo hello from $(cat /app/greeting)\n";

/** As attaching a zip does. */
async function attach(editor: Editor, files: Record<string, string>): Promise<void> {
  const bytes = Object.entries(files).map(([name, text]) => [name, new TextEncoder().encode(text)] as const);
  const response = await editor.page.request.put(`/api/documents/${editor.id}/context?name=greeter`, {
    headers: { "content-type": "application/zip" },
    data: Buffer.from(zipSync(Object.fromEntries(bytes))),
  });
  expect(response.status()).toBe(200);
  await editor.page.reload();
  await editor.ready();
}

test("a COPY tells what it will take before anything is built, and what is not there", async ({ page }) => {
  const editor = new Editor(page);
  await editor.openText(TEXT);
  await attach(editor, { greeting: "hi", "notes.md": "notes", ".dockerignore": "*.md\n" });
  await expect(editor.row(0, 2).getByTestId("copy-figure")).toHaveText("2 files, 7B");
  await editor.tab("Context").click();
  await expect(page.getByTestId("context")).toContainText("notes.md");
  await expect(page.getByTestId("context")).toContainText("ignored");
  await editor.tab(".dockerignore").click();
  // It is written there, and what follows from it is told without a further word.
  const ignored = page.getByRole("textbox", { name: ".dockerignore" });
  await expect(ignored).toHaveValue("*.md\n");
  await ignored.fill("greeting\n");
  await page.keyboard.press("Control+s");
  await expect(page.getByText("Saved", { exact: true })).toHaveCount(2);
  await expect(editor.row(0, 2).getByTestId("copy-figure")).toHaveText("2 files, 14B");
  await expect(ignored).toBeFocused();

  await editor.openText("FROM busybox\nCOPY greetings /\n");
  await attach(editor, { greeting: "hi" });
  await expect(editor.row(0, 1).getByTestId("copy-figure")).toHaveText("nothing");
  await editor.tab("Problems").click();
  await expect(page.getByText("Did you mean “greeting”?")).toBeVisible();
});

test("a step says why it ran, and what was built can be run", async ({ page }) => {
  const editor = new Editor(page);
  await editor.openText(TEXT);
  await attach(editor, { greeting: `one ${Date.now()}` });
  await editor.build();
  await editor.expectBuilt(0);

  // A folded build panel opens for whoever asks for one of its tabs.
  const panel = page.getByRole("region", { name: "Build", exact: true });
  const height = async () => (await panel.boundingBox())?.height ?? 0;
  await page.getByRole("separator", { name: "Height of the build panel" }).press("End");
  await expect.poll(height).toBeLessThan(60);
  await editor.stage(0).getByTestId("stage-size").click();
  await expect.poll(height).toBeGreaterThan(100);

  // What an edit would cost is told before it is made; what was attached anew is seen by its contents.
  await expect(editor.row(0, 3).getByTestId("foretold")).toHaveCount(0);
  // Refused until the figures of the build that just ended are there.
  await expect(async () => {
    await page.keyboard.press("Escape");
    await editor.row(0, 3).click();
    await page.keyboard.press("w");
    await expect(page.getByTestId("next-build")).toBeVisible({ timeout: 1000 });
  }).toPass();
  await expect(page.getByTestId("next-build")).toContainText(
    /^If RUN cat .+ is edited: 1 step rebuilds, about/,
  );
  await page.getByRole("button", { name: "Done looking" }).click();
  const greeting = `two ${Date.now()}`;
  await attach(editor, { greeting });
  await editor.tab("Timeline").click();
  await expect(page.getByTestId("next-build")).toContainText(
    /^Next build: 2 steps rebuild, about .+ It begins at COPY . \/app\/: files that it takes changed/,
  );
  await expect(editor.row(0, 2).getByTestId("foretold")).toBeVisible();
  await expect(editor.row(0, 3).getByTestId("foretold")).toBeVisible();
  await editor.build();
  await editor.expectBuilt(0);
  await editor.tab("Timeline").click();
  await editor.row(0, 3).click();
  await expect(page.getByTestId("because")).toHaveText(
    "RUN ran because COPY . /app/ before it ran: greeting changed.",
  );

  await page.getByRole("button", { name: "Run it" }).click();
  await page.getByRole("button", { name: "Run", exact: true }).click();
  await expect(page.getByTestId("run-output")).toContainText(`hello from ${greeting}`);
  await expect(page.getByTestId("run-end")).toContainText("Ended with exit code 0");
  await page.getByRole("textbox", { name: "Command" }).fill("sleep 1000");
  await page.getByRole("button", { name: "Run", exact: true }).click();
  await expect(page.getByTestId("run-end")).toHaveText("Running…");
  await page.getByRole("button", { name: "Stop" }).click();
  await expect(page.getByTestId("run-end")).toContainText("Stopped");
});
