import type { Locator } from "@playwright/test";
import { Editor } from "./editor";
import { test as anew, expect, testOnOnePage as test } from "./fixtures";

/** Three edges of three kinds, two of them parallel. */
const SITE = `FROM golang:1.23 AS builder
WORKDIR /src
RUN go build -o /out/app .

FROM node:22 AS web
WORKDIR /web
RUN npm run build

FROM alpine:3.20
RUN apk add ca-certificates
COPY --from=builder /out/app /app
COPY --from=builder /src/LICENSE /LICENSE
RUN --mount=type=bind,from=web,source=/web/dist,target=/dist cp -r /dist /srv
CMD ["/app"]
`;

/** Where on something a pointer goes: parts of its width and height, and pixels beside it. */
interface Spot {
  on: Locator;
  x?: number;
  y?: number;
}

/** Edges as a hand draws, pulls and opens them. */
class Edges extends Editor {
  verdict = () => this.page.getByTestId("verdict");
  refusal = () => this.page.getByTestId("refusal");
  panel = () => this.page.getByTestId("edge-panel");
  label = (text: string) => this.page.getByTestId("edge-label").filter({ hasText: text });
  handle = (card: Locator, name: "base" | "files") => card.locator(`[data-handle="${name}"]`);
  head = (stage: number) => this.stage(stage).getByTestId("stage-name");
  end = (which: "source" | "target") => this.page.getByTestId(`edge-end-${which}`);

  async point({ on, x = 0.5, y = 0.5 }: Spot) {
    const box = await on.boundingBox();
    if (!box) throw new Error("It is not on the page.");
    return { x: box.x + box.width * x, y: box.y + box.height * y };
  }

  /** Presses, moves there in small steps and stays: what the verdict says is there to be read. */
  async drag(from: Locator, to: Spot): Promise<void> {
    await this.settled();
    const start = await this.point({ on: from });
    const end = await this.point(to);
    await this.page.mouse.move(start.x, start.y);
    await this.page.mouse.down();
    await this.page.mouse.move((start.x + end.x) / 2, (start.y + end.y) / 2, { steps: 6 });
    await this.page.mouse.move(end.x, end.y, { steps: 6 });
  }

  async drop(from: Locator, to: Spot): Promise<void> {
    await this.drag(from, to);
    await this.page.mouse.up();
  }

  /** The edge that arrives at a row, lit: its ends can be pulled. */
  async light(stage: number, instruction: number): Promise<void> {
    await this.row(stage, instruction).click({ position: { x: 60, y: 10 } });
    await expect(this.end("source")).toBeVisible();
  }

  async expectUndone(before: string): Promise<void> {
    await this.undo();
    await this.expectText(before);
  }
}

/** Where the text is behind a tab. */
class NarrowEdges extends Edges {
  override async ready(): Promise<void> {
    await expect(this.page.locator('[data-canvas][data-ready="true"]')).toBeVisible();
    await this.settled();
  }
}

const replaced = (before: string, after: string) => {
  if (!SITE.includes(before)) throw new Error(`There is no "${before}".`);
  return SITE.replace(before, after);
};

let edges: Edges;
test.beforeEach(async ({ page }) => {
  edges = new Edges(page);
  await edges.openKept(SITE);
  await page.getByRole("button", { name: /fit/i }).first().click();
});

