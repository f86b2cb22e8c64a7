/** What a person does and sees in the editor, in the words of the product. */
import { expect, type Locator, type Page } from "@playwright/test";
import type { DocumentView } from "../../lib/share/document";

export const GO_HELLO = `FROM golang:1.19 AS builder
WORKDIR /src
COPY go.mod main.go ./
RUN go build -o /app .

FROM alpine:3.20
COPY --from=builder /app /app
CMD ["/app"]
`;

/** Where a page that tests share is, and the text of that document at first. */
const openedWith = new WeakMap<Page, string>();

export class Editor {
  constructor(readonly page: Page) {}

  /** From the start page, by the template's title. */
  async openTemplate(title: string): Promise<void> {
    await this.page.goto("/");
    const card = this.page
      .getByTestId("template-card")
      .filter({ has: this.page.getByText(title, { exact: true }) });
    await card.click();
    await this.ready();
  }

  /** A Dockerfile of one's own, by the interface that the start page uses, with the page's own cookies. */
  async openText(text: string, title = "Untitled"): Promise<void> {
    await this.goTo(text, title);
    await this.ready();
  }

  /** The document that was opened with this text, all undone, nothing selected and nothing over it; else a new one. */
  async openKept(text: string): Promise<void> {
    const { page } = this;
    if (openedWith.get(page) !== `${page.url()} ${text}`) {
      await this.openText(text);
      openedWith.set(page, `${page.url()} ${text}`);
      return;
    }
    await page.keyboard.press("Escape");
    await page.locator(".react-flow__pane").click({ position: { x: 5, y: 5 } });
    await page.mouse.move(0, 0);
    const undo = page.getByLabel("Undo", { exact: true });
    while (await undo.isEnabled()) await undo.click();
    await this.expectText(text);
  }

  /** As soon as its canvas is drawn. On a narrow page the text is another pane. */
  async goTo(text: string, title = "Untitled"): Promise<void> {
    const created = await this.page.request.post("/api/documents", { data: { text, title } });
    const { id } = (await created.json()) as { id: string };
    await this.page.goto(`/d/${id}`);
    await expect(this.page.locator('[data-canvas][data-ready="true"]')).toBeVisible();
  }

  async ready(): Promise<void> {
    await expect(this.page).toHaveURL(/\/d\//);
    await expect(this.stage(0)).toBeVisible();
    await expect(this.page.locator(".monaco-editor .view-line").first()).toBeVisible();
    // Laid out, by a worker: no two cards on one place.
    await expect
      .poll(
        async () => {
          const places = Object.values(await this.places());
          return places.length > 0 && new Set(places).size === places.length;
        },
        { intervals: [100] },
      )
      .toBe(true);
  }

  get id(): string {
    return new URL(this.page.url()).pathname.split("/").at(-1)!;
  }

  stages = () => this.page.getByTestId("stage-card");
  stage = (index: number) => this.page.locator(`[data-testid="stage-card"][data-stage-index="${index}"]`);
  image = (ref: string) => this.page.locator(`[data-testid="image-card"][data-ref="${ref}"]`);
  images = () => this.page.getByTestId("image-card");
  edges = (kind: "from" | "copy" | "mount") => this.page.getByTestId(`edge-${kind}`);
  row = (stage: number, instruction: number) =>
    this.stage(stage).locator(`[data-testid="instruction-row"][data-instruction="${instruction}"]`);
  tab = (name: string) => this.page.getByRole("tab", { name: new RegExp(`^${name}`) });

  view = async (): Promise<DocumentView> => (await this.page.request.get(`/api/documents/${this.id}`)).json();

  /** Waits until this, byte for byte, is what the server has saved. */
  async expectText(text: string): Promise<void> {
    await expect.poll(async () => (await this.view()).text).toBe(text);
  }

  /** Where each card lies on the canvas, by stage index. */
  async places(): Promise<Record<string, string>> {
    return this.page.locator(".react-flow__node").evaluateAll((nodes) =>
      Object.fromEntries(
        nodes.map((node) => {
          const stage = node.querySelector<HTMLElement>("[data-stage-index]")?.dataset.stageIndex;
          const ref = node.querySelector<HTMLElement>("[data-ref]")?.dataset.ref;
          return [
            stage === undefined ? `image ${ref}` : `stage ${stage}`,
            (node as HTMLElement).style.transform,
          ];
        }),
      ),
    );
  }

  async rename(stage: number, name: string): Promise<void> {
    await this.stage(stage).getByTestId("stage-name").dblclick();
    const field = this.stage(stage).getByRole("textbox");
    await field.fill(name);
    await field.press("Enter");
  }

  /** Types at the very end of the text, key by key. */
  async typeAtEnd(text: string): Promise<void> {
    await this.page.locator(".monaco-editor .view-lines").click();
    await this.page.keyboard.press("Control+End");
    await this.page.keyboard.type(text, { delay: 5 });
  }

  async connect(from: Locator, handle: "base" | "files", to: Locator): Promise<void> {
    await this.settled();
    const port = from.locator(`[data-handle="${handle}"]`);
    await port.hover();
    const start = await center(port);
    const end = await center(to);
    await this.page.mouse.down();
    await this.page.mouse.move((start.x + end.x) / 2, (start.y + end.y) / 2, { steps: 8 });
    await this.page.mouse.move(end.x, end.y, { steps: 8 });
    await this.page.mouse.up();
  }

  /** Until the canvas has come to rest: a handle that moves on is missed. */
  async settled(): Promise<void> {
    const viewport = this.page.locator(".react-flow__viewport");
    let before = "";
    await expect
      .poll(
        async () => {
          const last = before;
          before = (await viewport.getAttribute("style")) ?? "";
          return before === last;
        },
        { intervals: [150] },
      )
      .toBe(true);
  }

  async undo(): Promise<void> {
    await this.page.getByLabel("Undo", { exact: true }).click();
  }

  async build(): Promise<void> {
    await this.page.locator('[data-testid="build-button"][data-state="idle"]').click();
  }

  async expectBuilt(stage: number): Promise<void> {
    await expect(this.stage(stage)).toHaveAttribute("data-status", /^(done|cached|ships)$/, {
      timeout: 60_000,
    });
    await expect(this.stage(stage).getByTestId("stage-size")).toHaveText(/^\d[\d.]*\s?[kMG]?B$/, {
      timeout: 60_000,
    });
  }
}

async function center(element: Locator): Promise<{ x: number; y: number }> {
  const box = await element.boundingBox();
  if (!box) throw new Error("It is not on the page.");
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}
