"use client";
import { getDocument } from "@/lib/share/client";
import { DocumentPage } from "./document-page";

export function OwnDocument({ id }: { id: string }) {
  return <DocumentPage key={id} load={(signal) => getDocument(id, signal)} />;
}
