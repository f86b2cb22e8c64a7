import type { Locator, Page } from "@playwright/test";
import { Editor, GO_HELLO } from "./editor";
import { Finger } from "./finger";
import { test as anew, expect, testOnOnePage as test } from "./fixtures";

/** Three stages, of which one is named by its number, and an image in three places. */
const CHAIN = `FROM golang:1.19 AS builder
RUN make

FROM builder AS test
RUN make test

FROM alpine:3.20 AS final
COPY --from=0 /app /app
COPY --from=alpine:3.20 /etc/os-release /etc/
RUN --mount=from=alpine:3.20,target=/m ls /m
`;

const ARGS = `# GO of the compiler
ARG GO=1.19
ARG BASE=alpine:3.20

FROM golang:\${GO} AS builder
ARG GO
RUN echo $GO

FROM \${BASE}
COPY --from=builder /app /app
`;

const select = (editor: Editor, stage: number) => editor.stage(stage).getByTestId("stage-badge").click();

/** Types in the list that is open, and takes what fits best. */
async function choose(page: Page, words: string): Promise<void> {
  const list = page.getByTestId("choices");
  await expect(list.getByRole("combobox")).toBeFocused();
  await list.getByRole("combobox").fill(words);
  await list.locator('[data-choice][aria-selected="true"]').filter({ hasText: words }).waitFor();
  await page.keyboard.press("Enter");
}

async function drag(page: Page, from: Locator, to: Locator): Promise<void> {
  const start = await from.boundingBox();
  const end = await to.boundingBox();
  if (!start || !end) throw new Error("It is not on the page.");
  await page.mouse.move(start.x + start.width / 2, start.y + start.height / 2);
  await page.mouse.down();
  await page.mouse.move(end.x + 40, end.y + 14, { steps: 8 });
}

test("a stage is added behind the selected one, its base chosen and its name typed, as one step", async ({
  page,
}) => {
  const editor = new Editor(page);
  await editor.openKept(CHAIN);
  await select(editor, 0);
  await page.keyboard.press("a");
  await choose(page, "busybox:musl");
  await expect(editor.stage(1).getByRole("textbox")).toBeFocused();
  await page.keyboard.type("tools");
  await page.keyboard.press("Enter");
  await editor.expectText(CHAIN.replace("RUN make\n\n", "RUN make\n\nFROM busybox:musl AS tools\n\n"));
  await editor.undo();
  await editor.expectText(CHAIN);
});

test("a base is another stage, an image of the build host, or nothing", async ({ page }) => {
  const editor = new Editor(page);
  await editor.openKept(CHAIN);
  const base = editor.stage(2).getByTestId("stage-base");

  await base.click();
  await choose(page, "test");
  const onStage = CHAIN.replace("FROM alpine:3.20 AS", "FROM test AS");
  await editor.expectText(onStage);

  await base.click();
  const list = page.getByTestId("choices");
  await expect(list.getByText("On the build host")).toBeVisible();
  await expect(list.locator('[data-choice="image:busybox:musl"]')).toContainText(/\d[kM]?B$/);
  await choose(page, "busybox:musl");
  await editor.expectText(CHAIN.replace("FROM alpine:3.20 AS", "FROM busybox:musl AS"));

  await base.click();
  await choose(page, "scratch");
  await editor.expectText(CHAIN.replace("FROM alpine:3.20 AS", "FROM scratch AS"));
});

test("a base that comes later is moved up first, one that goes in a circle is refused with the reason", async ({
  page,
}) => {
  const editor = new Editor(page);
  await editor.openText("FROM busybox AS a\n\nFROM alpine AS b\n\nFROM b AS c\n");
  await editor.stage(0).getByTestId("stage-base").click();
  const list = page.getByTestId("choices");
  await expect(list.locator('[data-choice="stage:1"]')).toContainText("Move b above a");
  await list.locator('[data-choice="stage:1"]').click();
  await editor.expectText("FROM alpine AS b\n\nFROM b AS a\n\nFROM b AS c\n");

  await editor.stage(0).getByTestId("stage-base").click();
  await expect(list.locator('[data-choice="stage:2"]')).toContainText("together they would go in a circle");
  await expect(list.locator('[data-choice="stage:2"]')).toHaveAttribute("data-refused", "true");
  await list.getByRole("combobox").fill("UPPER");
  await expect(list.locator('[data-choice="typed"]')).toContainText("must be lowercase");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Escape");
  await expect(list).toBeHidden();
  await editor.expectText("FROM alpine AS b\n\nFROM b AS a\n\nFROM b AS c\n");
});

