/** Builds the pages into dist/ when their sources changed since the last build. Exits the process when the build fails. */
export function ensureBuilt(): void
