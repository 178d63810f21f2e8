import type { Alias, Base } from "./model.ts";

/** The words of a business that moves goods: what the schema of many messages is put together from. */

export const things: readonly string[] = [
  "Order",
  "Invoice",
  "Shipment",
  "Customer",
  "Product",
  "Warehouse",
  "Payment",
  "Refund",
  "Supplier",
  "Contract",
  "Vehicle",
  "Driver",
  "Route",
  "Depot",
  "Employee",
  "Shift",
  "Ticket",
  "Campaign",
  "Subscription",
  "Sensor",
];

/** What a client can ask, before the name of a thing. */
export const requests: readonly string[] = [
  "Create",
  "Change",
  "Remove",
  "Find",
  "List",
  "Watch",
  "Approve",
  "Cancel",
  "Assign",
  "Import",
];

/** What a server can answer or tell, behind the name of a thing. */
export const answers: readonly string[] = [
  "Created",
  "Changed",
  "Removed",
  "Found",
  "Listed",
  "Refused",
  "Progressed",
  "Archived",
  "Reported",
  "Counted",
];

export const states: readonly string[] = [
  "Draft",
  "Open",
  "Waiting",
  "Running",
  "Paused",
  "Done",
  "Failed",
  "Cancelled",
  "Overdue",
  "Hidden",
];

export const problems: readonly string[] = [
  "NotFound",
  "NotAllowed",
  "TooMany",
  "TooLate",
  "OutOfStock",
  "Conflict",
  "Invalid",
  "Locked",
];

/** Names of fields by what they hold. A field that is a flag has a name for itself. */
export const flags: readonly string[] = [
  "isUrgent",
  "isTest",
  "isPaid",
  "isShared",
  "isFragile",
  "notifies",
  "repeats",
];

export const requestId: Alias = alias("RequestId", "u53", "range: 1.., example: 12");
export const title: Alias = alias("Title", "text", "length: 1.., example: Spring sale");

export const aliases: readonly Alias[] = [
  title,
  alias("Timestamp", "i53", "as: instant, unit: ms, example: 1767225600000"),
  alias("Lease", "u32", "as: duration, unit: ms, range: 1..86400000, example: 30000"),
  alias("Note", "text", "example: by noon"),
  alias("Email", "text", 'pattern: "[^@ ]+@[^@ ]+", example: ann@example.com'),
  alias("CountryCode", "text", 'pattern: "[A-Z]{2}", example: NO'),
  alias("Cents", "i53", "example: 1999"),
  alias("Percentage", "u8", "range: 0..100, example: 25"),
  alias("Amount", "u16", "range: 1.., example: 3"),
  alias("Revision", "u32", "range: 1.., example: 7"),
  alias("Temperature", "i32", "range: -100..100, example: -18"),
  alias("Degrees", "f64", "example: 59.91"),
  alias("Nonce", "i64", "not: [0], example: 81985529216486895"),
  alias("TraceId", "uuid", "example: 0b9e2c64-5d0f-4c1a-9a37-6a5f1f0d7e21"),
  alias("Attachment", "bytes", "length: ..65536, example: { hex: 89 50 4e 47 }"),
  alias("Cursor", "bytes", "example: { hex: 00 01 }"),
];

/** Structures that things share: the names of their fields, and the aliases that these have. */
export const structures: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  Location: { latitude: "Degrees", longitude: "Degrees" },
  Address: { street: "Title", city: "Title", country: "CountryCode" },
  Contact: { fullName: "Title", email: "Email" },
  Period: { from: "Timestamp", until: "Timestamp" },
  Price: { net: "Cents", gross: "Cents", taxRate: "Percentage" },
};

/** Names of the fields that hold each shared type. */
export const fieldNames: Readonly<Record<string, readonly string[]>> = {
  Timestamp: ["createdAt", "changedAt", "dueAt"],
  Lease: ["timeout", "delay"],
  Title: ["title", "subject", "groupName"],
  Note: ["note", "description", "comment"],
  Email: ["email", "replyTo"],
  CountryCode: ["country", "origin"],
  Cents: ["budget", "credit"],
  Percentage: ["discount", "progress"],
  Amount: ["amount", "capacity"],
  Revision: ["revision"],
  Temperature: ["temperatureMin", "temperatureMax"],
  Degrees: ["heading"],
  Nonce: ["nonce"],
  TraceId: ["traceId"],
  Attachment: ["attachment", "picture"],
  Cursor: ["cursor"],
  Location: ["location"],
  Address: ["address", "returnAddress"],
  Contact: ["contact", "deputy"],
  Period: ["period", "absence"],
  Price: ["price", "surcharge"],
};

function alias(name: string, base: Base, more: string): Alias {
  return { kind: "alias", name, base, more };
}
