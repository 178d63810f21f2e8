/** Entry point `hawser/admin`: what an operator and their machines ask a running server, over HTTP. */
export type { AdminStatus, MemberStatus, SessionRow, SessionsAnswer } from "./answers.ts";
export { type AdminEndpoint, startAdminEndpoint } from "./endpoint.ts";
export type { AdminOptions } from "./options.ts";
