import { chmod, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { zipSync } from "fflate";
import { Editor } from "./editor";
import { expect, test } from "./fixtures";

const DOCKERFILE = "FROM busybox\nWORKDIR /src\nCOPY . .\nRUN sh tools/greet.sh\n";

/** Drops a file or folder of this machine on the page as a person would, through the browser's own drag. */
async function drop(editor: Editor, path: string): Promise<void> {
  const devtools = await editor.page.context().newCDPSession(editor.page);
  const data = { items: [], files: [path], dragOperationsMask: 1 };
  for (const type of ["dragEnter", "dragOver", "drop"] as const) {
    await devtools.send("Input.dispatchDragEvent", { type, x: 300, y: 300, data });
  }
}

test("a folder dropped on the page is the build context; its Dockerfile can be the text", async ({
  page,
}, info) => {
  const folder = info.outputPath("greeter");
  await mkdir(join(folder, "tools"), { recursive: true });
  await writeFile(join(folder, "Dockerfile"), DOCKERFILE);
  // The time keeps the step out of the build cache: a cached one is silent.
  await writeFile(join(folder, "tools", "greet.sh"), `echo greetings from the folder # ${Date.now()}\n`);
  await chmod(join(folder, "tools", "greet.sh"), 0o755);

  const editor = new Editor(page);
  await editor.openText("FROM busybox AS other\n");
  await drop(editor, folder);
  await expect(page.getByTestId("context-size")).toContainText("2 files");
  await page.getByLabel(/open its Dockerfile/).check();
  await page.getByTestId("send-context").click();
  await editor.expectText(DOCKERFILE);
  await expect(page.getByRole("dialog")).toHaveCount(0);

  await editor.build();
  await editor.expectBuilt(0);
  await editor.tab("Logs").click();
  await expect(page.getByTestId("log-view")).toContainText("greetings from the folder");

  // One step of the history, like everything else.
  await editor.undo();
  await editor.expectText("FROM busybox AS other\n");
});

test("a zip dropped on the page is the build context", async ({ page }, info) => {
  const zip = info.outputPath("greeter.zip");
  const greet = new TextEncoder().encode("echo greetings from the zip\n");
  await mkdir(info.outputDir, { recursive: true });
  await writeFile(zip, zipSync({ "tools/greet.sh": greet }));

  const editor = new Editor(page);
  await editor.openText(DOCKERFILE);
  await drop(editor, zip);
  await expect(page.getByTestId("context-size")).toContainText("An archive of");
  await page.getByTestId("send-context").click();
  await editor.tab("Context").click();
  const files = page.getByRole("region", { name: "Files of the build context" });
  await files.getByRole("button", { name: "tools/" }).click();
  await expect(files.getByText("greet.sh", { exact: true })).toBeVisible();
  await editor.build();
  await editor.expectBuilt(0);
});

test("a Dockerfile dropped on the page is the text, its line endings kept for the way out", async ({
  page,
}, info) => {
  const file = info.outputPath("Dockerfile");
  await mkdir(info.outputDir, { recursive: true });
  await writeFile(file, "FROM busybox AS windows\r\nRUN true\r\n");

  const editor = new Editor(page);
  await editor.openText("FROM busybox\n");
  await drop(editor, file);
  await expect(editor.stage(0)).toHaveAttribute("data-stage-name", "windows");
  await expect.poll(async () => (await editor.view()).format).toEqual({ eol: "crlf", bom: false });
});
