import { readFileSync } from "node:fs";

/** How many connections a process can have here, beside the files that it needs anyway. */
export function connectionsPossible(): number {
  return Math.max(1, openFilesMax() - OTHER_FILES);
}

/** Node takes the hard limit for itself when it starts. */
function openFilesMax(): number {
  try {
    const limit = /^Max open files\s+\S+\s+(\S+)/m.exec(readFileSync("/proc/self/limits", "utf8"))?.[1];
    return limit === undefined || limit === "unlimited" ? Number.POSITIVE_INFINITY : Number(limit);
  } catch {
    return OPEN_FILES_ELSEWHERE;
  }
}

const OTHER_FILES = 200;
/** What systems without `/proc` allow at least, once node has asked for more. */
const OPEN_FILES_ELSEWHERE = 4_096;
