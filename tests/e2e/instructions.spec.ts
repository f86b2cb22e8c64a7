/** Instructions by hand: written and changed in a form, moved, doubled, commented out and back in, one or several. */
import type { Page } from "@playwright/test";
import { Editor } from "./editor";
import { Finger } from "./finger";
import { test as anew, expect, testOnOnePage as test } from "./fixtures";

const TEXT = `FROM golang:1.19 AS builder
WORKDIR /src
COPY go.mod main.go ./
# the program
RUN go build -o /app .

FROM alpine:3.20
COPY --from=builder /app /app
EXPOSE 80
CMD ["/app"]
`;

async function open(page: Page, text = TEXT): Promise<Editor> {
  const editor = new Editor(page);
  await editor.openKept(text);
  await editor.settled();
  return editor;
}

const form = (page: Page) => page.getByTestId("instruction-form");
/** What the instruction says, below its fields. */
const draftText = (page: Page) => form(page).getByRole("textbox").last();

/** Of a card, by the button under its rows. */
async function add(editor: Editor, stage: number, keyword: string): Promise<void> {
  await editor.stage(stage).hover();
  await editor.stage(stage).getByTestId("add-instruction").click();
  await expect(form(editor.page).getByRole("combobox")).toBeFocused();
  await editor.page.keyboard.type(keyword);
  await editor.page.keyboard.press("Enter");
  await expect(draftText(editor.page)).toBeVisible();
}

const save = (page: Page) => page.keyboard.press("Control+Enter");
const withLine = (line: string) => TEXT.replace("go build -o /app .\n", `go build -o /app .\n${line}\n`);

test.describe("a form per instruction", () => {
  type Fill = (page: Page) => Promise<void>;
  const fill =
    (label: string, value: string): Fill =>
    (page) =>
      form(page).getByLabel(label, { exact: true }).fill(value);
  const press =
    (name: string, role: "button" | "radio" | "checkbox" = "button"): Fill =>
    (page) =>
      form(page)
        .getByRole(role, { name: role === "checkbox" ? new RegExp(`^${name}`) : name, exact: true })
        .click();
  const type =
    (text: string): Fill =>
    (page) =>
      page.keyboard.type(text);

  const rows: [name: string, keyword: string, steps: Fill[], line: string][] = [
    [
      "RUN with a cache mount",
      "RUN",
      [type("go vet ./..."), press("/root/.cache/go-build")],
      "RUN --mount=type=cache,target=/root/.cache/go-build go vet ./...",
    ],
    ["RUN over two lines", "RUN", [type("go vet \nall")], "RUN go vet \\\n    all"],
    [
      "COPY with owner and link",
      "COPY",
      [
        fill("Sources", "a.txt b.txt"),
        fill("To", "/etc/"),
        fill("Owner", "1000:1000"),
        press("Link", "checkbox"),
      ],
      "COPY --chown=1000:1000 --link a.txt b.txt /etc/",
    ],
    [
      "ADD",
      "ADD",
      [fill("Sources", "https://x.test/a.tar"), fill("To", "/a/")],
      "ADD https://x.test/a.tar /a/",
    ],
    [
      "ENV with two variables",
      "ENV",
      [
        fill("Name 1", "A"),
        fill("Value of A", "b c"),
        press("Add another"),
        fill("Name 2", "D"),
        fill("Value of D", "e"),
      ],
      'ENV A="b c" D=e',
    ],
    ["ARG with a default", "ARG", [fill("Name 1", "V"), fill("Value of V", "1")], "ARG V=1"],
    ["LABEL", "LABEL", [fill("Name 1", "a.b"), fill("Value of a.b", "c")], "LABEL a.b=c"],
    ["WORKDIR", "WORKDIR", [fill("Directory", "/x")], "WORKDIR /x"],
    ["USER", "USER", [fill("User", "app:app")], "USER app:app"],
    ["EXPOSE", "EXPOSE", [fill("Ports", "80 53/udp")], "EXPOSE 80 53/udp"],
    ["CMD in exec form", "CMD", [fill("Program and arguments", 'a "b c"')], 'CMD ["a", "b c"]'],
    ["CMD in shell form", "CMD", [press("Shell", "radio"), fill("Command", "a && b")], "CMD a && b"],
    ["ENTRYPOINT", "ENTRYPOINT", [fill("Program and arguments", "/app -v")], 'ENTRYPOINT ["/app", "-v"]'],
    [
      "HEALTHCHECK with its times",
      "HEALTHCHECK",
      [fill("Command", "wget -q x"), fill("Every", "5s"), fill("Failures until unhealthy", "2")],
      "HEALTHCHECK --interval=5s --retries=2 CMD wget -q x",
    ],
    ["HEALTHCHECK NONE", "HEALTHCHECK", [press("None", "radio")], "HEALTHCHECK NONE"],
    ["VOLUME", "VOLUME", [fill("Directories", "/a /b")], "VOLUME /a /b"],
    ["STOPSIGNAL", "STOPSIGNAL", [press("SIGINT")], "STOPSIGNAL SIGINT"],
    ["SHELL", "SHELL", [fill("Program and arguments", "/bin/bash -c")], 'SHELL ["/bin/bash", "-c"]'],
    ["ONBUILD", "ONBUILD", [fill("Instruction", "COPY . .")], "ONBUILD COPY . ."],
  ];
  for (const [name, keyword, steps, line] of rows) {
    test(name, async ({ page }) => {
      const editor = await open(page);
      await add(editor, 0, keyword);
      for (const step of steps) await step(page);
      await expect(draftText(page)).toHaveValue(line);
      await form(page).getByRole("button", { name: "Add", exact: true }).click();
      await editor.expectText(withLine(line));
      await expect(form(page)).toBeHidden();
      await editor.undo();
      await editor.expectText(TEXT);
    });
  }

  test("text and fields are in step, and what is wrong is said while one types", async ({ page }) => {
    const editor = await open(page);
    await add(editor, 1, "COPY");
    const text = draftText(page);
    await text.fill("COPY --from=builder --chmod=755 --parents /a /b/");
    await expect(form(page).getByLabel("From", { exact: true })).toHaveValue("builder");
    await expect(form(page).getByLabel("Mode", { exact: true })).toHaveValue("755");
    await expect(form(page)).toContainText("No field for --parents");
    await text.fill("COPY --from=7 /a /b/");
    await expect(form(page).getByTestId("draft-problem")).toContainText(/stage index 7/);
    await text.fill("COPY /a");
    await expect(form(page).getByTestId("draft-problem")).toContainText(/at least two arguments/);
    await save(page);
    await expect(form(page)).toBeVisible();
    await text.fill("MAINTAINER me");
    await expect(form(page).getByTestId("draft-problem")).toContainText(/deprecated/i);
    await page.keyboard.press("Escape");
    await editor.expectText(TEXT);
    await expect(form(page)).toBeHidden();
  });

  test("a line pasted or typed whole needs no picking, and + adds between rows", async ({ page }) => {
    const editor = await open(page);
    await editor.row(0, 2).hover();
    await editor.row(0, 2).getByRole("button", { name: "Add an instruction before COPY" }).click();
    await page.keyboard.type("env A=1");
    await save(page);
    await editor.expectText(TEXT.replace("COPY go.mod", "env A=1\nCOPY go.mod"));
    await expect(editor.row(0, 2)).toBeFocused();
  });
});

