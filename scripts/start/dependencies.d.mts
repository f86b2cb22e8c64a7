/** A sentence to show when this Node is too old, or one that the database's client does not run on; else null. */
export function nodeProblem(version?: string): string | null;