test.describe("drawn", () => {
  test("a base onto a card is its FROM", async () => {
    await edges.drag(edges.handle(edges.stage(0), "base"), { on: edges.head(1) });
    await expect(edges.verdict()).toHaveText("FROM builder AS web");
    await edges.page.mouse.up();
    await edges.expectText(replaced("FROM node:22 AS web", "FROM builder AS web"));
    await edges.expectUndone(SITE);
  });

  test("files onto a card are a COPY, and its form's answer is part of the same step", async ({ page }) => {
    await edges.drag(edges.handle(edges.stage(0), "files"), { on: edges.head(1) });
    await expect(edges.verdict()).toContainText("COPY --from=builder /out/app ./");
    await expect(edges.verdict()).toContainText("Onto a RUN: mount into it instead.");
    await page.mouse.up();
    const form = page.getByTestId("paths-form");
    await expect(form.getByLabel("Copy", { exact: true })).toBeFocused();
    await edges.expectText(
      replaced("RUN npm run build\n", "RUN npm run build\nCOPY --from=builder /out/app ./\n"),
    );
    await form.getByLabel("to", { exact: true }).fill("/usr/bin/app");
    await form.getByLabel("--chown").fill("node");
    await form.getByLabel("--link").check();
    await page.keyboard.press("Enter");
    const line = "COPY --from=builder --chown=node --link /out/app /usr/bin/app\n";
    await edges.expectText(replaced("RUN npm run build\n", `RUN npm run build\n${line}`));
    await expect(form).toHaveCount(0);
    await edges.expectUndone(SITE);
  });

  test("files between two rows are a COPY there", async ({ page }) => {
    await edges.drag(edges.handle(edges.stage(0), "files"), { on: edges.row(1, 2), y: 0.05 });
    await expect(edges.verdict()).toContainText("COPY --from=builder /out/app ./");
    await page.mouse.up();
    await edges.expectText(replaced("RUN npm", "COPY --from=builder /out/app ./\nRUN npm"));
    await page.keyboard.press("Escape");
    await edges.expectUndone(SITE);
  });

  test("files onto a RUN are a mount, with a form of its own", async ({ page }) => {
    await edges.drag(edges.handle(edges.stage(0), "files"), { on: edges.row(1, 2) });
    await expect(edges.verdict()).toContainText(
      "RUN --mount=type=bind,from=builder,source=/out/app,target=/out/app",
    );
    await expect(edges.verdict()).toContainText("Mounted into this RUN only.");
    await page.mouse.up();
    const form = page.getByTestId("mount-form");
    await expect(form.getByLabel("source")).toBeFocused();
    await form.getByLabel("source").fill("/out");
    await form.getByRole("button", { name: "/mnt/app" }).click();
    await form.getByLabel("rw").check();
    await form.getByRole("button", { name: "Done" }).click();
    const mount = "--mount=type=bind,from=builder,source=/out,target=/mnt/app,rw";
    await edges.expectText(replaced("RUN npm", `RUN ${mount} npm`));
    await expect(edges.edges("mount")).toHaveCount(2);
    await edges.expectUndone(SITE);
  });

  test("files of an image likewise, for both", async ({ page }) => {
    const files = edges.handle(edges.image("node:22"), "files");
    await edges.drop(files, { on: edges.head(2) });
    const copy = "COPY --from=node:22 /usr/local/bin/node /node\n";
    await edges.expectText(replaced("CMD", `${copy}CMD`));
    await page.keyboard.press("Escape");
    await edges.expectUndone(SITE);
    await edges.drop(files, { on: edges.row(2, 1) });
    const mount = "--mount=type=bind,from=node:22,source=/usr/local/bin/node,target=/usr/local/bin/node";
    await edges.expectText(replaced("RUN apk", `RUN ${mount} apk`));
    await page.keyboard.press("Escape");
    await edges.expectUndone(SITE);
  });
});

test.describe("pulled elsewhere", () => {
  test("the source of a FROM to an image", async ({ page }) => {
    await edges.head(1).click();
    await edges.drag(edges.end("source"), { on: edges.image("alpine:3.20") });
    await expect(edges.verdict()).toHaveText("FROM alpine:3.20 AS web");
    await page.mouse.up();
    await edges.expectText(replaced("FROM node:22 AS web", "FROM alpine:3.20 AS web"));
    await edges.expectUndone(SITE);
  });

  test("the source of a COPY to another stage", async () => {
    await edges.light(2, 3);
    await edges.drop(edges.end("source").first(), { on: edges.head(1) });
    await edges.expectText(replaced("--from=builder /src/LICENSE", "--from=web /src/LICENSE"));
    await edges.expectUndone(SITE);
  });

  test("the source of a mount to an image", async () => {
    await edges.light(2, 4);
    await edges.drop(edges.end("source"), { on: edges.image("golang:1.23") });
    await edges.expectText(replaced("from=web", "from=golang:1.23"));
    await edges.expectUndone(SITE);
  });

  test("the target of a COPY to a place in another stage, and back in its own", async () => {
    await edges.light(2, 3);
    await edges.drop(edges.end("target").first(), { on: edges.row(1, 2), y: 0.05 });
    const line = "COPY --from=builder /src/LICENSE /LICENSE\n";
    await edges.expectText(replaced(line, "").replace("RUN npm", `${line}RUN npm`));
    await edges.expectUndone(SITE);
    await edges.light(2, 3);
    await edges.drop(edges.end("target").first(), { on: edges.row(2, 1), y: 0.1 });
    await edges.expectText(replaced(line, "").replace("RUN apk", `${line}RUN apk`));
    await edges.expectUndone(SITE);
  });

  test("the target of a mount to another RUN, and nowhere else", async ({ page }) => {
    await edges.light(2, 4);
    await edges.drag(edges.end("target"), { on: edges.row(2, 2) });
    await expect(edges.verdict()).toHaveText("Only RUN can have a mount: let go on a RUN.");
    const to = await edges.point({ on: edges.row(2, 1) });
    await page.mouse.move(to.x, to.y, { steps: 4 });
    await expect(edges.verdict()).toContainText("RUN --mount=type=bind,from=web");
    await page.mouse.up();
    const mount = " --mount=type=bind,from=web,source=/web/dist,target=/dist";
    await edges.expectText(replaced(mount, "").replace("RUN apk", `RUN${mount} apk`));
    await edges.expectUndone(SITE);
  });

  test("Escape lets go without doing it", async ({ page }) => {
    await edges.light(2, 4);
    await edges.drag(edges.end("source"), { on: edges.head(0) });
    await page.keyboard.press("Escape");
    await expect(edges.verdict()).toHaveCount(0);
    await page.mouse.up();
    await expect(edges.refusal()).toHaveCount(0);
    await edges.drag(edges.handle(edges.stage(0), "base"), { on: edges.head(1) });
    await expect(edges.verdict()).toHaveCount(1);
    await page.keyboard.press("Escape");
    await expect(edges.verdict()).toHaveCount(0);
    await page.mouse.up();
    await edges.expectText(SITE);
  });
});

