"use client";
import { getShared } from "@/lib/share/client";
import { DocumentPage } from "./document-page";

export function SharedDocument({ token }: { token: string }) {
  return <DocumentPage key={token} token={token} load={(signal) => getShared(token, signal)} />;
}