test.describe("an instruction edited in place", () => {
  const LONG =
    'FROM alpine:3.20 AS x\n# why\nRUN <<EOF\n# a comment of the shell\n\tmake\nEOF\nRUN a \\\n    # why\n\n    && b\nCMD ["a"]\n';

  test("a heredoc and a continuation stay byte for byte but for what is changed", async ({ page }) => {
    const editor = await open(page, LONG);
    await editor.row(0, 1).dblclick();
    const text = draftText(page);
    await expect(text).toHaveValue("RUN <<EOF\n# a comment of the shell\n\tmake\nEOF");
    await text.fill("RUN <<EOF\n# a comment of the shell\n\tmake all\nEOF");
    await save(page);
    const first = LONG.replace("make", "make all");
    await editor.expectText(first);
    await editor.row(0, 2).focus();
    await page.keyboard.press("Enter");
    await expect(form(page).getByLabel("Command", { exact: true })).toHaveValue(
      "a \\\n    # why\n\n    && b",
    );
    await form(page).getByLabel("Command", { exact: true }).fill("a \\\n    # why\n\n    && c");
    await page.locator(".react-flow__pane").click({ position: { x: 5, y: 5 } });
    await editor.expectText(first.replace("&& b", "&& c"));
    await editor.undo();
    await editor.expectText(first);
    await editor.undo();
    await editor.expectText(LONG);
  });

  test("Escape leaves all as it was, and a press beside the form too where nothing was changed", async ({
    page,
  }) => {
    const editor = await open(page);
    await editor.row(0, 1).dblclick();
    await form(page).getByLabel("Directory", { exact: true }).fill("/other");
    await page.keyboard.press("Escape");
    await expect(form(page)).toBeHidden();
    await expect(editor.row(0, 1)).toBeFocused();
    await editor.row(0, 1).dblclick();
    await page.locator(".react-flow__pane").click({ position: { x: 5, y: 5 } });
    await expect(form(page)).toBeHidden();
    await expect(page.getByRole("button", { name: "Undo", exact: true })).toBeDisabled();
    await editor.expectText(TEXT);
  });
});

