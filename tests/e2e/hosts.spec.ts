/** Several hosts: which one builds, the line before it, one that goes away, and the page that manages them. */
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEngine } from "../../scripts/engines.mjs";
import { expectClean } from "./axe";
import { Editor } from "./editor";
import { test as base, expect } from "./fixtures";
import { sleeping } from "./processes";
import { Product } from "./product";
import { type Server, startServer } from "./server";

const spare = () => startEngine("spare", { images: ["busybox"] });
let server: Server;
let socket: string;

const test = base.extend<object, { server: Server }>({
  server: [
    async ({ engine }, use) => {
      const { socket: own, stop } = await spare();
      socket = own;
      const folder = await mkdtemp(join(tmpdir(), "stagecraft-hosts-"));
      const hosts = [
        { name: "first", address: `unix://${engine}`, builds: 1 },
        { name: "spare", address: `unix://${socket}` },
      ];
      await writeFile(join(folder, "hosts.yaml"), JSON.stringify({ default: "first", hosts }));
      server = await startServer({
        DOCKER_HOST: "",
        DOCKER_CONFIG: folder,
        STAGECRAFT_BUILD_HOSTS: join(folder, "hosts.yaml"),
      });
      await use(server);
      await server.remove();
      await stop();
      await rm(folder, { recursive: true, force: true });
    },
    { scope: "worker", timeout: 180_000 },
  ],
});

/** A build of somebody else. */
async function begin(text: string, options: object): Promise<{ cancel(): Promise<unknown> }> {
  const product = new Product(server.url);
  const document = await product.createDocument({ text });
  const response = await product.call(
    "POST",
    `/api/documents/${document}/builds`,
    JSON.stringify({ options }),
  );
  expect(response.status).toBe(201);
  const { id } = (await response.json()) as { id: string };
  return { cancel: () => product.call("POST", `/api/builds/${id}/cancel`, "{}") };
}

test("a build stands in its host's line, can be stopped there, and goes to another host or waits for one that is away", async ({
  page,
}) => {
  const editor = new Editor(page);
  await editor.openText("FROM busybox\nRUN true\n");
  const running = await begin(`FROM busybox\nRUN sleep 86301\n`, { host: "first" });
  const before = await begin("FROM busybox\nRUN true\n", {});

  const waiting = page.getByTestId("waiting");
  await editor.build();
  await expect(waiting).toContainText("2nd in line on first");
  await before.cancel();
  await expect(waiting).toContainText("Next in line on first");
  await page.getByTestId("build-button").click();
  await expect(page.getByTestId("build-button")).toHaveAttribute("data-state", "idle");

  const select = page.getByRole("combobox", { name: "Build on" });
  await select.selectOption("spare");
  await editor.build();
  await editor.expectBuilt(0);
  await expect(page.getByTestId("host-pill")).toContainText("spare");
  expect((await editor.view()).lastBuild).toMatchObject({ host: "spare", options: { host: "spare" } });

  process.kill(Number(await readFile(join(socket, "../docker.pid"), "utf8")), "SIGKILL");
  await editor.build();
  await expect(waiting).toContainText("Waiting for spare, which is away");
  await expect(waiting).toContainText("Nothing answers there.");
  await spare();
  await expect(page.getByTestId("build-button")).toHaveAttribute("data-state", "idle", { timeout: 60_000 });
  expect((await editor.view()).lastBuild).toMatchObject({ status: "succeeded", host: "spare" });
  await running.cancel();
});

test("a build that is under way elsewhere is stopped for a new one when that is wished", async ({ page }) => {
  const editor = new Editor(page);
  await editor.openText("FROM busybox AS slow\nRUN sleep 86302\n\nFROM busybox AS quick\nRUN true\n");
  // As another window of the same person would.
  const begun = await page.request.post(`/api/documents/${editor.id}/builds`, {
    data: { options: { target: 0, everyStage: false } },
    headers: { origin: server.url },
  });
  const { id } = (await begun.json()) as { id: string };
  const statusOf = async () => (await (await page.request.get(`/api/builds/${id}`)).json()).status;
  await expect.poll(() => sleeping(86_302)).toBe(1);

  await page.getByRole("button", { name: "Build: every stage" }).click();
  await page.getByRole("menuitemradio", { name: /^quick/ }).click();
  await editor.build();
  const notice = page.getByRole("alert").filter({ hasText: "A build of this document is still running." });
  await expect(notice).toBeVisible();
  expect(await statusOf()).toBe("running");
  await notice.getByRole("button", { name: "Stop that one and build" }).click();
  await editor.expectBuilt(1);
  await expect(notice).toHaveCount(0);
  expect(await statusOf()).toBe("canceled");
  await expect.poll(() => sleeping(86_302)).toBe(0);
});

test("hosts are tested, added, made the default and removed on a page of their own", async ({ page }) => {
  await page.goto("/hosts");
  const card = (id: string) => page.getByTestId(`host-${id}`);
  await expect(card("first")).toHaveAttribute("data-state", "ready");
  await expect(card("first")).toContainText(/Engine 20\.10 · linux\/\w+ · \w+ · [\d.]+GB free/);
  await expect(card("first").getByText("default", { exact: true })).toBeVisible();

  await page.getByRole("button", { name: "Add a host" }).click();
  const form = page.getByRole("form", { name: "A new build host" });
  await form.getByLabel("Name").fill("mine");
  await form.getByLabel("Address").fill("ssh://me@127.0.0.1:1");
  await form.getByLabel("Key file on the server").fill("/no/such/key");
  await form.getByRole("button", { name: "Test the connection" }).click();
  await expect(form.getByRole("status")).toContainText("that key is not on the server");
  await form.getByLabel("Address").fill("tcp://127.0.0.1:1");
  await form.getByLabel("Certificates on the server").fill("");
  await form.getByRole("button", { name: "Test the connection" }).click();
  await expect(form.getByRole("status")).toContainText("It cannot be reached. Nothing answers there.");
  await expectClean(page, "a host that cannot be reached");
  await form.getByLabel("Address").fill(`unix://${socket}`);
  await form.getByRole("button", { name: "Test the connection" }).click();
  await expect(form.getByRole("status")).toContainText("It answers: Docker Engine 28");
  await form.getByRole("button", { name: "Add the host" }).click();

  await expect(card("mine")).toHaveAttribute("data-state", "ready");
  await card("mine").getByText("All about it").click();
  await expect(card("mine")).toContainText(`unix://${socket}`);
  await card("mine").getByRole("button", { name: "Make it the default" }).click();
  await expect(card("mine").getByText("default", { exact: true })).toBeVisible();
  await card("mine").getByRole("button", { name: "Check now" }).click();
  await expect(card("mine").getByRole("button", { name: "Check now" })).toBeVisible();
  await expectClean(page, "build hosts");
  await card("mine").getByRole("button", { name: "Remove" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Remove the host" }).click();
  await expect(card("mine")).toHaveCount(0);
  await expect(card("first").getByText("default", { exact: true })).toBeVisible();
});
