"use client";
/** What can be done to a card, as a menu: the commands that make sense for it, with their keys. */
import { DropdownMenu as Radix } from "radix-ui";
import { Fragment, useEffect, useState } from "react";
import { availability, commandById, titleOf } from "@/components/commands";
import { isMac, keyLabel } from "@/components/commands/keys";
import { useCommands } from "@/components/commands/use-commands";
import { cx } from "@/components/ui/cx";
import overlay from "@/components/ui/overlay.module.css";
import { ARGUMENTS_NODE } from "@/lib/graph/arguments";
import { useCanvasState, useCanvasStore } from "../canvas-state";
import { nodeElement } from "../focus";
import styles from "./card-menu.module.css";

/** By what stands between lines. */
const STAGE: readonly (readonly string[])[] = [
  ["stage.rename", "stage.base", "stage.platform", "stage.describe"],
  ["stage.duplicate", "stage.moveUp", "stage.moveDown", "stage.inline"],
  ["edge.connectFrom", "stage.add", "stage.fold"],
  ["build.stage", "build.target", "build.files"],
  ["selection.remove"],
];
/** Keys that do the same, as commands on whatever is selected. */
const SAME: Readonly<Record<string, string>> = {
  "stage.moveUp": "selection.moveUp",
  "stage.moveDown": "selection.moveDown",
};
const IMAGE: readonly (readonly string[])[] = [["image.replace"], ["edge.connectFrom"]];
const ARGS: readonly (readonly string[])[] = [["argument.add"], ["selection.remove"]];

export function CardMenu() {
  const menu = useCanvasState((s) => s.menu);
  const canvas = useCanvasStore();
  const { context, run } = useCommands();
  const [mac, setMac] = useState(false);
  useEffect(() => setMac(isMac()), []);
  if (!menu) return null;
  const element = nodeElement(menu.node);
  const now = context(element);
  const groups = menu.node.startsWith("image:") ? IMAGE : menu.node === ARGUMENTS_NODE ? ARGS : STAGE;
  const offered = groups
    .map((ids) => ids.map((id) => ({ command: commandById(id), can: availability(commandById(id), now) })))
    .map((items) => items.filter(({ can }) => can !== false))
    .filter((items) => items.length > 0);
  const close = () => canvas.getState().change({ menu: null });
  return (
    <Radix.Root open onOpenChange={(open) => !open && close()} modal={false}>
      <Radix.Trigger asChild>
        <span
          className={styles.spot}
          style={{ left: menu.x, top: menu.y }}
          aria-hidden="true"
          tabIndex={-1}
        />
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          className={cx(overlay.menu, styles.menu)}
          align="start"
          sideOffset={2}
          collisionPadding={8}
          aria-label={menu.label}
          data-testid="card-menu"
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            // What a command opens has the focus.
            const at = document.activeElement;
            if (at === document.body || at === null) nodeElement(menu.node)?.focus({ preventScroll: true });
          }}
        >
          {offered.map((items, group) => (
            <Fragment key={items[0]!.command.id}>
              {group > 0 && <Radix.Separator className={overlay.separator} />}
              {items.map(({ command, can }) => {
                const [key] = commandById(SAME[command.id] ?? command.id).keys ?? [];
                return (
                  <Radix.Item
                    key={command.id}
                    className={overlay.item}
                    disabled={can !== true}
                    data-command={command.id}
                    onSelect={() => {
                      close();
                      // Once the menu is gone, so that it takes the focus from nobody.
                      setTimeout(() => run(command, nodeElement(menu.node)));
                    }}
                  >
                    <span className={styles.words}>
                      {titleOf(command, now)}
                      {can !== true && <small>{can}</small>}
                    </span>
                    {key && <span className={overlay.shortcut}>{keyLabel(key, mac)}</span>}
                  </Radix.Item>
                );
              })}
            </Fragment>
          ))}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