test.describe("rows by keyboard", () => {
  type Row = [name: string, from: [stage: number, row: number], keys: string[], after: string];
  const rows: Row[] = [
    [
      "a step up, with its comment",
      [0, 3],
      ["Alt+ArrowUp"],
      TEXT.replace(
        "COPY go.mod main.go ./\n# the program\nRUN go build -o /app .\n",
        "# the program\nRUN go build -o /app .\nCOPY go.mod main.go ./\n",
      ),
    ],
    [
      "over the edge of a stage",
      [0, 3],
      ["Alt+ArrowDown"],
      TEXT.replace("# the program\nRUN go build -o /app .\n", "").replace(
        "alpine:3.20\n",
        "alpine:3.20\n# the program\nRUN go build -o /app .\n",
      ),
    ],
    [
      "two rows down",
      [0, 1],
      ["Shift+ArrowDown", "Alt+ArrowDown"],
      TEXT.replace(
        "WORKDIR /src\nCOPY go.mod main.go ./\n# the program\nRUN go build -o /app .\n",
        "# the program\nRUN go build -o /app .\nWORKDIR /src\nCOPY go.mod main.go ./\n",
      ),
    ],
    ["doubled", [1, 2], ["Shift+Alt+ArrowDown"], TEXT.replace("EXPOSE 80\n", "EXPOSE 80\nEXPOSE 80\n")],
    [
      "two rows doubled",
      [1, 2],
      ["Shift+ArrowDown", "Shift+Alt+ArrowDown"],
      TEXT.replace('CMD ["/app"]\n', 'CMD ["/app"]\nEXPOSE 80\nCMD ["/app"]\n'),
    ],
    ["two rows removed", [1, 3], ["Shift+ArrowUp", "Delete"], TEXT.replace('EXPOSE 80\nCMD ["/app"]\n', "")],
    [
      "two rows commented out",
      [1, 2],
      ["Shift+ArrowDown", "Control+/"],
      TEXT.replace("EXPOSE 80\nCMD", "# EXPOSE 80\n# CMD"),
    ],
  ];
  for (const [name, [stage, row], keys, after] of rows) {
    test(name, async ({ page }) => {
      const editor = await open(page);
      await editor.row(stage, row).click();
      await editor.row(stage, row).focus();
      for (const key of keys) await page.keyboard.press(key);
      await editor.expectText(after);
      await editor.undo();
      await editor.expectText(TEXT);
    });
  }

  test("the focus and the selection follow a row that moves", async ({ page }) => {
    const editor = await open(page);
    await editor.row(0, 1).click();
    await editor.row(0, 1).focus();
    await page.keyboard.press("Alt+ArrowDown");
    await expect(editor.row(0, 2)).toBeFocused();
    await expect(editor.row(0, 2)).toHaveAttribute("aria-current", "true");
    await page.keyboard.press("Alt+ArrowUp");
    await editor.expectText(TEXT);
  });

  test("what cannot move says why", async ({ page }) => {
    const editor = await open(page);
    await editor.row(1, 1).click();
    await editor.row(1, 1).focus();
    await page.keyboard.press("Alt+ArrowUp");
    await expect(page.getByRole("alert").filter({ hasText: "itself" })).toBeVisible();
    await editor.expectText(TEXT);
  });
});

test("rows selected on the card are the lines lit in the text, and the other way round", async ({ page }) => {
  const editor = await open(page);
  await editor.row(0, 1).click();
  await editor.row(0, 3).click({ modifiers: ["Shift"] });
  const lit = editor.stage(0).locator('[data-testid="instruction-row"][aria-current="true"]');
  await expect(lit).toHaveCount(3);
  const marks = page.locator('.monaco-editor .view-overlays [class*="selectedLine"]');
  await expect(marks).toHaveCount(4);
  // From the last line of the first stage up over two.
  await page.locator(".monaco-editor .view-line").filter({ hasText: "RUN" }).click();
  await page.keyboard.press("Shift+ArrowUp");
  await page.keyboard.press("Shift+ArrowUp");
  await expect(lit).toHaveCount(2);
  await expect(editor.row(0, 1)).not.toHaveAttribute("aria-current", "true");
});

