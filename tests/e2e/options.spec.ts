import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { Editor } from "./editor";
import { expect, test } from "./fixtures";

const FILE = `ARG BASE=busybox
FROM busybox AS builder
RUN echo built > /app

FROM builder AS test
RUN echo tested

FROM \${BASE} AS runtime
COPY --from=builder /app /app
`;

const sheet = (page: Page) => page.getByTestId("build-options");

async function openOptions(page: Page): Promise<void> {
  await page.getByTestId("options-button").click();
  await expect(sheet(page)).toBeVisible();
}

test("choosing a target dims what it does not need, in words too", async ({ page }) => {
  const editor = new Editor(page);
  await editor.openText(FILE);
  await openOptions(page);
  await page.getByLabel("Target").selectOption({ label: "test" });
  await expect(editor.stage(2)).toHaveAttribute("data-idle", "true");
  await expect(editor.stage(2)).toContainText("not built for test");
  await expect(editor.stage(0)).not.toHaveAttribute("data-idle");
  await expect(editor.stage(1)).not.toHaveAttribute("data-idle");
  await expect(page.locator('.react-flow__edge [data-idle="true"]')).toHaveCount(2);
  await expect(page.getByTestId("build-command").first()).toHaveText(
    "docker build --target test - < Dockerfile",
  );

  await page.getByLabel("Close the build options").click();
  await editor.build();
  await editor.expectBuilt(1);
  await expect(editor.stage(2)).toContainText("not built for test");
  await editor.undo();
  await expect(editor.stage(2)).not.toHaveAttribute("data-idle");
});

test("a build argument changes base and edges while it is typed", async ({ page }) => {
  const editor = new Editor(page);
  await editor.openText(FILE);
  await expect(editor.stage(2).getByTestId("base-now")).toHaveText(/busybox$/);
  await expect(editor.edges("from")).toHaveCount(3);
  await openOptions(page);
  const base = page.getByTestId("build-arg-BASE");
  await expect(base).toHaveAttribute("placeholder", "busybox");
  await base.fill("alpine:3.20");
  await expect(editor.stage(2)).toContainText("${BASE}");
  await expect(editor.stage(2).getByTestId("base-now")).toHaveText(/alpine:3\.20$/);
  await expect(editor.image("alpine:3.20")).toBeVisible();
  await base.fill("test");
  await expect(editor.stage(2).getByTestId("base-now")).toHaveText(/test$/);
  await expect(editor.image("alpine:3.20")).toHaveCount(0);
  await editor.expectText(FILE);
});

test("a secret is used by the build, and is found nowhere afterwards", async ({ page, server }) => {
  const secret = `hush-${Date.now()}-${Math.random()}`;
  const editor = new Editor(page);
  await editor.openText(
    `FROM busybox\nRUN --mount=type=secret,id=token,required=true : ${Date.now()}; wc -c < /run/secrets/token; cat /run/secrets/token\n`,
  );
  await openOptions(page);
  await page.getByLabel("Value of the secret token").fill(secret);
  await expect(sheet(page).getByTestId("build-command")).toContainText("--secret id=token");
  await sheet(page).getByTestId("build-button").click();
  await editor.expectBuilt(0);
  await page.getByLabel("Close the build options").click();
  await editor.tab("Logs").click();
  await expect(page.getByTestId("log-view")).toContainText(`${secret.length}`);
  await expect(page.getByTestId("log-view")).toContainText("***");

  const [build] = await (await page.request.get(`/api/documents/${editor.id}/builds`)).json();
  expect(build.options.secrets).toEqual(["token"]);
  const events = await (await page.request.get(`/api/builds/${build.id}/events`)).text();
  expect(events).toContain("***");
  for (const told of [events, JSON.stringify(await editor.view()), server.output()])
    expect(told).not.toContain(secret);
  const kept = filesIn(server.data);
  expect(kept.some((file) => file.includes(".db"))).toBe(true);
  for (const file of kept) expect(readFileSync(file).includes(secret)).toBe(false);

  await page.reload();
  await editor.ready();
  await openOptions(page);
  await expect(page.getByLabel("Value of the secret token")).toHaveValue("");
});

test("what was built can be downloaded as a tar", async ({ page }) => {
  const editor = new Editor(page);
  await editor.openText(`FROM busybox\nRUN echo ${Date.now()} > /made\n`);
  await editor.build();
  await editor.expectBuilt(0);
  await openOptions(page);
  await sheet(page).locator("summary", { hasText: "Result" }).click();
  const downloading = page.waitForEvent("download");
  await page.getByTestId("download-image").click();
  const file = await (await downloading).path();
  const names = execFileSync("tar", ["-tf", file]).toString().split("\n");
  expect(names).toContain("manifest.json");
});

test("who holds a link sees no options, and may not set or download anything", async ({
  page,
  otherPage,
}) => {
  const editor = new Editor(page);
  await editor.openText(FILE);
  const shared = await page.request.post(`/api/documents/${editor.id}/links`, { data: {} });
  const { url } = (await shared.json()) as { url: string };
  await otherPage.goto(url);
  await expect(otherPage.getByTestId("stage-card").first()).toBeVisible();
  await expect(otherPage.getByTestId("options-button")).toHaveCount(0);
  await otherPage.keyboard.press("o");
  await expect(sheet(otherPage)).toHaveCount(0);
});

/** Every file below a folder. */
function filesIn(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesIn(path) : [path];
  });
}
