"use client";
/** What the image is for: one platform, or several under one name. */
import { useDocument } from "@/components/editor/document-context";
import { MAX_PLATFORMS } from "@/lib/build/options";
import { DEFAULT_PLATFORM, parsePlatform, splitPlatforms } from "@/lib/dockerfile/platform";
import { Group } from "./section";
import { useOptions } from "./use-options";
import { WordList } from "./word-list";

/** Those that Docker's official images are most often made for. */
const COMMON = [
  "linux/amd64",
  "linux/arm64",
  "linux/arm/v7",
  "linux/ppc64le",
  "linux/s390x",
  "linux/riscv64",
];

export function PlatformFields() {
  const [{ platform }, change] = useOptions();
  const host = useDocument((state) => (state.host?.state === "ready" ? state.host : null));
  const chosen = splitPlatforms(platform);
  const several = host?.features.multiPlatform
    ? "Several make one image for all of them."
    : host
      ? `${host.name} builds for one at a time: several need the containerd image store and Engine 28.`
      : "";
  return (
    <Group
      label="Platforms"
      hint={
        host
          ? `The host’s own is ${host.platform}. Steps for another run only where the host can emulate it. ${several}`
          : "Such as linux/arm64."
      }
    >
      <WordList
        words={chosen}
        onChange={(words) => change({ platform: words.join(",") || null })}
        noun="platform"
        placeholder={chosen.length === 0 ? (host?.platform ?? "the host’s own") : "another platform"}
        problem={(word) => problemOf(word, chosen.length)}
        suggested={[...new Set([...(host?.platforms ?? []), ...COMMON])].filter(
          (each) => !chosen.includes(each),
        )}
      />
    </Group>
  );
}

function problemOf(word: string, count: number): string | null {
  if (count >= MAX_PLATFORMS) return `A build is for at most ${MAX_PLATFORMS} platforms.`;
  return /[\s,]/.test(word) || "error" in parsePlatform(word, DEFAULT_PLATFORM)
    ? `${word} is no platform: they look like linux/arm64 or linux/arm/v7.`
    : null;
}