test.describe("opened", () => {
  test("several parallel ones are a list, each opened by itself; flags are written where they belong", async ({
    page,
  }) => {
    await edges.row(2, 2).focus();
    await page.mouse.move(5, 300);
    await edges.label("2 copies").dispatchEvent("click");
    const items = edges.panel().getByRole("listitem");
    await expect(items).toHaveText([/line 11.*\/out\/app → \/app/, /line 12.*\/src\/LICENSE → \/LICENSE/]);
    await items.nth(1).getByRole("button").first().click();
    const form = page.getByTestId("paths-form");
    await form.getByLabel("--chmod").fill("644");
    await form.getByLabel("to", { exact: true }).fill("/usr/share/");
    await page.keyboard.press("Enter");
    await edges.expectText(
      replaced(
        "COPY --from=builder /src/LICENSE /LICENSE",
        "COPY --from=builder --chmod=644 /src/LICENSE /usr/share/",
      ),
    );
    await edges.expectUndone(SITE);
  });

  test("by keyboard from its row; another source, from what is likely", async ({ page }) => {
    await edges.row(2, 2).focus();
    await page.keyboard.press("e");
    const form = page.getByTestId("paths-form");
    await expect(edges.panel()).toBeFocused();
    await form.getByRole("button", { name: "web", exact: true }).click();
    await form.getByLabel("Copy", { exact: true }).press("Enter");
    await edges.expectText(replaced("--from=builder /out", "--from=web /out"));
    await expect(edges.row(2, 2)).toBeFocused();
    await edges.expectUndone(SITE);
  });

  test("a source that comes later: refused in the form, with what helps", async ({ page }) => {
    const later = `${SITE}\nFROM busybox AS tools\nRUN true\n`;
    await edges.openText(later);
    await edges.row(2, 2).focus();
    await page.keyboard.press("e");
    const form = page.getByTestId("paths-form");
    await form.getByLabel("from", { exact: true }).fill("tools");
    await page.keyboard.press("Enter");
    await expect(form.getByRole("alert")).toContainText('"tools" comes after stage 2 in the file.');
    await form.getByRole("button", { name: "Move tools above stage-2" }).click();
    const [before, last] = SITE.split(/(?=FROM alpine)/);
    const moved = `${before}FROM busybox AS tools\nRUN true\n\n${last!.replace("--from=builder /out", "--from=tools /out")}`;
    await edges.expectText(moved);
    await edges.expectUndone(later);
  });

  test("the options of a mount", async ({ page }) => {
    await edges.label("mount /dist").click();
    const form = page.getByTestId("mount-form");
    await form.getByLabel("target").fill("/from/web");
    await page.keyboard.press("Enter");
    await edges.expectText(replaced("target=/dist", "target=/from/web"));
    await edges.expectUndone(SITE);
  });

  test("the base and the platform of a stage", async ({ page }) => {
    await edges.stage(1).click({ position: { x: 100, y: 20 } });
    await page.keyboard.press("e");
    await expect(edges.panel()).toContainText("web is built on node:22, for the platform of the build.");
    await edges.panel().getByRole("button", { name: "Change base…" }).click();
    await page.keyboard.type("node:24");
    await page.keyboard.press("Enter");
    const based = replaced("FROM node:22", "FROM node:24");
    await edges.expectText(based);
    await edges.head(1).click();
    await page.keyboard.press("e");
    await edges.panel().getByRole("button", { name: "Change platform…" }).click();
    await page.keyboard.type("linux/arm64");
    await page.keyboard.press("Enter");
    await edges.expectText(based.replace("FROM node:24", "FROM --platform=linux/arm64 node:24"));
    await edges.expectUndone(based);
    await edges.expectUndone(SITE);
  });

  test("both ends are one press away", async ({ page }) => {
    await edges.label("mount /dist").click();
    await edges.panel().getByTitle("Go to web").click();
    await expect(page.locator(".react-flow__node:focus")).toContainText("web");
    await expect(edges.panel()).toHaveCount(0);
    await edges.label("mount /dist").click();
    await edges.panel().getByTitle("Go to stage-2").click();
    await expect(edges.row(2, 4)).toBeFocused();
  });

  test("Escape leaves the text as it is, a press beside it writes", async ({ page }) => {
    await edges.label("mount /dist").click();
    const target = page.getByTestId("mount-form").getByLabel("target");
    await target.fill("/gone");
    await page.keyboard.press("Escape");
    await expect(edges.panel()).toHaveCount(0);
    await edges.expectText(SITE);
    await edges.label("mount /dist").click();
    await target.fill("/kept");
    await edges.head(0).click();
    await expect(edges.panel()).toHaveCount(0);
    await edges.expectText(replaced("target=/dist", "target=/kept"));
  });
});