test("a registry within a private network is not asked, and the page says how that is allowed", async ({
  page,
}) => {
  const editor = new Editor(page);
  await editor.openKept(CHAIN);
  await editor.stage(2).getByTestId("stage-base").click();
  const list = page.getByTestId("choices");
  await list.getByRole("combobox").fill("127.0.0.1:5000/team/app:");
  await expect(list).toContainText("STAGECRAFT_PRIVATE_REGISTRIES=127.0.0.1:5000");
});

test("a name that is taken is refused, with one that is free a click away", async ({ page }) => {
  const editor = new Editor(page);
  await editor.openKept(CHAIN);
  await editor.rename(1, "builder");
  await expect(editor.stage(1).getByRole("alert")).toContainText('Stage 0 is already called "builder"');
  await page.getByRole("button", { name: "Call it builder-2" }).click();
  await editor.expectText(CHAIN.replace("AS test", "AS builder-2"));
  await editor.rename(1, "2 words");
  await expect(editor.stage(1).getByRole("alert")).toContainText("must begin with a letter");
  await page.getByRole("button", { name: "Call it words" }).click();
  await editor.expectText(CHAIN.replace("AS test", "AS words"));
});

test("a stage is doubled under a name of its own", async ({ page }) => {
  const editor = new Editor(page);
  await editor.openKept(CHAIN);
  await select(editor, 1);
  await page.keyboard.press("d");
  await editor.expectText(
    CHAIN.replace("RUN make test\n\n", "RUN make test\n\nFROM builder AS test-2\nRUN make test\n\n"),
  );
  await editor.undo();
  await editor.expectText(CHAIN);
});

test("a stage takes another's place by its number, references by number following", async ({ page }) => {
  const editor = new Editor(page);
  const text = "FROM a\n\nFROM b\n\nFROM c AS z\nCOPY --from=0 /x /y\n";
  await editor.openText(text);
  await editor.settled();
  await drag(page, editor.stage(1).getByTestId("stage-badge"), editor.stage(0));
  await expect(page.getByTestId("stage-drag-verdict")).toContainText("Becomes stage 0.");
  await expect(page.getByTestId("stage-drag-verdict")).toContainText("--from=0 on line 6 becomes --from=1.");
  await expect(editor.stage(0).getByTestId("stage-badge")).toHaveText("1");
  await page.mouse.up();
  const moved = "FROM b\n\nFROM a\n\nFROM c AS z\nCOPY --from=1 /x /y\n";
  await editor.expectText(moved);
  await expect(page.getByText("--from=0 on line 6 becomes --from=1.")).toBeVisible();

  // What it needs has to stay before it.
  await drag(page, editor.stage(2).getByTestId("stage-badge"), editor.stage(0));
  await expect(page.getByTestId("stage-drag-verdict")).toHaveAttribute("data-ok", "false");
  await expect(page.getByTestId("stage-drag-verdict")).toContainText("which has to stay before it");
  await page.mouse.up();
  await expect(page.getByTestId("refusal")).toContainText("which has to stay before it");
  await page.keyboard.press("Escape");
  await editor.expectText(moved);

  // Let go beside everything, or Escape: nothing.
  await drag(page, editor.stage(0).getByTestId("stage-badge"), editor.stage(1));
  await page.keyboard.press("Escape");
  await page.mouse.up();
  await editor.undo();
  await editor.expectText(text);
});

test("a stage moves by its menu, which says why where it can't", async ({ page }) => {
  const editor = new Editor(page);
  await editor.openKept(CHAIN);
  const menu = page.getByTestId("card-menu");
  await editor.stage(1).getByTestId("stage-name").click({ button: "right" });
  await expect(menu.locator('[data-command="stage.moveUp"]')).toHaveAttribute("aria-disabled", "true");
  await expect(menu.locator('[data-command="stage.moveUp"]')).toContainText("has to stay before it");
  await menu.locator('[data-command="stage.moveDown"]').click();
  const [first, second, third] = CHAIN.trimEnd().split("\n\n");
  await editor.expectText(`${first}\n\n${third}\n\n${second}\n`);
  await editor.undo();
  await editor.expectText(CHAIN);

  await select(editor, 1);
  await editor.stage(1).getByTestId("card-menu-button").click();
  await menu.locator('[data-command="selection.remove"]').click();
  await editor.expectText(`${first}\n\n${third}\n`);
});

