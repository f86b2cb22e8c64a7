import { Editor } from "./editor";
import { expect, test } from "./fixtures";

test("a lesson sees what is done by hand, in the text and by building, and ends in figures", async ({
  page,
}) => {
  const editor = new Editor(page);
  const lesson = page.getByTestId("lesson");
  const step = (done: number) =>
    expect(lesson).toHaveAttribute("data-done", String(done), { timeout: 60_000 });
  await page.goto("/");
  await page.getByTestId("lesson-card").first().click();
  await editor.ready();
  await expect(lesson).toContainText("Step 1 of 6");
  await expect(lesson).toContainText("Build it as it is.");
  await lesson.getByRole("button", { name: "Show how" }).click();
  await expect(lesson).toContainText("at the top right");

  await editor.build();
  await editor.expectBuilt(0);
  await step(1);
  await editor.rename(0, "builder");
  await step(2);
  await editor.typeAtEnd("\nFROM alpine:3.20\nCOPY --from=builder /app /app");
  await step(4);
  await page.keyboard.type('\nCMD ["/app"]\n');
  await step(5);
  await editor.build();
  await step(6);
  await expect(lesson).toContainText(/went from 8\d\dMB to 3\.\d+MB, 2\d\d times smaller/);

  await page.reload();
  await step(6);
  await lesson.getByRole("button", { name: /^Next:/ }).click();
  await expect(lesson).toContainText("Step 1 of 5");
  await lesson.getByRole("button", { name: /^End the lesson/ }).click();
  await expect(lesson).toHaveCount(0);
  await expect(page.getByTestId("stage-card")).toHaveCount(2);
});
