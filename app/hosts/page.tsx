import type { Metadata } from "next";
import { HostsPage } from "@/components/hosts/hosts-page";

export const metadata: Metadata = { title: "Build hosts" };

export default function Page() {
  return <HostsPage />;
}
