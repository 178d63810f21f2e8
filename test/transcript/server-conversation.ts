import type { LogRecord } from "../../generated/log/messages.ts";
import { encodeClientMessage, type ProtocolVersion } from "../../generated/protocol/codec.ts";
import type { Member } from "../../generated/protocol/messages.ts";
import { limits } from "../../runtime/protocol/limits.ts";
import { allowancesOf, type Rates } from "../../runtime/protocol/rates.ts";
import { ServerEndpoint } from "../../runtime/protocol/server-endpoint.ts";
import type {
  ProposalFailure,
  ServerEffect,
  ServerEndpointOptions,
  ServerEvent,
  ServerReport,
} from "../../runtime/protocol/server-events.ts";
import type { SessionStatus } from "../../runtime/protocol/session-status.ts";
import { SessionTable } from "../../runtime/protocol/session-table.ts";
import { formatInstant, parseDuration } from "./conversation.ts";
import { arrow, formatServerMessage, formatValue, parseClientMessage, versionOf, words } from "./notation.ts";
import { Notebook } from "./notebook.ts";

/**
 * The commands of a server's conversation. Connections are numbers, session ids are s1, s2, …, and what is proposed
 * waits until it is committed. The application is the notebook, this member is node-1, and the cluster has node-2 too.
 *
 *     with OPTION=NUMBER      comes first: an option that is not the usual one, such as protocolVersionMax=1
 *     lead TERM               the engine makes this member the leader
 *     follow [MEMBER]         the engine makes it a follower, of MEMBER if that is known
 *     1 -> MESSAGE            a client's message arrives on connection 1, in version 1
 *     1 ->2 MESSAGE           in version 2
 *     rates perClient|total RATE=NUMBER…   comes first: what one client, or all of them, may ask for
 *     authorizing             comes first: somebody decides about each handshake
 *     decide ID yes [RATE=NUMBER…]      handshake ID may have its session, and its client has rates of its own
 *     decide ID no [REASON]             it may not
 *     decide ID rubbish                 the answer is no decision
 *     decide ID fails                   there is none
 *     connected 1 ADDRESS [KEY]         connection 1 stands; - is an address that is not known
 *     1 -> garbage            so do bytes that are no message
 *     lost 1                  connection 1 is gone
 *     commit [N]              the first N proposals (all) become one entry of the log and are applied
 *     fail [WHY [MEMBER]]     every proposal fails: ambiguous (as usual), unavailable, or notLeader because MEMBER leads
 *     read, read fails        the barrier under way is passed, or not
 *     advance 10s             time passes
 *     member node-2           what follows happens to another member, which has applied the same log; the former one is gone
 *     sessions                lists them
 *     members a@ADDRESS,…     clients reach the members of the cluster elsewhere
 *     shutdown                the server goes down
 */
