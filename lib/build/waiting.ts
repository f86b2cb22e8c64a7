/** What a build that has not begun waits for, in words. */
import type { BuildState } from "./state";

/** 1 is "next", then "2nd", "3rd", "11th". */
export function placeInLine(place: number): string {
  if (place === 1) return "next";
  const tens = place % 100;
  const ending = tens > 10 && tens < 14 ? "th" : (["th", "st", "nd", "rd"][place % 10] ?? "th");
  return `${place}${ending}`;
}

/** `title` stands alone too, as in "2nd in line on build-01"; `text` says what comes of it. */
export function waitingInWords(waiting: BuildState["waiting"]): { title: string; text: string } {
  if (waiting?.reason !== undefined) {
    return {
      title: `Waiting for ${waiting.host}, which is away`,
      text: `${waiting.reason} The build begins by itself as soon as the host is back.`,
    };
  }
  if (waiting?.place !== undefined) {
    const place = placeInLine(waiting.place);
    return {
      title: `${place === "next" ? "Next" : place} in line on ${waiting.host}`,
      text: "The host runs other builds; this one begins by itself when it is its turn.",
    };
  }
  return { title: "Waiting for the host", text: "The build begins as soon as the host is reached." };
}
