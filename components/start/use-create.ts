"use client";
import { useRouter } from "next/navigation";
import { useCallback, useState } from "react";
import { createDocument, inWords } from "@/lib/share/client";

export type NewDocument = Parameters<typeof createDocument>[0];

/** Makes a document and goes to it. `making` names what is being made meanwhile, so that its button can say so. */
export function useCreate() {
  const router = useRouter();
  const [making, setMaking] = useState<string | null>(null);
  const [problem, setProblem] = useState<{ message: string; hint?: string } | null>(null);
  const create = useCallback(
    async (name: string, from: NewDocument) => {
      setMaking(name);
      setProblem(null);
      try {
        const { id } = await createDocument(from);
        router.push(`/d/${id}`);
      } catch (error) {
        setProblem(inWords(error));
        setMaking(null);
      }
    },
    [router],
  );
  return { create, making, problem, setProblem };
}
