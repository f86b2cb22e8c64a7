import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { expectClean } from "./axe";
import { Editor, GO_HELLO } from "./editor";
import { expect, test } from "./fixtures";

const TITLE = "Hello, all!";

const MERMAID = `flowchart LR
  image0(["golang:1.19"])
  image1(["alpine:3.20"])
  stage0["builder"]
  stage1[["stage-1"]]
  image0 --> stage0
  image1 --> stage1
  stage0 -.->|"COPY /app"| stage1
`;

const DOT = `digraph "Hello, all!" {
  rankdir=LR;
  node [shape=box, style=rounded, fontname="monospace"];
  edge [fontname="monospace", fontsize=10];
  image0 [label="golang:1.19", style="rounded,dashed"];
  image1 [label="alpine:3.20", style="rounded,dashed"];
  stage0 [label="builder"];
  stage1 [label="stage-1", penwidth=2];
  image0 -> stage0 [style=solid];
  image1 -> stage1 [style=solid];
  stage0 -> stage1 [style=dashed, label="COPY /app"];
}
`;

const COMPOSE = `services:
  hello-all:
    build:
      context: "."
      dockerfile: Dockerfile
`;

/** With builder as the target: what it was before is now beside it, in a profile. */
const CHOSEN = `services:
  builder:
    build:
      context: "."
      dockerfile: Dockerfile
      target: builder
  hello-all:
    profiles:
      - hello-all
    build:
      context: "."
      dockerfile: Dockerfile
`;

/** Of either target, `main` being what is built without further words. */
const bake = (main: string) => `group "default" {
  targets = ["${main}"]
}

target "_common" {
  context    = "."
  dockerfile = "Dockerfile"
}

target "builder" {
  inherits = ["_common"]
  target   = "builder"
}

target "hello-all" {
  inherits = ["_common"]
}
`;

/** Opens the dialog at one kind. */
async function open(page: Page, kind: string): Promise<void> {
  if ((await page.getByRole("dialog").count()) === 0) await page.getByTestId("export-button").click();
  await page.getByTestId(`export-${kind}`).click();
}

async function download(page: Page): Promise<{ name: string; bytes: Buffer }> {
  const [given] = await Promise.all([
    page.waitForEvent("download"),
    page.getByTestId("export-download").click(),
  ]);
  return { name: given.suggestedFilename(), bytes: await readFile(await given.path()) };
}

test("every text leaves byte for byte as it is shown, by download and by copy", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const editor = new Editor(page);
  await editor.openText(GO_HELLO, TITLE);
  for (const [kind, name, text] of [
    ["mermaid", "Hello,-all!.mmd", MERMAID],
    ["dot", "Hello,-all!.dot", DOT],
    ["dockerfile", "Dockerfile", GO_HELLO],
    ["compose", "compose.yaml", COMPOSE],
    ["bake", "docker-bake.hcl", bake("hello-all")],
    ["command", "build.sh", "docker build - < Dockerfile\n"],
  ] as const) {
    await open(page, kind);
    await expect(page.getByTestId("export-text")).toHaveText(text, { useInnerText: false });
    const given = await download(page);
    expect(given.name).toBe(name);
    expect(given.bytes.toString()).toBe(text);
    await page.getByTestId("export-copy").click();
    await expect(page.getByRole("status").getByText("Copied")).toBeVisible();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(text);
  }
});

test("a Dockerfile leaves with the line endings and the mark that it came with", async ({ page }) => {
  const content = "\uFEFFFROM busybox\r\nRUN true\r\n";
  const editor = new Editor(page);
  await editor.openText(content);
  await open(page, "dockerfile");
  expect((await download(page)).bytes).toEqual(Buffer.from(content));
});

test("build files and the command follow the chosen target", async ({ page }) => {
  const editor = new Editor(page);
  await editor.openText(GO_HELLO, TITLE);
  await page.getByRole("button", { name: /^Build: / }).click();
  await page.getByRole("menuitemradio", { name: "builder" }).click();
  for (const [tab, text] of [
    ["Compose", CHOSEN],
    ["Bake", bake("builder")],
  ] as const) {
    await editor.tab(tab).click();
    await expect(page.getByTestId("other-file")).toHaveText(text, { useInnerText: false });
  }
  for (const [kind, text] of [
    ["compose", CHOSEN],
    ["bake", bake("builder")],
    ["command", "docker build --target builder - < Dockerfile\n"],
  ] as const) {
    await open(page, kind);
    expect((await download(page)).bytes.toString()).toBe(text);
  }
});