test.describe("deleted", () => {
  test("a COPY goes with its line, after saying what misses it", async ({ page }) => {
    await edges.row(2, 2).focus();
    await page.keyboard.press("e");
    await edges.panel().getByRole("button", { name: "Delete the edge" }).click();
    await expect(page.getByTestId("removal-notes")).toHaveText(
      "Line 14 (CMD) names /app, which it brings in.",
    );
    await page.getByRole("button", { name: "Remove", exact: true }).click();
    await edges.expectText(replaced("COPY --from=builder /out/app /app\n", ""));
    await edges.expectUndone(SITE);
  });

  test("a mount goes alone, its RUN stays", async ({ page }) => {
    await edges.label("mount /dist").click();
    await page.keyboard.press("Delete");
    await expect(page.getByTestId("removal-notes")).toContainText("Nothing else uses web");
    await page.getByRole("button", { name: "Remove", exact: true }).click();
    await edges.expectText(replaced("--mount=type=bind,from=web,source=/web/dist,target=/dist ", ""));
    await expect(edges.edges("mount")).toHaveCount(0);
    await edges.expectUndone(SITE);
  });

  test("one of several, chosen from the list", async ({ page }) => {
    await edges.label("2 copies").dispatchEvent("click");
    await edges.panel().getByRole("button", { name: "Delete /src/LICENSE → /LICENSE" }).click();
    await edges.expectText(replaced("COPY --from=builder /src/LICENSE /LICENSE\n", ""));
    await edges.expectUndone(SITE);
    await expect(page.getByTestId("removal-notes")).toHaveCount(0);
  });

  test("a FROM stays, and the way out is another base", async ({ page }) => {
    await edges.head(1).click();
    await page.keyboard.press("e");
    await page.keyboard.press("Delete");
    await expect(edges.refusal()).toContainText("web always has a base");
    await edges.refusal().getByRole("button", { name: "Choose another base" }).click();
    await page.keyboard.type("builder");
    await page.keyboard.press("Enter");
    await edges.expectText(replaced("FROM node:22", "FROM builder"));
  });
});

