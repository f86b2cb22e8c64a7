/** Docker's own way to build, for what measures the product against it. */
import { join } from "node:path";
import { unpackPackages } from "./apt.mjs";
import { cached } from "./cache.mjs";

/** Path of Debian's newest buildx, unpacked aside. */
export async function buildxProgram() {
  const root = await cached("programs/docker-buildx", (into) =>
    unpackPackages("sid", ["docker-buildx"], into),
  );
  return join(root, "usr/libexec/docker/cli-plugins/docker-buildx");
}