export function serverConversation(): (command: string) => readonly string[] {
  let now = 0;
  let index = 0;
  let lastSession = 0;
  let lastReadId = 0;
  const proposals: LogRecord[] = [];
  let notebook = new Notebook();
  let table = new SessionTable(notebook);
  let options: ServerEndpointOptions = {
    table,
    memberId: "node-1",
    members: parseMembers("node-1@tcp://one,node-2@tcp://two"),
    protocolVersionMax: 2,
    sessionTimeoutMinMs: limits.sessionTimeoutMinMs,
    sessionTimeoutMaxMs: limits.sessionTimeoutMaxMs,
    sessionTimeoutMs: limits.sessionTimeoutMs,
    resendAfterMs: limits.resendAfterMs,
    unixMs: () => now,
    newSessionId: () => {
      lastSession += 1;
      return `s${lastSession}`;
    },
  };
  let endpoint = new ServerEndpoint(options);

  function step(event: ServerEvent): string[] {
    return endpoint.step(event, now).map((effect) => {
      if (effect.type === "propose") proposals.push(effect.record);
      if (effect.type === "read") lastReadId = effect.readId;
      return `${formatInstant(now)} ${formatEffect(effect)}`;
    });
  }

  function commit(count: number): string[] {
    const records = proposals.splice(0, count);
    index += 1;
    return step({ type: "applied", effects: table.applyEntry({ index, proposedAt: now, records }) });
  }

  function fail(why: string, leader: string | undefined): string[] {
    const failure = { type: why, leader } as ProposalFailure;
    return proposals.splice(0).flatMap((record) => step({ type: "proposalFailed", record, failure }));
  }

  /** Another member comes to the same table, here by way of a snapshot. */
  function changeMember(memberId: string): void {
    const { notes } = notebook;
    const sessions = [...table.snapshot()];
    notebook = new Notebook();
    notebook.notes = [...notes];
    table = new SessionTable(notebook);
    table.restore(index, sessions);
    options = { ...options, table, memberId };
    endpoint = new ServerEndpoint(options);
  }

  function advance(durationMs: number): string[] {
    const until = now + durationMs;
    const lines: string[] = [];
    for (let at = endpoint.nextDeadline; at !== undefined && at <= until; at = endpoint.nextDeadline) {
      now = at;
      lines.push(...step({ type: "deadline" }));
    }
    now = until;
    return lines;
  }

  function arrive(connectionId: number, version: ProtocolVersion, text: string): string[] {
    if (text === "garbage") return step({ type: "malformed", connectionId, error: new Error("no message") });
    const message = parseClientMessage(text, version);
    const { byteLength } = encodeClientMessage(message, version);
    return step({ type: "received", connectionId, version, message, byteLength });
  }

  return (command) => {
    const [verb = "", argument, detail] = words(command);
    if (argument?.startsWith("->")) {
      const text = command.slice(command.indexOf(argument) + argument.length).trim();
      return arrive(Number(verb), versionOf(argument), text);
    }
    switch (verb) {
      case "with": {
        const settings = words(command).map((word) => word.split("="));
        const changes = Object.fromEntries(settings.slice(1).map(([name, value]) => [name, Number(value)]));
        options = { ...options, ...changes };
        endpoint = new ServerEndpoint(options);
        return [];
      }
      case "rates": {
        const { perClient = {}, total = {} } = options.admission ?? {};
        options = {
          ...options,
          admission: { perClient, total, [argument ?? ""]: allowancesOf(parseRates(words(command).slice(2))) },
        };
        endpoint = new ServerEndpoint(options);
        return [];
      }
      case "authorizing":
        options = { ...options, authorizes: true };
        endpoint = new ServerEndpoint(options);
        return [];
      case "decide":
        return step(parseDecision(Number(argument), detail ?? "", words(command).slice(3)));
      case "connected": {
        const address = detail === "-" ? undefined : detail;
        const client = { address, publicKey: words(command)[3] };
        return step({ type: "connected", connectionId: Number(argument), client });
      }
      case "member":
        changeMember(argument ?? "");
        return [];
      case "sessions":
        return Array.from(endpoint.sessions(now), (status) => `${formatInstant(now)} ${formatStatus(status)}`);
      case "lead":
        return step({ type: "leadership", leadership: { role: "leader", term: Number(argument) } });
      case "follow":
        return step({ type: "leadership", leadership: { role: "follower", leader: argument } });
      case "lost":
        return step({ type: "connectionLost", connectionId: Number(argument) });
      case "commit":
        return commit(argument === undefined ? proposals.length : Number(argument));
      case "fail":
        return fail(argument ?? "ambiguous", detail);
      case "members":
        return step({ type: "members", members: parseMembers(argument ?? "") });
      case "read":
        return step({ type: argument === "fails" ? "readFailed" : "readReady", readId: lastReadId });
      case "advance":
        return advance(parseDuration(argument ?? ""));
      case "shutdown":
        return step({ type: "shutdown" });
      default:
        throw new Error(`"${command}" is no command of a server's conversation`);
    }
  };
}

function formatEffect(effect: ServerEffect): string {
  switch (effect.type) {
    case "send":
      return `${effect.connectionId} ${arrow("<-", effect.version)} ${formatServerMessage(effect.message, effect.version)}`;
    case "propose":
      return `propose ${formatRecord(effect.record)}`;
    case "read":
      return "read barrier";
    case "authorize":
      return `authorize ${effect.authorizationId} ${formatFields(effect.request)}`;
    case "trace":
      return `trace ${effect.sessionId} requestId=${effect.requestId} ${formatFields(effect.trace)}`;
    case "drop":
      return `drop ${effect.connectionId}`;
    case "report":
      return `report ${formatReport(effect.report)}`;
  }
}

function formatStatus({ sessionId, ...fields }: SessionStatus): string {
  return `${sessionId} ${formatFields(fields)}`;
}

function formatRecord({ type, ...fields }: LogRecord): string {
  return `${type} ${formatFields(fields)}`;
}

function formatFields(fields: object): string {
  const said = Object.entries(fields).filter(([, value]) => value !== undefined);
  return said.map(([name, value]) => `${name}=${formatValue(value)}`).join(" ");
}

/** Reads `requestsPerSecond=10 burstSeconds=2`. */
function parseRates(settings: readonly string[]): Rates {
  return Object.fromEntries(
    settings.map((setting) => setting.split("=")).map(([name, value]) => [name, Number(value)]),
  );
}

function parseDecision(authorizationId: number, answer: string, more: readonly string[]): ServerEvent {
  switch (answer) {
    case "yes":
      return {
        type: "authorized",
        authorizationId,
        decision: more.length === 0 ? true : { allow: true, limits: parseRates(more) },
      };
    case "no":
      return {
        type: "authorized",
        authorizationId,
        decision: more[0] === undefined ? false : { allow: false, reason: more[0] },
      };
    case "rubbish":
      return { type: "authorized", authorizationId, decision: "yes" };
    default:
      return { type: "authorizationFailed", authorizationId, error: new Error("the directory is down") };
  }
}

function parseMembers(text: string): readonly Member[] {
  return text.split(",").map((entry) => {
    const [memberId = "", address = ""] = entry.split("@");
    return { memberId, address };
  });
}

function formatReport({ type, ...fields }: ServerReport): string {
  const details = Object.entries(fields).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${JSON.stringify(value instanceof Error ? value.message : value)}`],
  );
  return [type, ...details].join(" ");
}
