import type { Metadata } from "next";
import { OwnDocument } from "@/components/editor/own-document";

export const metadata: Metadata = { title: "Dockerfile" };

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  return <OwnDocument id={(await params).id} />;
}
