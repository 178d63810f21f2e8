/** All the clients of a server but one, in one process: `crowd.child.ts PORT`. */
import { answerQuestions } from "../transport/question.ts";
import { connectBare } from "./bare-clients.ts";
import { Crowd } from "./crowd.ts";
import { Pace, type Paced } from "./pace.ts";
import type { CrowdQuestion } from "./questions.ts";

const port = Number(process.argv[2]);
const crowd = new Crowd(port);
const pace = new Pace();
let bare: readonly Paced[] = [];
answerQuestions<CrowdQuestion>({}, async (question) => {
  switch (question.kind) {
    case "warmUp":
      await crowd.warmUp(question.sessions, question.connections);
      return null;
    case "create":
      return { elapsedMs: await timed(() => crowd.create(question.sessions, question.connections)) };
    case "connect":
      return { elapsedMs: await timed(() => crowd.connect(question.connections)) };
    case "connectBare":
      bare = await connectBare(port, question.connections);
      return null;
    case "keepAlives":
      return pace.set([...crowd.clients, ...bare], question.perSecond);
    case "keepAlivesSent":
      return pace.counts;
    case "awaitAll":
      return crowd.awaitAll();
    case "leave":
      return crowd.leave();
  }
});

async function timed(act: () => Promise<void>): Promise<number> {
  const startedAt = performance.now();
  await act();
  return performance.now() - startedAt;
}
