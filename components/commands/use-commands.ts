"use client";
/** Runs commands, by id or by key. */
import { useEffect, useMemo } from "react";
import { useCanvasStore } from "@/components/canvas/canvas-state";
import { placeOf } from "@/components/canvas/focus";
import { useDocumentStore, useFlush } from "@/components/editor/document-context";
import { isKey } from "./keys";
import { noteUse } from "./recent";
import { knownCommand, knownCommands, loadCommands } from "./registry";
import { availability, type Command, type CommandContext } from "./types";

export interface Commands {
  /** `focus` is what commands are to work on where that is not what has the focus now. */
  context(focus?: Element | null): CommandContext;
  /** Does it where it is possible; where it is not, says why on the canvas. */
  run(command: Command | string, focus?: Element | null): void;
}

export function useCommands(): Commands {
  const document_ = useDocumentStore();
  const canvas = useCanvasStore();
  const flush = useFlush();
  return useMemo(() => {
    const context = (focus: Element | null = document.activeElement): CommandContext => ({
      document: document_.getState(),
      canvas: canvas.getState(),
      here: placeOf(focus),
      focus,
      flush,
    });
    const run = (wanted: Command | string, focus?: Element | null): void => {
      const command = typeof wanted === "string" ? knownCommand(wanted) : wanted;
      if (!command)
        return void loadCommands().then(({ commandById }) => run(commandById(`${wanted}`), focus));
      const now = context(focus);
      const possible = availability(command, now);
      if (possible === true) {
        noteUse(command.id);
        void command.perform(now);
      } else if (possible !== false) now.canvas.view?.deeds.refuse(possible);
    };
    return { context, run };
  }, [document_, canvas, flush]);
}

/** Keys that are commands, each where its scope lets it work. */
export function useCommandKeys(): void {
  const { context, run } = useCommands();
  useEffect(() => {
    const press = (event: KeyboardEvent, wanted: (command: Command) => boolean) => {
      // What stands over the page has its own keys, also while it is on its way.
      if (event.defaultPrevented || event.isComposing || context().canvas.overlay !== null) return;
      const command = knownCommands().find(
        (each) => wanted(each) && each.keys?.some((key) => isKey(event, key)),
      );
      if (!command || availability(command, context()) === false || !worksAt(event, command)) return;
      event.preventDefault();
      event.stopPropagation();
      run(command);
    };
    // Those of the page come before whatever has the focus: Monaco would wait for a second key after ⌘K.
    const first = (event: KeyboardEvent) => press(event, ({ scope }) => scope === "page");
    const last = (event: KeyboardEvent) => press(event, ({ scope }) => scope !== "page");
    window.addEventListener("keydown", first, true);
    window.addEventListener("keydown", last);
    return () => {
      window.removeEventListener("keydown", first, true);
      window.removeEventListener("keydown", last);
    };
  }, [context, run]);
}

function worksAt({ target, key, metaKey, ctrlKey }: KeyboardEvent, { scope = "canvas" }: Command): boolean {
  if (target instanceof Element && target.closest("[role=dialog], [role=alertdialog], [role=menu]")) {
    return false;
  }
  if (scope === "page") return true;
  if (isTextField(target)) return false;
  // Enter and Space press the button that has the focus.
  if ((key === "Enter" || key === " ") && isButton(target)) return false;
  return scope === "notFields" || metaKey || ctrlKey || isCanvas(target);
}

/** What is typed in has its own undo, and letters of its own. */
function isTextField(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.closest("input, textarea, select, [role=textbox]") !== null)
  );
}

/** An item of the list is a button to press, and a place of the canvas like a card. */
const isButton = (target: EventTarget | null) =>
  target instanceof Element && target.closest("button:not([data-node]), a[href], summary") !== null;

/** The canvas, what stands on it, and the page's empty body. */
function isCanvas(target: EventTarget | null): boolean {
  if (target === document.body) return true;
  return (
    target instanceof Element && target.closest("[data-canvas]") !== null && !target.closest("[role=alert]")
  );
}
