import { trimSpace } from "./characters";
import { quote } from "./quote";

/** An operating system and an architecture, normalised as containerd does. */
export interface Platform {
  os: string;
  architecture: string;
  variant: string;
  osVersion: string;
}

/** What is built for where nothing else is asked. */
export const DEFAULT_PLATFORM: Platform = { os: "linux", architecture: "amd64", variant: "", osVersion: "" };

const KNOWN_OS = new Set(
  "aix android darwin dragonfly freebsd hurd illumos ios js linux nacl netbsd openbsd plan9 solaris windows zos".split(
    " ",
  ),
);
const KNOWN_ARCHITECTURES = new Set(
  (
    "386 amd64 amd64p32 arm armbe arm64 arm64be ppc64 ppc64le loong64 mips mipsle mips64 mips64le mips64p32 " +
    "mips64p32le ppc riscv riscv64 s390 s390x sparc sparc64 wasm"
  ).split(" "),
);
// Messages quote these two as BuildKit has them.
const OS = /^([A-Za-z0-9_-]+)(?:\(([A-Za-z0-9_.%-]*)((?:\+[A-Za-z0-9_.%-]+)*)\))?$/;
const PART = /^[A-Za-z0-9_.-]+$/;
const INVALID = "invalid argument";

/**
 * Reads `os[(version)]/architecture[/variant]`, or one of the two alone (containerd/platforms, Parse), with what is
 * missing taken from `host`; or says why it cannot.
 */
export function parsePlatform(text: string, host: Platform): Platform | { error: string } {
  if (text.includes("*")) return { error: `${quote(text)}: wildcards not yet supported: ${INVALID}` };
  const parts = text.split("/");
  const system = OS.exec(parts[0] as string);
  if (system === null) {
    return {
      error: `${quote(parts[0] as string)} is an invalid OS component of ${quote(text)}: OSAndVersion specifier component must match ${quote(OS.source)}: ${INVALID}`,
    };
  }
  for (const part of parts.slice(1, 3)) {
    if (PART.test(part)) continue;
    return {
      error: `${quote(part)} is an invalid component of ${quote(text)}: platform specifier component must match ${quote(PART.source)}: ${INVALID}`,
    };
  }
  const written = (system[1] as string).toLowerCase();
  const os = written === "macos" ? "darwin" : written;
  const osVersion = trimSpace(system[2] ?? "");
  if (parts.length === 1) {
    if (KNOWN_OS.has(os)) return { os, architecture: host.architecture, variant: "", osVersion };
    const single = normaliseArchitecture(parts[0] as string, "");
    if (!KNOWN_ARCHITECTURES.has(single.architecture)) {
      return { error: `${quote(text)}: unknown operating system or architecture: ${INVALID}` };
    }
    return { os: host.os, osVersion: "", ...withoutDefault(single) };
  }
  if (parts.length > 3) return { error: `${quote(text)}: cannot parse platform specifier: ${INVALID}` };
  const cpu = normaliseArchitecture(parts[1] as string, parts[2] ?? "");
  if (parts.length === 2) return { os, osVersion, ...withoutDefault(cpu) };
  if (cpu.architecture === "arm64" && cpu.variant === "") cpu.variant = "v8";
  return { os, osVersion, ...cpu };
}

interface Cpu {
  architecture: string;
  variant: string;
}

function withoutDefault(cpu: Cpu): Cpu {
  return cpu.architecture === "arm" && cpu.variant === "v7" ? { ...cpu, variant: "" } : cpu;
}

function normaliseArchitecture(architecture: string, variant: string): Cpu {
  const name = architecture.toLowerCase();
  const version = variant.toLowerCase();
  switch (name) {
    case "i386":
      return { architecture: "386", variant: "" };
    case "x86_64":
    case "x86-64":
    case "amd64":
      return { architecture: "amd64", variant: version === "v1" ? "" : version };
    case "aarch64":
    case "arm64":
      if (["8", "v8", "v8.0"].includes(version)) return { architecture: "arm64", variant: "" };
      return { architecture: "arm64", variant: ["9", "9.0", "v9.0"].includes(version) ? "v9" : version };
    case "armhf":
      return { architecture: "arm", variant: "v7" };
    case "armel":
      return { architecture: "arm", variant: "v6" };
    case "arm":
      if (version === "" || version === "7") return { architecture: "arm", variant: "v7" };
      return { architecture: "arm", variant: ["5", "6", "8"].includes(version) ? `v${version}` : version };
    default:
      return { architecture: name, variant: version };
  }
}

/** Of a list as `--platform` has it, with commas; of null none. */
export function splitPlatforms(list: string | null): string[] {
  return (list ?? "")
    .split(",")
    .map((each) => each.trim())
    .filter(Boolean);
}

/** `linux/arm/v7` */
export function formatPlatform(platform: Platform): string {
  if (platform.os === "") return "unknown";
  const version = platform.osVersion === "" ? "" : `(${platform.osVersion})`;
  return [platform.os + version, platform.architecture, platform.variant]
    .filter((part) => part !== "")
    .join("/");
}
