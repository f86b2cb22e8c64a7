"use client";
/** What stands over the canvas for those who edit stages and images; those who only look never load it. */
import { ChoosingHost } from "./base-picker/choosing-host";
import { CardMenu } from "./card-menu/card-menu";
import { StageDragVerdict } from "./card-menu/stage-badge";

export function StageOverlays() {
  return (
    <>
      <StageDragVerdict />
      <ChoosingHost />
      <CardMenu />
    </>
  );
}
