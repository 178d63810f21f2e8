import { UnavailableError } from "../consensus.ts";
import type { RequestFailure } from "./etcd-api.ts";

/** Why nothing can be committed now, and what an operator can do about it. */
export function unavailable({ reason, message }: RequestFailure): UnavailableError {
  return new UnavailableError(reason === "noSpace" ? `${noSpaceAdvice} (${message})` : message);
}

/** How an operator ends the alarm. */
export const noSpaceAdvice: string =
  "etcd takes no writes, its store has reached its quota (alarm NOSPACE): make space with etcdctl compact and " +
  "etcdctl defrag, or raise --quota-backend-bytes, then etcdctl alarm disarm";
