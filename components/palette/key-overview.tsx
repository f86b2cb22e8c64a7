"use client";
/** Every key there is: of the commands, and of moving about. */
import { Fragment } from "react";
import { CANVAS_KEYS, TEXT_KEYS } from "@/components/canvas/canvas-keys";
import { useCanvasStore } from "@/components/canvas/canvas-state";
import { availability, type CommandGroup, commandsByGroup, titleOf } from "@/components/commands";
import { isMac, keyLabel } from "@/components/commands/keys";
import { useCommands } from "@/components/commands/use-commands";
import { Dialog } from "@/components/ui/dialog";
import styles from "./palette.module.css";

interface KeyLine {
  does: string;
  keys: readonly string[];
}

export function KeyOverview() {
  const canvas = useCanvasStore();
  const { context } = useCommands();
  const now = context();
  const mac = isMac();
  const groups = new Map<CommandGroup | "On the canvas" | "In the text", KeyLine[]>([
    ["On the canvas", [...CANVAS_KEYS]],
  ]);
  for (const command of commandsByGroup) {
    if (!command.keys || availability(command, now) === false) continue;
    const line = { does: titleOf(command, now), keys: command.keys };
    groups.set(command.group, [...(groups.get(command.group) ?? []), line]);
  }
  if (now.document.rights.edit) groups.set("In the text", [...TEXT_KEYS]);
  return (
    <Dialog
      open
      wide
      onOpenChange={() => canvas.getState().change({ overlay: null })}
      title="Keys"
      description="Keys without Ctrl or ⌘ work on the canvas, and while nothing else has the focus."
    >
      <div className={styles.keys} data-testid="key-overview">
        {[...groups].map(([name, lines]) => (
          <section key={name} aria-label={name}>
            <h3>{name}</h3>
            <dl>
              {lines.map(({ does, keys }) => (
                <div key={does}>
                  <dt>{does}</dt>
                  <dd>
                    {keys.map((key, nth) => (
                      <Fragment key={key}>
                        {nth > 0 && <span className="visually-hidden"> or </span>}
                        <kbd className={styles.key}>{keyLabel(key, mac)}</kbd>
                      </Fragment>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