test("what is commented out stands faint on its card, and comes back in one step", async ({ page }) => {
  const editor = await open(page);
  await editor.row(0, 3).click();
  await page.keyboard.press("Control+/");
  const out = TEXT.replace("RUN go", "# RUN go");
  await editor.expectText(out);
  const faint = editor.stage(0).getByTestId("commented-row");
  await expect(faint).toHaveText(/# RUN go build -o \/app \./);
  await faint.hover();
  await faint.getByRole("button").click();
  await editor.expectText(TEXT);
  await expect(faint).toHaveCount(0);
  await editor.undo();
  await editor.expectText(out);
});

test.describe("dragging rows", () => {
  async function drag(editor: Editor, from: [number, number], to: [number, number], drop = true) {
    const { page } = editor;
    const start = (await editor.row(...from).boundingBox())!;
    const end = (await editor.row(...to).boundingBox())!;
    await page.mouse.move(start.x + 60, start.y + start.height / 2);
    await page.mouse.down();
    await page.mouse.move(start.x + 70, start.y + start.height / 2 + 8, { steps: 3 });
    await page.mouse.move(end.x + 60, end.y + 3, { steps: 12 });
    if (drop) await page.mouse.up();
  }

  test("several go together, to another stage", async ({ page }) => {
    const editor = await open(page);
    await editor.row(0, 1).click();
    await editor.row(0, 2).click({ modifiers: ["Shift"] });
    await drag(editor, [0, 2], [1, 2]);
    await editor.expectText(
      TEXT.replace("WORKDIR /src\nCOPY go.mod main.go ./\n", "").replace(
        "EXPOSE 80\n",
        "WORKDIR /src\nCOPY go.mod main.go ./\nEXPOSE 80\n",
      ),
    );
    await editor.undo();
    await editor.expectText(TEXT);
  });

  test("one that would take files from its own stage is refused, with the reason", async ({ page }) => {
    const editor = await open(page);
    await drag(editor, [1, 1], [0, 1], false);
    await expect(page.locator('output[data-ok="false"]')).toContainText("itself");
    await page.mouse.up();
    await editor.expectText(TEXT);
  });

  anew.describe("by finger", () => {
    anew("after it has rested", async ({ page }) => {
      const editor = await open(page);
      const start = (await editor.row(0, 1).boundingBox())!;
      const end = (await editor.row(0, 3).boundingBox())!;
      const finger = await Finger.on(page);
      const x = start.x + 60;
      const view = await page.locator(".react-flow__viewport").getAttribute("style");
      await finger.down(x, start.y + 12);
      await expect(page.locator("[data-canvas]")).toHaveAttribute("data-row-dragged", "true");
      for (let y = start.y + 12; y < end.y + end.height - 3; y += 6) {
        await finger.move(x, y);
      }
      await finger.up();
      await editor.expectText(
        TEXT.replace("WORKDIR /src\n", "").replace(
          "go build -o /app .\n",
          "go build -o /app .\nWORKDIR /src\n",
        ),
      );
      expect(await page.locator(".react-flow__viewport").getAttribute("style")).toBe(view);
    });

    anew("and lifted where it rested, opens the menu of the row", async ({ page }) => {
      const editor = await open(page);
      const box = (await editor.row(1, 2).boundingBox())!;
      const finger = await Finger.on(page);
      await finger.down(box.x + 60, box.y + 12);
      await expect(page.locator("[data-canvas]")).toHaveAttribute("data-row-dragged", "true");
      await finger.up();
      await finger.tap(page.getByRole("menuitem", { name: "Remove what is selected" }));
      await editor.expectText(TEXT.replace("EXPOSE 80\n", ""));
    });
  });
});

test.describe("the menu of a row", () => {
  const openings: [name: string, how: (editor: Editor) => Promise<void>][] = [
    ["by the right button", (editor) => editor.row(1, 2).click({ button: "right" })],
    [
      "by its …",
      async (editor) => {
        await editor.row(1, 2).hover();
        await editor.row(1, 2).getByRole("button", { name: "More for EXPOSE" }).click();
      },
    ],
    [
      "by key",
      async (editor) => {
        await editor.row(1, 2).click();
        await editor.row(1, 2).focus();
        await editor.page.keyboard.press("Shift+F10");
      },
    ],
  ];
  for (const [name, how] of openings) {
    test(name, async ({ page }) => {
      const editor = await open(page);
      await how(editor);
      const items = page.getByRole("menu", { name: "Instruction" }).getByRole("menuitem");
      await expect(items.filter({ hasText: "Comment out" })).toContainText("Ctrl+/");
      await items.filter({ hasText: "Duplicate" }).click();
      await editor.expectText(TEXT.replace("EXPOSE 80\n", "EXPOSE 80\nEXPOSE 80\n"));
      await expect(editor.row(1, 3)).toBeFocused();
    });
  }

  test("works on all rows that are selected", async ({ page }) => {
    const editor = await open(page);
    await editor.row(1, 2).click();
    await editor.row(1, 3).click({ modifiers: ["Shift"] });
    await editor.row(1, 2).click({ button: "right" });
    await page.getByRole("menuitem", { name: "Comment out 2 instructions" }).click();
    await editor.expectText(TEXT.replace("EXPOSE 80\nCMD", "# EXPOSE 80\n# CMD"));
  });
});
