import { expect, test } from "vitest";
import { timeAgo } from "@/components/start/time-ago";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

test.each([
  [0, "just now"],
  [59_000, "just now"],
  [MINUTE, "1 minute ago"],
  [90 * MINUTE, "1 hour ago"],
  [DAY, "yesterday"],
  [3 * DAY, "3 days ago"],
  [70 * DAY, "2 months ago"],
  [800 * DAY, "2 years ago"],
  [-5_000, "just now"],
])("%i ms: %s", (passed, said) => {
  expect(timeAgo(1e12 - passed, 1e12)).toBe(said);
});