test("a stage is inlined into those built on it", async ({ page }) => {
  const editor = new Editor(page);
  await editor.openText("FROM a AS base\nRUN one\n\nFROM base AS x\nRUN two\n\nFROM base AS y\nRUN three\n");
  await editor.stage(0).getByTestId("stage-name").click({ button: "right" });
  await page.locator('[data-command="stage.inline"]').click();
  await editor.expectText("FROM a AS x\nRUN one\nRUN two\n\nFROM a AS y\nRUN one\nRUN three\n");
  await editor.undo();
  await editor.expectText(
    "FROM a AS base\nRUN one\n\nFROM base AS x\nRUN two\n\nFROM base AS y\nRUN three\n",
  );
});

test("a stage has a platform and a description, set in place", async ({ page }) => {
  const editor = new Editor(page);
  await editor.openKept(CHAIN);
  await editor.stage(0).getByTestId("stage-name").click({ button: "right" });
  await page.locator('[data-command="stage.platform"]').click();
  await choose(page, "linux/arm64");
  const platform = CHAIN.replace("FROM golang", "FROM --platform=linux/arm64 golang");
  await editor.expectText(platform);

  await editor.stage(0).getByTestId("stage-name").click({ button: "right" });
  await page.locator('[data-command="stage.describe"]').click();
  await page.getByRole("textbox", { name: "Description of builder" }).fill("compiles it all");
  await page.keyboard.press("Enter");
  await editor.expectText(`# builder compiles it all\n${platform}`);
  await expect(editor.stage(0).getByTestId("stage-comment")).toHaveText("compiles it all");

  await editor.stage(0).getByTestId("stage-name").click({ button: "right" });
  await page.locator('[data-command="stage.platform"]').click();
  await choose(page, "windows on mars");
  await expect(page.getByTestId("choices")).toContainText("is no platform");
  await page.keyboard.press("Escape");
  await editor.expectText(`# builder compiles it all\n${platform}`);
});

test("all stages are collapsed and shown again, each as one step, without a change of the text", async ({
  page,
}) => {
  const editor = new Editor(page);
  await editor.openKept(CHAIN);
  const rows = page.getByTestId("instruction-row");
  await expect(rows).toHaveCount(5);
  const run = async (title: string) => {
    await page.keyboard.press("Control+k");
    await page.getByRole("combobox").fill(title);
    await page.keyboard.press("Enter");
  };
  await run("Hide the instructions of all");
  await expect(rows).toHaveCount(0);
  await editor.undo();
  await expect(rows).toHaveCount(5);
  await editor.expectText(CHAIN);
});

test("an image is replaced everywhere as one step", async ({ page }) => {
  const editor = new Editor(page);
  await editor.openKept(CHAIN);
  await editor.image("alpine:3.20").getByTestId("image-change").click();
  await choose(page, "alpine:3.21");
  await editor.expectText(CHAIN.replaceAll("alpine:3.20", "alpine:3.21"));
  await editor.undo();
  await editor.expectText(CHAIN);
});

test("an image that comes from an ARG is replaced by its default, or in the FROM", async ({ page }) => {
  const editor = new Editor(page);
  await editor.openKept(ARGS);
  await editor.image("golang:1.19").getByTestId("image-change").click();
  await choose(page, "golang:1.23");
  const question = page.getByTestId("variable-choice");
  await expect(question).toContainText("gets it from ARG GO on line 2");
  await question.getByRole("button", { name: "Change the default" }).click();
  await editor.expectText(ARGS.replace("GO=1.19", "GO=1.23"));
  await editor.undo();

  await editor.stage(1).getByTestId("stage-base").click();
  await choose(page, "busybox:musl");
  await question.getByRole("button", { name: "Write it into the FROM" }).click();
  await editor.expectText(ARGS.replace("FROM ${BASE}", "FROM busybox:musl"));
});

