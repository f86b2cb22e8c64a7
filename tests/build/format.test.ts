import { expect, test } from "vitest";
import { formatBytes, formatDuration, formatRatio } from "../../lib/build/format";

// As `docker images` prints them.
test.each([
  [0, "0B"],
  [1, "1B"],
  [999, "999B"],
  [1000, "1kB"],
  [1234, "1.23kB"],
  [999_499, "999kB"],
  [999_500, "1MB"],
  [1_980_000, "1.98MB"],
  [7_520_000, "7.52MB"],
  [7_500_000, "7.5MB"],
  [805_000_000, "805MB"],
  [1_234_567_890, "1.23GB"],
  [5e12, "5TB"],
  [-3, "0B"],
])("%d bytes", (bytes, text) => expect(formatBytes(bytes)).toBe(text));

test("four digits", () => expect(formatBytes(7_523_456, 4)).toBe("7.523MB"));

test.each([
  [0, "0 ms"],
  [99.9, "99 ms"],
  [100, "0.1 s"],
  [3149, "3.1 s"],
  [59_999, "59.9 s"],
  [60_000, "1 min 00 s"],
  [64_900, "1 min 04 s"],
  [3_599_999, "59 min 59 s"],
  [3_720_000, "1 h 02 min"],
  [-5, "0 ms"],
])("%d ms", (ms, text) => expect(formatDuration(ms)).toBe(text));

test.each([
  [1.44, "1.4"],
  [2, "2"],
  [9.96, "10"],
  [59.9, "60"],
])("ratio %d", (ratio, text) => expect(formatRatio(ratio)).toBe(text));
