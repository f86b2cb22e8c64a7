/** Names and secrets that nobody can guess. */
import { createHash, randomBytes } from "node:crypto";

const LETTERS = "abcdefghijklmnopqrstuvwxyz234567";

/** 16 lower-case letters and digits, 80 random bits: fits an address, a file name and an image tag. */
export function newId(): string {
  return Array.from(randomBytes(16), (byte) => LETTERS[byte & 31]).join("");
}

/** 192 random bits, for whoever holds it. */
export function newToken(): string {
  return randomBytes(24).toString("base64url");
}

export function hashToken(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}
