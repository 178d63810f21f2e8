import type { AuthorizationRequest } from "../../runtime/protocol/authorization.ts";
import type { MemberProcess } from "./member-process.ts";
import type { Link } from "./network.ts";
import { check } from "./violation.ts";

/** What comes of it. */
export type Answer =
  | { readonly type: "authorized"; readonly decision: unknown }
  | { readonly type: "authorizationFailed"; readonly error: unknown };

/**
 * Somebody decides about the handshake that came over a connection, in his own time, or fails to. What he decides has nothing
 * to do with who asks, so that it alone keeps nobody from the session of another. In the end everybody may have a session.
 */
export function decide(
  member: MemberProcess,
  link: Link,
  request: AuthorizationRequest,
  answer: (answer: Answer) => void,
): void {
  const { chance, profile } = member.world;
  const { access } = profile;
  const { address, publicKey } = link.client.identity;
  check(request.address === address && request.publicKey === publicKey, "authorized", () => {
    return `${member.memberId} asks about ${request.publicKey} at ${request.address}, it is ${publicKey} at ${address}`;
  });
  if (access === undefined || (!member.world.isCalm && chance.happens(access.silent))) return;
  member.after(chance.around(access.decideMs), () => {
    if (!member.world.isCalm && chance.happens(access.fails)) {
      answer({ type: "authorizationFailed", error: new Error("the directory is down") });
      return;
    }
    link.isAllowed = member.world.isCalm || !chance.happens(access.refuses);
    const yes = access.decidedLimits === undefined ? true : { allow: true, limits: access.decidedLimits };
    answer({ type: "authorized", decision: link.isAllowed ? yes : false });
  });
}
