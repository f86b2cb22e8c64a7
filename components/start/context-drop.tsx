"use client";
/** Everything on the editor's page that takes files: drops anywhere, and the choosers that other panels open. */
import {
  type ChangeEvent,
  createContext,
  type DragEvent,
  type ReactNode,
  useContext,
  useMemo,
  useRef,
  useState,
} from "react";
import { toast } from "sonner";
import { useDocument } from "@/components/editor/document-context";
import styles from "./attach.module.css";
import { AttachDialog } from "./attach-dialog";
import { GitDialog } from "./git-dialog";
import { type Dropped, fromFolderInput } from "./picked-files";
import { chosenFiles, readDrop } from "./read-drop";
import { useAttach } from "./use-attach";
import { useOpenDockerfile } from "./use-open-dockerfile";

/** Opens the browser's own choosers; what is chosen goes the way of what is dropped. */
export interface ContextChooser {
  chooseFolder(): void;
  /** An archive, or files as they are. */
  chooseFiles(): void;
  chooseDockerfile(): void;
  /** A Git repository, for who may build; null for others, for whom the server does not ask around. */
  chooseGit: (() => void) | null;
}

const Chooser = createContext<ContextChooser | null>(null);

/** Null where nothing can be attached: a document open for reading only. */
export function useContextChooser(): ContextChooser | null {
  return useContext(Chooser);
}

export function ContextDrop({ children }: { children: ReactNode }) {
  const [over, setOver] = useState(false);
  const [git, setGit] = useState(false);
  const mayBuild = useDocument((state) => state.rights.build);
  const folder = useRef<HTMLInputElement>(null);
  const loose = useRef<HTMLInputElement>(null);
  const dockerfile = useRef<HTMLInputElement>(null);
  const attach = useAttach();
  const openDockerfile = useOpenDockerfile();
  const chooser = useMemo<ContextChooser>(
    () => ({
      chooseFolder: () => folder.current?.click(),
      chooseFiles: () => loose.current?.click(),
      chooseDockerfile: () => dockerfile.current?.click(),
      chooseGit: mayBuild ? () => setGit(true) : null,
    }),
    [mayBuild],
  );

  const receive = (dropped: Dropped) => {
    if (dropped.kind === "refused") toast.error(dropped.reason);
    else if (dropped.kind === "dockerfile") void openDockerfile(dropped.file);
    else void attach.begin(dropped);
  };
  /** Before Monaco, the canvas or the browser itself makes something else of the files. */
  const claim = (event: DragEvent) => {
    if (!event.dataTransfer.types.includes("Files")) return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  };
  const onFolder = (event: ChangeEvent<HTMLInputElement>) => {
    const list = event.target.files;
    if (list && list.length > 0) {
      const { name, files } = fromFolderInput(list);
      receive({ kind: "files", name, read: async () => files });
    }
    event.target.value = "";
  };
  const onFiles = (event: ChangeEvent<HTMLInputElement>) => {
    const chosen = chosenFiles([...(event.target.files ?? [])]);
    if (chosen) receive(chosen);
    event.target.value = "";
  };
  const onFile = (event: ChangeEvent<HTMLInputElement>, receiveFile: (file: File) => void) => {
    const [file] = event.target.files ?? [];
    if (file) receiveFile(file);
    event.target.value = "";
  };

  return (
    <Chooser value={chooser}>
      <div
        className={styles.ground}
        onDragEnterCapture={(event) => claim(event) && setOver(true)}
        onDragOverCapture={(event) => claim(event) && setOver(true)}
        onDragLeaveCapture={(event) => event.relatedTarget === null && setOver(false)}
        onDropCapture={(event) => {
          if (!claim(event)) return;
          setOver(false);
          receive(readDrop(event.dataTransfer));
        }}
      >
        {children}
      </div>
      <input
        ref={folder}
        type="file"
        hidden
        aria-label="Folder to attach as the build context"
        data-testid="context-folder"
        // React knows no such property; browsers take any value.
        {...{ webkitdirectory: "" }}
        onChange={onFolder}
      />
      <input
        ref={loose}
        type="file"
        hidden
        multiple
        aria-label="Archive or files to attach as the build context"
        data-testid="context-files"
        onChange={onFiles}
      />
      <input
        ref={dockerfile}
        type="file"
        hidden
        aria-label="Dockerfile to open"
        data-testid="dockerfile-file"
        onChange={(event) => onFile(event, (file) => void openDockerfile(file))}
      />
      {over && (
        <div className={styles.overlay} aria-hidden="true">
          <div className={styles.target}>
            <b>Drop to attach</b>
            <span>
              A folder, files, a .zip or a .tar.gz become the build context; a Dockerfile becomes the text.
            </span>
          </div>
        </div>
      )}
      <AttachDialog attach={attach} />
      {git && <GitDialog onClose={() => setGit(false)} />}
    </Chooser>
  );
}
