"use client";
/** What can be done with a row, listed where it was pressed: by the right button, a resting finger, or its "…". */
import { Fragment } from "react";
import { availability, commandById, titleOf } from "@/components/commands";
import { useKeyHint } from "@/components/commands/key-hint";
import { useCommands } from "@/components/commands/use-commands";
import { MenuAt, MenuItem, MenuSeparator } from "@/components/ui/menu";
import { type CanvasState, useCanvasState, useCanvasStore } from "../canvas-state";
import { focusRow, placeElement } from "../focus";

const GROUPS: readonly (readonly string[])[] = [
  ["instruction.edit", "instruction.add", "edge.open"],
  ["instruction.duplicate", "selection.moveUp", "selection.moveDown"],
  ["instruction.commentOut", "instruction.uncomment", "instruction.split"],
  ["build.whatIf"],
  ["selection.extendUp", "selection.extendDown"],
  ["selection.remove"],
];

export function RowMenu() {
  const menu = useCanvasState((s) => s.rowMenu);
  return menu && <OpenMenu key={`${menu.at.x} ${menu.at.y}`} menu={menu} />;
}

function OpenMenu({ menu: { at, place } }: { menu: NonNullable<CanvasState["rowMenu"]> }) {
  const canvas = useCanvasStore();
  const { context, run } = useCommands();
  const row = placeElement(place);
  const now = context(row);
  const close = () => canvas.getState().change({ rowMenu: null });
  const returnFocus = () => {
    const { writing, extraction, paths, removal } = canvas.getState();
    if (!writing && !extraction && !paths && !removal) focusRow(place.node, place.instruction ?? 0);
  };
  const groups = GROUPS.map((ids) =>
    ids.flatMap((id) => {
      const command = commandById(id);
      const possible = availability(command, now);
      return possible === true ? [{ id, title: titleOf(command, now) }] : [];
    }),
  ).filter((items) => items.length > 0);
  return (
    <MenuAt at={at} label="Instruction" onClose={close} onReturnFocus={returnFocus}>
      {groups.map((items, index) => (
        <Fragment key={items[0]!.id}>
          {index > 0 && <MenuSeparator />}
          {items.map(({ id, title }) => (
            <Item
              key={id}
              id={id}
              title={title}
              onSelect={() => {
                close();
                run(id, placeElement(place));
              }}
            />
          ))}
        </Fragment>
      ))}
    </MenuAt>
  );
}

function Item({ id, title, onSelect }: { id: string; title: string; onSelect(): void }) {
  return (
    <MenuItem shortcut={useKeyHint(id)} onSelect={onSelect}>
      {title}
    </MenuItem>
  );
}