test("the SVG has the cards where they stand on the canvas", async ({ page }) => {
  const editor = new Editor(page);
  await editor.openText(GO_HELLO);
  await editor.settled();
  const places = await editor.places();
  const at = (name: string) => (places[name] ?? "").match(/-?[\d.]+(?=px)/g)!.map(Number);
  await open(page, "svg");
  const { name, bytes } = await download(page);
  expect(name).toBe("Untitled.svg");
  const corners = [...bytes.toString().matchAll(/class="card" x="([-\d.]+)" y="([-\d.]+)" width="300"/g)];
  expect(corners.map(([, x, y]) => [Number(x), Number(y)])).toEqual([at("stage 0"), at("stage 1")]);
});

/** What the browser makes of a picture's bytes: its size, the colour of a corner, and how many colours there are. */
async function look(page: Page, bytes: Buffer) {
  return page.evaluate(async (data) => {
    const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
    const image = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
    const canvas = new OffscreenCanvas(image.width, image.height);
    const brush = canvas.getContext("2d")!;
    brush.drawImage(image, 0, 0);
    const pixels = new Uint32Array(brush.getImageData(0, 0, image.width, image.height).data.buffer);
    const corner = `#${[0, 8, 16].map((shift) => ((pixels[0]! >> shift) & 255).toString(16).padStart(2, "0")).join("")}`;
    return { width: image.width, height: image.height, corner, colours: new Set(pixels).size };
  }, bytes.toString("base64"));
}

test("the PNG has the size and the colours that were chosen, and shows something", async ({ page }) => {
  const editor = new Editor(page);
  await editor.openText(GO_HELLO);
  await editor.settled();
  await open(page, "svg");
  const svg = (await download(page)).bytes.toString();
  const [, width, height] = /width="(\d+)" height="(\d+)" role/.exec(svg)!.map(Number);
  await open(page, "png");
  for (const [scale, theme, corner] of [
    ["1×", "Light", "#f6f7f8"],
    ["2×", "Dark", "#0e1116"],
  ] as const) {
    await page.getByRole("radio", { name: scale }).check();
    await page.getByRole("radio", { name: theme }).check();
    const times = Number(scale[0]);
    await expect(page.getByTestId("export-dimensions")).toHaveText(
      `${width! * times} × ${height! * times} pixels`,
    );
    const { name, bytes } = await download(page);
    expect(name).toBe("Untitled.png");
    const seen = await look(page, bytes);
    expect(seen).toMatchObject({ width: width! * times, height: height! * times, corner });
    expect(seen.colours).toBeGreaterThan(20);
  }
});

test("a stranger with a link can take everything along, sizes included", async ({ page, otherPage }) => {
  const editor = new Editor(page);
  await editor.openTemplate("Go: hello world");
  await editor.build();
  await editor.expectBuilt(1);
  await editor.expectBuilt(0);
  const sizes = await page.getByTestId("stage-size").allTextContents();
  await page.getByTestId("share-button").click();
  await otherPage.goto(await page.getByTestId("share-link").inputValue());
  await expect(otherPage.getByTestId("stage-size")).toHaveCount(2);

  await open(otherPage, "svg");
  await expect(otherPage.getByTestId("export-picture")).toBeVisible();
  const svg = (await download(otherPage)).bytes.toString();
  for (const size of sizes) expect(svg).toContain(`>${size}<`);
  expect(svg).toContain("left behind");
  await otherPage.getByLabel("Sizes of the build on show").uncheck();
  expect((await download(otherPage)).bytes.toString()).not.toContain("left behind");
  await open(otherPage, "dockerfile");
  expect((await download(otherPage)).bytes.toString()).toBe(GO_HELLO);
});

test("the command list opens it, Escape closes it, and an empty document says why there is nothing", async ({
  page,
}) => {
  await page.goto("/");
  await page.getByTestId("start-empty").click();
  await expect(page.getByTestId("starting-points")).toBeVisible();
  await page.keyboard.press("Control+K");
  await expect(page.getByTestId("picker").getByRole("combobox")).toBeFocused();
  await page.keyboard.type("export");
  await expect(page.getByTestId("picker").getByRole("option").first()).toContainText(/export/i);
  await page.keyboard.press("Enter");
  await expect(page.getByText("There is no stage to draw yet.")).toBeVisible();
  await expect(page.getByTestId("export-download")).toBeDisabled();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
});

test("the dialog passes axe", async ({ page }) => {
  await page.emulateMedia({ colorScheme: "light" });
  const editor = new Editor(page);
  await editor.openText(GO_HELLO);
  for (const kind of ["png", "compose"]) {
    await open(page, kind);
    await expect(page.getByTestId(`export-${kind}`)).toHaveAttribute("data-state", "active");
    await expectClean(page, kind, '[role="dialog"]');
  }
});
