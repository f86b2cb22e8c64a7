/** Path of the Chromium that tests use, null where there is none. */
export function browserPath(): string | null;
