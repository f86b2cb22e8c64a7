import type { StoreApi } from "zustand/vanilla";
import type { DocumentStore } from "@/lib/store/types";
import type { CanvasState } from "../canvas-state";

export type Stores = { document: StoreApi<DocumentStore>; canvas: StoreApi<CanvasState> };
