"use client";
import { useEffect, useState } from "react";

type AskedFor = typeof import("./asked-for");

/** Loaded once the canvas is drawn; there at once from then on, as what is typed next is meant for it. Null before. */
export function useAskedFor(drawn: boolean): AskedFor | null {
  const [parts, setParts] = useState<AskedFor | null>(null);
  useEffect(() => {
    if (drawn) void import("./asked-for").then(setParts);
  }, [drawn]);
  return parts;
}
