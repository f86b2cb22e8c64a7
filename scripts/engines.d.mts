export type EngineKind = "20.10" | "28-overlay2" | "28-containerd" | "26" | "small" | "spare" | "unclipped";
export type ImageSet = "busybox" | "toolchain";

export interface Engine {
  /** Path of the unix socket. */
  socket: string;
  version: string;
  /** Gives this process's hold up; the engine ends when nobody holds it. */
  stop(): Promise<void>;
}

export interface StartOptions {
  /** Base images to have: both sets unless told otherwise. */
  images?: ImageSet[];
  /** Who keeps it running; this process unless told otherwise. */
  holder?: string;
  say?: (line: string) => void;
}

/** Those that every test of an engine runs on. */
export const engineKinds: EngineKind[];
export function startEngine(kind: EngineKind, options?: StartOptions): Promise<Engine>;
export function ensureImages(socket: string, sets: ImageSet[], say?: (line: string) => void): Promise<void>;
/** Path of Debian's newest buildx, unpacked aside. */
export function buildxProgram(): Promise<string>;
