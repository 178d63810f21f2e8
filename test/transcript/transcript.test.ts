import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { clientConversation } from "./client-conversation.ts";
import { runConversation } from "./conversation.ts";
import { serverConversation } from "./server-conversation.ts";
import { zmtpConversation } from "./zmtp-conversation.ts";

/**
 * Every file under client/, server/ and zmtp/ is a conversation and its own expectation. After a change of behaviour
 * `npm test -- -u` rewrites them; the difference tells a reviewer what changed for users.
 */
const conversations = { client: clientConversation, server: serverConversation, zmtp: zmtpConversation };

for (const [side, conversation] of Object.entries(conversations)) {
  describe(side, () => {
    const folder = new URL(`./${side}/`, import.meta.url);
    test.each(readdirSync(folder).sort())("%s", async (name) => {
      const file = new URL(name, folder);
      const actual = runConversation(readFileSync(file, "utf8"), conversation());
      await expect(actual).toMatchFileSnapshot(file.pathname);
    });
  });
}