test.describe("refused while dragging, with the reason", () => {
  test("a circle", async () => {
    await edges.drop(edges.handle(edges.stage(2), "files"), { on: edges.head(0) });
    const reason = "stage-2 needs builder already (line 11): together they would go in a circle.";
    await expect(edges.refusal()).toContainText(reason);
    await edges.expectText(SITE);
  });

  test("itself, once it has been away", async ({ page }) => {
    await edges.drag(edges.handle(edges.stage(0), "files"), { on: edges.stage(0), x: 1.1 });
    const back = await edges.point({ on: edges.head(0) });
    await page.mouse.move(back.x, back.y, { steps: 5 });
    await expect(edges.verdict()).toHaveText(
      "builder has these files already: a stage copies from other stages.",
    );
    await page.mouse.up();
    await expect(edges.refusal()).toHaveCount(0);
    await edges.expectText(SITE);
  });

  test("scratch as a source of files", async ({ page }) => {
    await edges.openText(SITE.replace("FROM node:22", "FROM scratch"));
    await edges.light(2, 4);
    await edges.drag(edges.end("source"), { on: edges.image("scratch") });
    await expect(edges.verdict()).toHaveText("scratch is empty: there is nothing to take from it.");
    await page.mouse.up();
    await edges.expectText(SITE.replace("FROM node:22", "FROM scratch"));
  });

  test("a later stage: one press moves it up and completes what was tried, in one step", async ({ page }) => {
    await edges.drag(edges.handle(edges.stage(1), "files"), { on: edges.row(0, 2), y: 0.05 });
    await expect(edges.verdict()).toContainText('"web" comes after "builder" in the file.');
    await expect(edges.verdict()).toContainText("Let go to see what helps: Move web above builder.");
    await page.mouse.up();
    await edges.refusal().getByRole("button", { name: "Move web above builder" }).click();
    await expect(page.getByTestId("paths-form")).toBeVisible();
    await page.keyboard.press("Escape");
    const [builder, web, last] = SITE.split(/(?=FROM )/);
    const copied = builder!.replace("RUN go", "COPY --from=web /web/dist/ ./\nRUN go");
    await edges.expectText(`${web}${copied}${last}`);
    await edges.expectUndone(SITE);
  });

  test("an image that bears the name of a stage: the stage gets another name first", async () => {
    const named = SITE.replace("FROM golang:1.23", "FROM busybox")
      .replaceAll("builder", "alpine")
      .replace("alpine:3.20", "debian:12");
    const text = `${named}\nFROM scratch AS empty\nCOPY --from=busybox / /\n`.replace(
      "FROM busybox",
      "FROM alpine",
    );
    await edges.openText(text);
    await edges.drop(edges.handle(edges.image("alpine"), "base"), { on: edges.head(3) });
    await edges.refusal().getByRole("button", { name: "Rename stage 0 to alpine-2" }).click();
    const after = text
      .replace("AS alpine", "AS alpine-2")
      .replaceAll("--from=alpine", "--from=alpine-2")
      .replace("FROM scratch", "FROM alpine");
    await edges.expectText(after);
    await edges.expectUndone(text);
  });
});

test("an edge, its row and its lines are selected as one", async ({ page }) => {
  await edges.label("mount /dist").click();
  await page.keyboard.press("Escape");
  await expect(edges.row(2, 4)).toHaveAttribute("aria-current", "true");
  await expect(
    page.locator(".monaco-editor .selected-lines, .monaco-editor [class*=selectedLine]"),
  ).not.toHaveCount(0);
  await edges.light(2, 2);
  await expect(edges.label("/out/app → /app")).toHaveCount(1);
});

anew("with a finger, 390 pixels wide: tapped open, an end pulled elsewhere", async ({ browser, baseURL }) => {
  const context = await browser.newContext({
    baseURL: baseURL!,
    viewport: { width: 390, height: 800 },
    hasTouch: true,
    isMobile: true,
  });
  const page = await context.newPage();
  const phone = new NarrowEdges(page);
  const cdp = await context.newCDPSession(page);
  const touch = (type: "touchStart" | "touchMove" | "touchEnd", at?: { x: number; y: number }) =>
    cdp.send("Input.dispatchTouchEvent", { type, touchPoints: at ? [at] : [] });
  const text = "FROM golang AS a\nFROM busybox AS b\nFROM alpine\nCOPY --from=a /x /y\n";
  await phone.openText(text);
  await page.getByRole("button", { name: "Fit all in view" }).tap();
  await expect(page.locator('[data-canvas][data-detail="names"]')).toBeVisible();
  await phone.settled();

  const line = await phone.point({ on: phone.edges("copy") });
  await page.touchscreen.tap(line.x, line.y);
  const form = page.getByTestId("paths-form");
  await form.getByLabel("to", { exact: true }).fill("/z");
  await form.getByRole("button", { name: "Done" }).tap();
  const written = text.replace("/y", "/z");
  await phone.expectText(written);

  const from = await phone.point({ on: phone.end("source") });
  const to = await phone.point({ on: phone.head(1) });
  await touch("touchStart", from);
  for (let step = 1; step <= 8; step++) {
    await touch("touchMove", {
      x: from.x + ((to.x - from.x) * step) / 8,
      y: from.y + ((to.y - from.y) * step) / 8,
    });
  }
  await touch("touchEnd");
  await phone.expectText(written.replace("--from=a", "--from=b"));
  await context.close();
});