test("global ARGs are read, lit, changed, renamed, added and removed on their card", async ({ page }) => {
  const editor = new Editor(page);
  await editor.openKept(ARGS);
  const card = page.getByTestId("args-card");
  const row = (name: string) => card.locator(`[data-arg="${name}"]`);
  await expect(row("GO")).toContainText("1.19");

  // Who takes it.
  await row("GO").hover();
  await expect(editor.stage(0).getByTestId("stage-base")).toHaveAttribute("data-lit", "");
  await expect(editor.row(0, 2)).toHaveAttribute("data-lit", "");
  await expect(editor.stage(1).getByTestId("stage-base")).not.toHaveAttribute("data-lit", "");
  await editor.stage(1).hover();
  await expect(editor.row(0, 2)).not.toHaveAttribute("data-lit", "");

  await row("GO").getByRole("button", { name: "Default of GO" }).click();
  await card.getByRole("textbox", { name: "Default of GO" }).fill("1.23");
  await page.keyboard.press("Enter");
  let text = ARGS.replace("GO=1.19", "GO=1.23");
  await editor.expectText(text);
  await expect(editor.image("golang:1.23")).toBeVisible();

  await row("GO")
    .getByRole("button", { name: /^ARG GO/ })
    .dblclick();
  await card.getByRole("textbox", { name: "Name of GO" }).fill("BASE");
  await page.keyboard.press("Enter");
  await expect(card.getByRole("alert")).toContainText("uses BASE already");
  await card.getByRole("textbox", { name: "Name of GO" }).fill("GO_VERSION");
  await page.keyboard.press("Enter");
  text = text
    .replace("ARG GO=", "ARG GO_VERSION=")
    .replace("${GO}", "${GO_VERSION}")
    .replace("ARG GO\n", "ARG GO_VERSION\n")
    .replace("$GO\n", "$GO_VERSION\n");
  await editor.expectText(text);

  await card.getByRole("button", { name: "Add a global ARG" }).click();
  await card.getByRole("textbox", { name: "New global ARG" }).fill("DEBUG=1");
  await page.keyboard.press("Enter");
  await editor.expectText(text.replace("ARG BASE=alpine:3.20\n", "ARG BASE=alpine:3.20\nARG DEBUG=1\n"));
  await row("DEBUG").getByRole("button", { name: "Remove ARG DEBUG" }).click();
  await editor.expectText(text);

  // Others take it: it says so first.
  await row("GO_VERSION").getByRole("button", { name: "Remove ARG GO_VERSION" }).click();
  await expect(page.getByTestId("removal-notes").or(page.getByTestId("refusal"))).toContainText("line 5");
});

test("the first global ARG makes its card, and the whole is tidied with it", async ({ page }) => {
  const editor = new Editor(page);
  await editor.openText(GO_HELLO);
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox").fill("Add a global ARG");
  await page.keyboard.press("Enter");
  await page.getByRole("textbox", { name: "New global ARG" }).fill("V=1");
  await page.keyboard.press("Enter");
  await editor.expectText(`ARG V=1\n\n${GO_HELLO}`);
  await page.getByRole("button", { name: "Tidy" }).click();
  await editor.settled();
  const left = async (element: Locator) => (await element.boundingBox())!.x;
  const card = await left(page.getByTestId("args-card"));
  for (const other of await page.locator('[data-testid="stage-card"], [data-testid="image-card"]').all()) {
    expect(card).toBeLessThan(await left(other));
  }
  await page.getByRole("button", { name: "List" }).click();
  await expect(page.getByTestId("outline-args")).toContainText("V");
});

anew.describe("by finger", () => {
  anew("a stage takes another's place by its number, and opens its menu and base", async ({ page }) => {
    const editor = new Editor(page);
    await editor.openText("FROM a AS one\n\nFROM b AS two\n");
    await editor.settled();
    const from = (await editor.stage(1).getByTestId("stage-badge").boundingBox())!;
    const to = (await editor.stage(0).boundingBox())!;
    const finger = await Finger.on(page);
    const start = { x: from.x + from.width / 2, y: from.y + from.height / 2 };
    await finger.down(start.x, start.y);
    for (const part of [0.2, 0.5, 0.8, 1]) {
      await finger.move(start.x + (to.x + 60 - start.x) * part, start.y + (to.y + 20 - start.y) * part);
    }
    await expect(page.getByTestId("stage-drag-verdict")).toContainText("Becomes stage 0.");
    await finger.up();
    await editor.expectText("FROM b AS two\n\nFROM a AS one\n");

    await finger.tap(editor.stage(0).getByTestId("card-menu-button"));
    await finger.tap(page.locator('[data-command="stage.duplicate"]'));
    const doubled = "FROM b AS two\n\nFROM b AS two-2\n\nFROM a AS one\n";
    await editor.expectText(doubled);
    await finger.tap(editor.stage(2).getByTestId("stage-base"));
    await finger.tap(page.locator('[data-choice="stage:0"]'));
    await editor.expectText(doubled.replace("FROM a AS", "FROM two AS"));
  });
});
