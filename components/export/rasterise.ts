/** A picture as pixels, drawn by the browser itself from the SVG: what it asks for comes from nowhere else. */
import type { Picture } from "@/lib/graph/export";

/** Pixels of a side, and of all: what Chromium, Firefox and Safari of today can all draw. */
const MOST_SIDE = 16_384;
const MOST_PIXELS = 100_000_000;

/** Why a picture of this size can't be drawn; null where it can. */
export function tooLarge({ width, height }: Pick<Picture, "width" | "height">, scale: number): string | null {
  const [across, down] = [width * scale, height * scale];
  if (across <= MOST_SIDE && down <= MOST_SIDE && across * down <= MOST_PIXELS) return null;
  const wish = scale > 1 ? "Take it at 1×, or take the SVG" : "Take the SVG";
  return `${across} × ${down} pixels are more than a browser can draw. ${wish}, which has no limit.`;
}

export async function rasterise({ svg, width, height }: Picture, scale: number): Promise<Blob> {
  const address = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  try {
    const image = new Image(width, height);
    image.src = address;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = width * scale;
    canvas.height = height * scale;
    const brush = canvas.getContext("2d");
    if (!brush) throw new Error("This browser can't draw pictures.");
    brush.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((done, fail) =>
      canvas.toBlob(
        (blob) => (blob ? done(blob) : fail(new Error("The browser could not make a PNG of this size."))),
        "image/png",
      ),
    );
  } finally {
    URL.revokeObjectURL(address);
  }
}
