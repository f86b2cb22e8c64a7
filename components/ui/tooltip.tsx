"use client";
/**
 * Says in words what an icon or a shortened text stands for: by pointer after a moment, by keyboard at once. A few lines
 * of our own, as every page begins with some and a library of floating boxes is a tenth of what a page may send.
 */
import {
  cloneElement,
  type FocusEvent,
  type KeyboardEvent,
  type PointerEvent,
  type ReactElement,
  type ReactNode,
  useEffect,
  useId,
  useRef,
  useState,
} from "react";
import { createPortal } from "react-dom";
import styles from "./overlay.module.css";
import { placeBeside, type Side } from "./place-beside";

/** In milliseconds: before the first opens, and for how long after one has closed the next opens at once. */
const DELAY = 400;
const STILL = 300;
let closedAt = Number.NEGATIVE_INFINITY;

interface Handlers {
  onPointerEnter?(event: PointerEvent<Element>): void;
  onPointerLeave?(event: PointerEvent<Element>): void;
  onPointerDown?(event: PointerEvent<Element>): void;
  onFocus?(event: FocusEvent<Element>): void;
  onBlur?(event: FocusEvent<Element>): void;
  onKeyDown?(event: KeyboardEvent<Element>): void;
  "aria-describedby"?: string;
}

/** The child must take handlers and pass them to a DOM element. */
export function Tooltip({
  text,
  side = "bottom",
  children,
}: {
  text: ReactNode;
  side?: Side;
  children: ReactElement<Handlers>;
}) {
  const [anchor, setAnchor] = useState<Element | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const id = useId();
  useEffect(() => () => clearTimeout(timer.current), []);

  const open = (element: Element, wait: number) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setAnchor(element), wait);
  };
  const close = () => {
    clearTimeout(timer.current);
    if (anchor) closedAt = performance.now();
    setAnchor(null);
  };
  const own = children.props;
  const explained = cloneElement(children, {
    "aria-describedby": anchor ? id : own["aria-describedby"],
    onPointerEnter(event) {
      own.onPointerEnter?.(event);
      if (event.pointerType !== "touch")
        open(event.currentTarget, performance.now() - closedAt < STILL ? 0 : DELAY);
    },
    onPointerLeave(event) {
      own.onPointerLeave?.(event);
      close();
    },
    onPointerDown(event) {
      own.onPointerDown?.(event);
      close();
    },
    onFocus(event) {
      own.onFocus?.(event);
      if (event.currentTarget.matches(":focus-visible")) open(event.currentTarget, 0);
    },
    onBlur(event) {
      own.onBlur?.(event);
      close();
    },
    onKeyDown(event) {
      own.onKeyDown?.(event);
      close();
    },
  });
  return (
    <>
      {text ? explained : children}
      {text && anchor && <Bubble id={id} anchor={anchor} side={side} text={text} />}
    </>
  );
}

function Bubble({ id, anchor, side, text }: { id: string; anchor: Element; side: Side; text: ReactNode }) {
  const place = (bubble: HTMLElement | null) => {
    if (!bubble) return;
    const room = { width: window.innerWidth, height: window.innerHeight };
    const at = placeBeside(anchor.getBoundingClientRect(), bubble.getBoundingClientRect(), side, room);
    bubble.style.translate = `${at.x}px ${at.y}px`;
  };
  return createPortal(
    <div ref={place} id={id} role="tooltip" className={styles.tooltip}>
      {text}
    </div>,
    document.body,
  );
}
