import { Call } from "../../runtime/protocol/call.ts";
import type {
  ClientEffect,
  ClientEvent,
  ClientSessionOptions,
  ClientStatus,
} from "../../runtime/protocol/client-events.ts";
import { type ClientObservation, observations } from "../../runtime/protocol/client-observation.ts";
import { ClientSession } from "../../runtime/protocol/client-session.ts";
import { limits } from "../../runtime/protocol/limits.ts";
import { formatInstant, parseDuration } from "./conversation.ts";
import { arrow, formatClientMessage, formatValue, parseServerMessage, versionOf, words } from "./notation.ts";

/**
 * The commands of a client's conversation. The members are a, b and c, nonces count from 1, delays have no jitter, and
 * a call times out after 60 s.
 *
 *     with OPTION=NUMBER            comes first: an option that is not the usual one, such as protocolVersionMax=1;
 *                                   members=1 is a client that knows only the first of them
 *     saving                        comes first: the session is stored for another process
 *     resumed FIRST-ID              comes first: the same, and it is session s1 of a former process
 *     observe                       from now on the events that drive the client are shown, with the state that they meet
 *     connect                       the application connects
 *     commit-index                  it asks which entry of the log is known to hold a command of the session
 *     disconnect                    it disconnects; the session goes on
 *     submit PAYLOAD [timeout=5s]   it submits a command; calls are numbered from 1
 *     query PAYLOAD [timeout=5s]    it asks a question
 *     abort CALL                    it gives a call up
 *     take                          it takes a server request, to make room
 *     ack ID                        it has every server request up to ID
 *     saved                         it has stored what was to be saved
 *     save-failed REASON            it could not
 *     close                         it closes the client
 *     <- MESSAGE                    a message of the server arrives, in version 1
 *     <-2 MESSAGE                   in version 2
 *     lost                          the connection is lost
 *     advance 10s                   time passes
 */
export function clientConversation(): (command: string) => readonly string[] {
  let now = 0;
  let lastNonce = 0n;
  const calls: Call[] = [];
  const options: ClientSessionOptions = {
    members: ["a", "b", "c"].map((memberId) => ({ memberId, address: `tcp://${memberId}` })),
    capabilities: { resize: "2" },
    protocolVersionMax: 2,
    sessionTimeoutMs: undefined,
    keepAliveIntervalMs: undefined,
    connectionTimeoutMs: limits.connectionTimeoutMs,
    resendAfterMs: limits.resendAfterMs,
    epochOffsetMs: 0,
    random: () => 0.5,
    newNonce: () => {
      lastNonce += 1n;
      return lastNonce;
    },
    isAddress: (address) => address.startsWith("tcp://"),
  };
  let session = new ClientSession(options);
  let isObserved = false;

  function step(event: ClientEvent): string[] {
    const observed = isObserved ? observations(event, session.state, now).map(formatObservation) : [];
    const effects = session.step(event, now).map(formatEffect);
    return [...observed, ...effects].map((line) => `${formatInstant(now)} ${line}`);
  }

  function advance(durationMs: number): string[] {
    const until = now + durationMs;
    const lines: string[] = [];
    for (let at = session.nextDeadline; at !== undefined && at <= until; at = session.nextDeadline) {
      now = at;
      lines.push(...step({ type: "deadline" }));
    }
    now = until;
    return lines;
  }

  return (command) => {
    const [verb = "", argument = "", option] = words(command);
    switch (verb) {
      case "with": {
        const settings = words(command).map((word) => word.split("="));
        const changes = Object.fromEntries(settings.slice(1).map(([name, value]) => [name, Number(value)]));
        const members = options.members.slice(0, changes["members"]);
        session = new ClientSession({ ...options, ...changes, members });
        return [];
      }
      case "commit-index":
        return [`${formatInstant(now)} commit index ${session.commitIndex}`];
      case "observe":
        isObserved = true;
        return [];
      case "saving":
        session = new ClientSession({ ...options, savesSession: true });
        return [];
      case "resumed": {
        const nextRequestId = Number(argument);
        const resumed = { sessionId: "s1", nextRequestId, protocolVersionMax: 2, sessionTimeoutMs: 90_000 };
        session = new ClientSession({ ...options, savesSession: true, resumed });
        return [];
      }
      case "connect":
      case "disconnect":
      case "saved":
      case "close":
        return step({ type: verb });
      case "save-failed":
        return step({ type: "saveFailed", reason: argument });
      case "submit":
      case "query": {
        const timeoutMs =
          option === undefined ? limits.requestTimeoutMs : parseDuration(option.replace("timeout=", ""));
        const call = new Call(verb, calls.length + 1, Buffer.from(argument), timeoutMs);
        calls.push(call);
        return step(call);
      }
      case "abort": {
        const call = calls[Number(argument) - 1];
        if (call === undefined) throw new Error(`"${command}": there were ${calls.length} calls`);
        return step({ type: "abort", call, cause: undefined });
      }
      case "take":
        return step({ type: "taken" });
      case "ack":
        return step({ type: "acknowledge", requestId: Number(argument) });
      case "<-":
      case "<-2": {
        const version = versionOf(verb);
        return step({ type: "received", version, message: parseServerMessage(command.slice(verb.length), version) });
      }
      case "lost":
        return step({ type: "connectionLost", reason: "the connection was closed" });
      case "advance":
        return advance(parseDuration(argument));
      default:
        throw new Error(`"${command}" is no command of a client's conversation`);
    }
  };
}

function formatEffect(effect: ClientEffect): string {
  switch (effect.type) {
    case "dial":
      return `dial ${effect.member.memberId}`;
    case "hangUp":
      return "hang up";
    case "send":
      return `${arrow("->", effect.version)} ${formatClientMessage(effect.message, effect.version)}`;
    case "resolve":
      return `call ${effect.call.callId} resolves with ${formatValue(effect.result)}`;
    case "reject":
      return `call ${effect.call.callId} fails: ${effect.error.code}, ${effect.error.outcome}: ${effect.error.message}`;
    case "save":
      return `save ${Object.entries(effect.session)
        .map(([name, value]) => `${name}=${value}`)
        .join(" ")}`;
    case "deliver":
      return `deliver ${effect.request.requestId}: ${formatValue(effect.request.payload)}`;
    case "report":
      return `status ${formatStatus(effect.status)}`;
  }
}

function formatObservation({ source, state, event: { type, ...details } }: ClientObservation): string {
  const said = Object.entries(details).map(([name, value]) => ` ${name}=${JSON.stringify(value)}`);
  return `event of the ${source} while ${state}: ${type}${said.join("")}`;
}

function formatStatus({ type, ...rest }: ClientStatus): string {
  const details = Object.entries(rest).map(([name, value]) =>
    value instanceof Error
      ? `${name}=${"code" in value ? value.code : value.name}`
      : `${name}=${JSON.stringify(value)}`,
  );
  return [type, ...details].join(" ");
}
