import { expect } from "vitest";

/**
 * Holds plain data to plain data. Text is compared first, as that takes a tenth of the time of a comparison part by part,
 * which only says where a difference is.
 */
export function expectSame(actual: unknown, expected: unknown): void {
  if (JSON.stringify(actual) !== JSON.stringify(expected)) expect(actual).toEqual(expected);
}
