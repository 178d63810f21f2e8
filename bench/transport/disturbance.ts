/** What `disturber.child.ts` can do. */
export type Disturbance = "burn" | "flood" | "flood-unread" | "silent" | "half-frame";
