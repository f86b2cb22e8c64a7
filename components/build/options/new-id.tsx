"use client";
/** Names one more secret or key that no step asks for yet. */
import { Plus } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { secretIdSchema } from "@/lib/build/options";
import styles from "./options.module.css";

export function NewId({
  noun,
  onAdd,
  taken,
}: {
  /** What it is the id of: "secret". */
  noun: string;
  onAdd(id: string): void;
  taken(id: string): boolean;
}) {
  const [id, setId] = useState("");
  const wrong =
    id !== "" && !secretIdSchema.safeParse(id).success
      ? "An id has letters, digits and . _ / @ - only."
      : taken(id)
        ? `${id} is there already.`
        : null;
  const add = () => {
    if (id === "" || wrong !== null) return;
    onAdd(id);
    setId("");
  };
  return (
    <>
      <div className={styles.inline}>
        <input
          className={styles.input}
          aria-label={`Id of another ${noun}`}
          aria-invalid={wrong !== null}
          placeholder={`id of another ${noun}`}
          value={id}
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => setId(event.target.value.trim())}
          onKeyDown={(event) => event.key === "Enter" && add()}
        />
        <Button size="small" onClick={add} disabled={id === "" || wrong !== null}>
          <Plus size={14} /> Add
        </Button>
      </div>
      {wrong && (
        <p className={styles.problem} role="alert">
          {wrong}
        </p>
      )}
    </>
  );
}
