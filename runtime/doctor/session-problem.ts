import type { Member, SessionRejected } from "../../generated/protocol/messages.ts";
import { newestVersion } from "../protocol/negotiation.ts";
import { parseTcpAddress } from "../transport/address.ts";
import { printable } from "../transport/zmtp/zmtp-error.ts";
import { type Finding, type Outcome, problem, warning } from "./finding.ts";
import type { SessionAnswer } from "./session-visit.ts";

/** A session that was created. */
export type CreatedSession = Extract<SessionAnswer, { readonly type: "created" }>;

/** Another member to visit. */
export interface Redirection {
  readonly type: "redirected";
  readonly leader: Member;
}

/** What an answer means: a session, the member that leads, or the problem that there is none. */
export function sessionOutcome(
  answer: SessionAnswer,
  { address, timeoutMs }: { readonly address: string; readonly timeoutMs: number },
): Outcome<CreatedSession | Redirection> {
  switch (answer.type) {
    case "created":
      return createdOutcome(answer);
    case "rejected":
      return rejectedOutcome(answer.message, answer.version, address);
    case "closed":
      return answer.message.reason === "NotLeaderAnymore"
        ? leaderOutcome({ leaderId: answer.message.leaderId, members: [] }, address)
        : droppedProblem(`it said "${answer.message.reason}"`);
    case "unreadable":
      return unreadableProblem(answer);
    case "lost":
      return droppedProblem(answer.reason);
    case "none":
      return problem(
        "no-answer",
        `Whoever listens there speaks ZMTP, and did not answer the wish for a session within ${timeoutMs} ms.`,
        "If it is a hawser server, it is overloaded, or cannot commit: look at its load, its disk and the cluster behind it. If it is another ZeroMQ service, check the port.",
      );
  }
}

function createdOutcome(answer: CreatedSession): Outcome<CreatedSession> {
  const { version, message } = answer;
  const leader = message.leaderId === undefined ? "" : `, ${visible(message.leaderId)} leads`;
  const detail = `opened, protocol version ${version}${leader}`;
  return version < newestVersion ? { value: answer, detail, warnings: [oldVersion] } : { value: answer, detail };
}

const oldVersion: Finding = warning(
  "old-version",
  "The server speaks version 1 of the protocol only. It tells clients no reasons when it refuses, no members of the cluster, no clock, and takes no session timeouts and no batches.",
  "Update the server, or take protocolVersionMax: 1 out of its options. Until then clients work, with less.",
);

function rejectedOutcome(
  rejected: SessionRejected,
  version: number,
  address: string,
): Outcome<CreatedSession | Redirection> {
  const { reason, retryAfter, detail } = rejected;
  switch (reason) {
    case "NotLeader":
      return leaderOutcome(rejected, address);
    case "Unauthorized":
      return problem(
        "unauthorized",
        `The server knows this client and does not let it have a session: "${visible(detail ?? "no reason was given")}"`,
        "Ask who runs the server: its option authorize decides. Give --key the file of a client that may.",
      );
    case "Overloaded":
      return problem(
        "overloaded",
        `The server has no room for another session now, and asks to come back after ${retryAfter ?? 0} ms.`,
        "Try again then. If it stays so, look at how many sessions there are and who opens them; the server's option admission sets the rates.",
      );
    case "ClusterUnavailable":
      return problem(
        "cluster-unavailable",
        `The server leads, and can commit or decide nothing at present; it asks to come back after ${retryAfter ?? 0} ms.`,
        "Look at what is behind the server: its store, the majority of the cluster, and whatever its option authorize asks.",
      );
    case "UnsupportedVersion":
      return tooNewProblem("it does not speak version 1, in which every handshake begins");
    case "InvalidCapabilities":
    case "Other":
    case "SessionExpired":
      return problem("refused", refusedText(reason, version), refusedCure);
  }
}

function refusedText(reason: string, version: number): string {
  const silence = version === 1 ? " Version 1 of the protocol has no words for more." : "";
  return `The server refused the session: ${reason}.${silence}`;
}

const refusedCure =
  "Look at the server's reports: they say why. With version 1, a full server and one that does not let this client in both say Other.";

/** It does not lead. Where it says who does, and where that is, a client goes on there, and so does the doctor. */
function leaderOutcome(
  { leaderId, members }: Pick<SessionRejected, "leaderId" | "members">,
  address: string,
): Outcome<Redirection> {
  if (leaderId === undefined) {
    return problem(
      "no-leader",
      "The member does not lead, and knows nobody who does.",
      "An election is over in seconds: try again. If it stays so, most of the cluster's members, or the store that they share, cannot be reached: look at the other members.",
    );
  }
  const leader = members.find((member) => member.memberId === leaderId);
  if (leader === undefined || !isTcpAddress(leader.address)) {
    const where = leader === undefined ? "does not say where that is" : `says "${visible(leader.address)}", no address`;
    return problem(
      "leader-address-unknown",
      `The member does not lead, ${visible(leaderId)} does, and the member ${where}.`,
      "Run the doctor at the leader's address. Give the servers the option members, or list every member in the clients' members.",
    );
  }
  const where = `${visible(leaderId)} at ${leader.address}`;
  const found = warning(
    "not-leader",
    `The member at ${address} does not lead, ${where} does. Clients are sent on to it.`,
    "Nothing, where the leader is well: see the steps that follow.",
  );
  return { value: { type: "redirected", leader }, detail: `refused: ${where} leads`, warnings: [found] };
}

/** What a server says is not taken on trust. */
function isTcpAddress(address: string): boolean {
  try {
    parseTcpAddress(address, "connect");
    return true;
  } catch {
    return false;
  }
}

function unreadableProblem({ frame, error }: Extract<SessionAnswer, { type: "unreadable" }>): Outcome<never> {
  if (error.code === "ERR_WIRE_UNSUPPORTED_VERSION") return tooNewProblem(error.message);
  const begins = printable(Buffer.from(frame.subarray(0, shownBytes)).toString("latin1"));
  return problem(
    "not-hawser",
    `Whoever listens there speaks ZMTP, and answers with something that is no message of hawser: ${error.message}; it begins with "${begins}".`,
    "Check the port: it is that of another ZeroMQ service.",
  );
}

function tooNewProblem(why: string): Outcome<never> {
  return problem(
    "too-new",
    `The server is newer than this client and has left it behind: ${why}.`,
    `Update hawser here: it speaks up to version ${newestVersion} of the protocol.`,
  );
}

function droppedProblem(reason: string): Outcome<never> {
  return problem(
    "dropped",
    `The server ended the connection instead of answering the wish for a session: ${reason}.`,
    "If it is a hawser server, its reports say why: it is going down, or this client asks too often. If it is another ZeroMQ service, check the port.",
  );
}

/** A text of the server, without what a terminal would obey. */
function visible(text: string): string {
  return text.replace(/\p{C}/gu, "?");
}

const shownBytes = 16;
