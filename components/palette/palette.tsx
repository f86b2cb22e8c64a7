"use client";
/** Every command with its key, and every stage, image, instruction and problem to go to. */
import { useMemo, useRef, useState } from "react";
import { useProblems } from "@/components/build/problems/use-problems";
import { selectPlace } from "@/components/build/select-place";
import { useCanvasStore } from "@/components/canvas/canvas-state";
import type { Place } from "@/components/canvas/steps";
import { selectionOf } from "@/components/canvas/use-keys";
import { availability, commandsByGroup, titleOf } from "@/components/commands";
import { isMac, keyLabel } from "@/components/commands/keys";
import { recentlyUsed } from "@/components/commands/recent";
import { useCommands } from "@/components/commands/use-commands";
import { useDocument, useDocumentStore } from "@/components/editor/document-context";
import { arrange, type Entry } from "./entries";
import styles from "./palette.module.css";
import { Picker } from "./picker";

export function Palette({ from }: { from: Element | null }) {
  const canvas = useCanvasStore();
  const [query, setQuery] = useState("");
  const [recent] = useState(recentlyUsed);
  /** Done once the palette is gone and the focus is back. */
  const chosen = useRef<Entry>(null);
  const offered = useCommandEntries(from);
  const places = usePlaces();
  const groups = useMemo(() => arrange(offered, places, query, recent), [offered, places, query, recent]);
  const close = () => canvas.getState().change({ overlay: null });

  return (
    <Picker
      label="Commands and places"
      placeholder="Find a command, stage, image, instruction or problem"
      query={query}
      onQuery={setQuery}
      groups={groups}
      empty="Nothing has these words."
      onChoose={(entry) => {
        chosen.current = entry;
        close();
      }}
      onClose={close}
      onLeave={(event) => {
        // First the focus goes back to where it was: that is what commands work on, and what they may take it from.
        event.preventDefault();
        if (from instanceof HTMLElement && from.isConnected) from.focus({ preventScroll: true });
        chosen.current?.perform();
      }}
      onKeyDown={(event) => {
        if ((event.metaKey || event.ctrlKey) && event.key.toLowerCase() === "k") {
          event.preventDefault();
          close();
        }
        if (event.key === "?" && query === "") {
          event.preventDefault();
          canvas.getState().change({ overlay: { kind: "keys" } });
        }
      }}
      foot={
        <>
          <span>
            <kbd>↑</kbd> <kbd>↓</kbd> choose
          </span>
          <span>
            <kbd>Enter</kbd> do it
          </span>
          <span>
            <kbd>Esc</kbd> leave
          </span>
          <span className={styles.footEnd}>
            <kbd>?</kbd> all keys
          </span>
        </>
      }
    />
  );
}

/** Of all commands those that make sense here; the others with the reason why not now. */
function useCommandEntries(from: Element | null): Entry[] {
  const { context, run } = useCommands();
  return useMemo(() => {
    const now = context(from);
    const mac = isMac();
    return commandsByGroup.flatMap((command): Entry[] => {
      const possible = availability(command, now);
      if (possible === false || command.id === "palette.open") return [];
      return [
        {
          id: command.id,
          group: command.group,
          title: titleOf(command, now),
          keys: command.keys?.[0] && keyLabel(command.keys[0], mac),
          reason: possible === true ? null : possible,
          words: `${command.group} ${command.words ?? ""}`,
          perform: () => run(command, from),
        },
      ];
    });
  }, [context, run, from]);
}

function usePlaces(): Entry[] {
  const store = useDocumentStore();
  const canvas = useCanvasStore();
  const graph = useDocument((state) => state.graph);
  const problems = useProblems();
  return useMemo(() => {
    const goTo = (place: Place) => () => {
      const { view } = canvas.getState();
      if (view) view.goTo(place);
      else store.getState().select(selectionOf(place), "palette");
    };
    return [
      ...graph.stages.map(
        ({ id, index, label, baseText }): Entry => ({
          id: `stage:${id}`,
          group: "Stages",
          title: label,
          note: `stage ${index}, FROM ${baseText}`,
          perform: goTo({ node: id, instruction: null }),
        }),
      ),
      ...graph.images.map(
        ({ id, ref }): Entry => ({
          id,
          group: "Images",
          title: ref,
          perform: goTo({ node: id, instruction: null }),
        }),
      ),
      ...problems.map(
        ({ key, message, place, line }): Entry => ({
          id: `problem:${key}`,
          group: "Problems",
          title: message,
          note: line === null ? undefined : `line ${line}`,
          exact: true,
          perform: () => {
            store.getState().showPanel("problems");
            if (place) selectPlace(store, place);
            else if (line !== null) store.getState().selectLine(line, "palette");
          },
        }),
      ),
      ...graph.stages.flatMap((stage) =>
        stage.rows.map(
          ({ instruction, keyword, text, startInStage }): Entry => ({
            id: `row:${stage.id}:${instruction}`,
            group: "Instructions",
            title: `${keyword} ${text}`,
            note: `${stage.label}, line ${stage.startLine + startInStage}`,
            exact: true,
            perform: goTo({ node: stage.id, instruction }),
          }),
        ),
      ),
    ];
  }, [graph, problems, store, canvas]);
}
